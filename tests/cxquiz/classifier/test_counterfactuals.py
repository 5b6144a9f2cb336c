"""Flipping: which other answers would have made another relationship the first."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxquiz import assess
from cxquiz.authoring.loader import build_model
from cxquiz.classifier import scoring
from cxquiz.classifier.counterfactuals import (
    Counterfactual,
    fewest_answers,
    possible_answers,
    single_counterfactuals,
    supposed,
)
from tests.cxquiz.examples import MODEL, SMALL, small_raw
from tests.cxquiz.strategies import scored_answers, small_answers, small_models

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxquiz.classifier.answers import Answers
    from cxquiz.model.types import Model

Given = dict[str, tuple[str, ...]]

SOME = small_answers().filter(bool)
"""Answers to the small model, at least one."""


class TestPossibleAnswers:
    """Rule: every answer that a form accepts is possible, and no other."""

    def test_of_one_kind_it_is_each_option(self) -> None:
        """One button, one answer."""
        assert list(possible_answers(SMALL.questions["mood"])) == [("warm",), ("cold",)]

    def test_of_several_it_is_each_set_the_shortest_first(self) -> None:
        """Whatever excludes the others stands alone."""
        assert list(possible_answers(SMALL.questions["what"])) == [
            ("take",),
            ("give",),
            ("nothing",),
            ("take", "give"),
        ]

    @pytest.mark.parametrize("name", MODEL.questions)
    def test_no_answer_comes_twice(self, name: str) -> None:
        """In the packaged model too; each is in the model's order."""
        question = MODEL.questions[name]
        found = list(possible_answers(question))
        free = [option for option in question.options.values() if not option.exclusive]
        alone = len(question.options) - len(free)
        several = question.kind == "many"
        assert len(set(found)) == len(found)
        assert len(found) == (2 ** len(free) - 1 + alone if several else len(question.options))
        for options in found:
            assert options == tuple(option for option in question.options if option in options)


def one_option_changes(model: Model, answers: Answers, name: str) -> Iterator[list[Given]]:
    """For each option that was not given, list how it may come in: beside the others, or alone."""
    question, given = model.questions[name], answers.get(name, ())
    exclusive = {option.id for option in question.options.values() if option.exclusive}
    for option in question.options:
        if option in given:
            continue
        ways: list[Given] = [{name: (option,)}]
        if question.kind == "many" and given and not exclusive & {option, *given}:
            beside = tuple(other for other in question.options if other in (*given, option))
            ways.insert(0, {name: beside})
        yield ways


def counterfactuals_among(
    model: Model, answers: Answers, ways: Iterable[Given]
) -> list[Counterfactual]:
    """Return the counterfactuals among some changes."""
    before = assess(model, answers).primary
    after = [(way, assess(model, {**answers, **way}).primary) for way in ways]
    return [Counterfactual(way, primary) for way, primary in after if primary and primary != before]


class TestSingleFlips:
    """Rule: all other answers to one question that put another first, and only those."""

    def test_the_smallest_change_comes_first(self) -> None:
        """It is the one that the page names as such: 6 points here, and 7 there."""
        raw = small_raw()
        raw["question"][0]["option"][1]["weights"] = {"far": 4}
        own = {"where": ("here",), "what": ("take",), "rest": ("yes",)}
        assert single_counterfactuals(build_model(raw), own, own) == (
            Counterfactual({"what": ("nothing",)}, "else"),
            Counterfactual({"where": ("there",)}, "far"),
        )

    def test_equally_small_ones_stay_in_the_order_of_the_questions(self) -> None:
        """The same for everybody."""
        own = {"where": ("here",), "rest": ("no",)}
        raw = small_raw()
        raw["question"][4]["option"][0]["weights"] = {"else": 4}
        assert single_counterfactuals(build_model(raw), own, ["where", "rest"]) == (
            Counterfactual({"where": ("there",)}, "far"),
            Counterfactual({"rest": ("yes",)}, "else"),
        )
        assert single_counterfactuals(build_model(raw), own, ["rest", "where"]) == (
            Counterfactual({"rest": ("yes",)}, "else"),
            Counterfactual({"where": ("there",)}, "far"),
        )

    def test_an_option_is_tried_beside_the_others_first(self) -> None:
        """Who takes something may give something as well."""
        raw = small_raw()
        raw["question"][1]["option"][1]["weights"] = {"far": 6}
        own = {"where": ("here",), "what": ("take",)}
        (change, *_) = single_counterfactuals(build_model(raw), own, ["what"])
        assert change == Counterfactual({"what": ("take", "give")}, "far")

    def test_where_that_changes_nothing_it_is_tried_alone(self) -> None:
        """It may be the first answer that is wrong."""
        own = {"what": ("take",)}
        assert Counterfactual({"what": ("give",)}, "far") in single_counterfactuals(
            SMALL, own, ["what"]
        )

    def test_a_tie_is_no_flip_for_one_that_comes_later(self) -> None:
        """Of equals the model's order decides, here as in the reading."""
        raw = small_raw()
        raw["question"][0]["option"][1]["weights"] = {"near": 3, "far": 3}
        assert single_counterfactuals(build_model(raw), {"where": ("here",)}, ["where"]) == ()

    def test_a_tie_is_a_flip_for_one_that_comes_earlier(self) -> None:
        """As above."""
        raw = small_raw()
        raw["question"][0]["option"][0]["weights"] = {"near": 3, "far": 3}
        own = {"where": ("there",)}
        assert single_counterfactuals(build_model(raw), own, ["where"]) == (
            Counterfactual({"where": ("here",)}, "near"),
        )

    def test_only_the_questions_that_are_named_are_tried(self) -> None:
        """The rest stays as it is."""
        own = {"where": ("here",), "what": ("take",), "rest": ("yes",)}
        assert single_counterfactuals(SMALL, own, ["rest"]) == ()
        assert single_counterfactuals(SMALL, own, []) == ()

    @given(small_models(), SOME)
    def test_they_are_those_that_trying_all_finds(self, model: Model, some: Given) -> None:
        """One for each option that can do it, beside the others where that does it."""
        found = single_counterfactuals(model, some, model.questions)
        expected = [
            among[0]
            for name in model.questions
            for ways in one_option_changes(model, some, name)
            if (among := counterfactuals_among(model, some, ways))
        ]
        assert sorted(found, key=str) == sorted(expected, key=str)

    @given(small_models(), SOME)
    def test_they_come_in_the_order_in_which_they_move_the_lead(
        self, model: Model, some: Given
    ) -> None:
        """The lead of the first over the one that comes out, before and after."""
        before = scoring.points(model, some)
        first = before.index(max(before))
        names = list(model.relationships)
        moved = []
        for change in single_counterfactuals(model, some, model.questions):
            after = scoring.points(model, {**some, **change.answers})
            best = names.index(change.primary)
            moved.append((before[first] - before[best]) - (after[first] - after[best]))
        assert moved == sorted(moved)

    @settings(max_examples=40)
    @given(scored_answers())
    def test_in_the_packaged_model_too_each_does_what_it_promises(self, some: Given) -> None:
        """What the page says would make them a partner must make them one."""
        before = assess(MODEL, some).primary
        for change in single_counterfactuals(MODEL, some, some):
            assert change.primary != before
            assert assess(MODEL, {**some, **change.answers}).primary == change.primary

    @settings(max_examples=40)
    @given(scored_answers())
    def test_in_the_packaged_model_too_none_is_kept_back(self, some: Given) -> None:
        """Where the page says that no other answer would change it, none does."""
        found = [change.answers for change in single_counterfactuals(MODEL, some, some)]
        for name in some:
            for ways in one_option_changes(MODEL, some, name):
                assert any(way in found for way in ways) == bool(
                    counterfactuals_among(MODEL, some, ways)
                )


def all_flips(
    model: Model, answers: Answers, names: Sequence[str]
) -> Iterator[list[Counterfactual]]:
    """Try every other answer to the questions, and list the found of one, of two, of more."""
    for size in range(1, len(names) + 1):
        yield counterfactuals_among(
            model,
            answers,
            (
                dict(zip(chosen, choice, strict=True))
                for chosen in combinations(names, size)
                for choice in product(
                    *(
                        [
                            options
                            for options in possible_answers(model.questions[name])
                            if options != answers.get(name)
                        ]
                        for name in chosen
                    )
                )
            ),
        )


def ahead(model: Model, answers: Answers, change: Counterfactual) -> int:
    """Return how far another is ahead of the first relationship after a change."""
    first = assess(model, answers).primary or ""
    after = assess(model, {**answers, **change.answers}).points
    return after[change.primary] - after[first]


class TestFewestAnswers:
    """Rule: no fewer answers would do, and none of them is left out in vain."""

    def test_one_where_one_is_enough(self) -> None:
        """The way that leads furthest: 3 there and 2 here."""
        own = {"where": ("here",), "rest": ("no",)}
        assert fewest_answers(SMALL, own, [*own]) == Counterfactual({"where": ("there",)}, "far")

    def test_two_where_one_is_not_enough(self) -> None:
        """Each alone leaves it where it is."""
        own = {"where": ("here",), "what": ("take",), "how": ("for",), "rest": ("no",)}
        assert single_counterfactuals(SMALL, own, own) == ()
        change = fewest_answers(SMALL, own, [*own])
        assert change is not None
        assert change.primary == "far"
        assert change.answers == {"where": ("there",), "how": ("with",)}

    def test_open_questions_may_be_answered(self) -> None:
        """That is how many answers more could still change it."""
        own = {"where": ("here",), "how": ("for",)}
        change = fewest_answers(SMALL, own, ["what", "mood", "rest"])
        assert change == Counterfactual({"what": ("nothing",), "mood": ("cold",)}, "else")

    def test_none_where_nothing_would_do(self) -> None:
        """The page says so, and means it."""
        own = {"where": ("here",), "what": ("take",), "how": ("for",), "mood": ("warm",)}
        assert fewest_answers(SMALL, own, ["rest"]) is None
        assert fewest_answers(SMALL, own, []) is None

    def test_of_equally_few_it_is_the_one_that_leads_furthest(self) -> None:
        """Not the one that had the longest way to go: far gains 9 of 8, and else 4 of 1."""
        raw = small_raw()
        raw["question"][0]["option"][0]["weights"] = {"near": 5, "far": -3, "else": 4}
        raw["question"][0]["option"][1]["weights"] = {"near": 5, "far": 6, "else": 0}
        raw["question"][4]["option"][0]["weights"] = {"else": 4}
        raw["question"][4]["option"][1]["weights"] = {}
        own = {"where": ("here",), "rest": ("no",)}
        assert fewest_answers(build_model(raw), own, [*own]) == Counterfactual(
            {"rest": ("yes",)}, "else"
        )

    def test_of_equals_it_is_the_first_answer_to_the_first_question(self) -> None:
        """The same for everybody, whoever of the others it puts first."""
        raw = small_raw()
        for question in (0, 4):
            for option in raw["question"][question]["option"]:
                option["weights"] = {"far": 4}
        own = {"how": ("for",)}
        model = build_model(raw)
        assert fewest_answers(model, own, ["where"]) == Counterfactual({"where": ("here",)}, "far")
        assert fewest_answers(model, own, ["where", "rest"]) == Counterfactual(
            {"where": ("here",)}, "far"
        )
        assert fewest_answers(model, own, ["rest", "where"]) == Counterfactual(
            {"rest": ("yes",)}, "far"
        )

    def test_of_equal_rivals_it_is_the_first(self) -> None:
        """As above."""
        raw = small_raw()
        raw["question"][3]["option"][0]["weights"] = {"else": 4}
        raw["question"][3]["option"][1]["weights"] = {"far": 4}
        own = {"where": ("here",)}
        assert fewest_answers(build_model(raw), own, ["mood"]) == Counterfactual(
            {"mood": ("cold",)}, "far"
        )

    def test_two_answers_under_a_cap_do_not_do_what_each_would_alone(self) -> None:
        """Three and three are four, where the cap is four, and five are needed."""
        raw = small_raw()
        raw["question"][0]["option"][0]["weights"] = {"near": 5}
        raw["question"][3]["option"][0]["weights"] = {"far": 3}
        raw["question"][3]["option"][1]["weights"] = {}
        own = {"where": ("here",)}
        assert fewest_answers(build_model(raw), own, ["how", "mood"]) is None
        raw["estimation"]["caps"]["stance"] = 6
        assert fewest_answers(build_model(raw), own, ["how", "mood"]) == Counterfactual(
            {"how": ("with",), "mood": ("warm",)}, "far"
        )

    def test_families_have_their_caps_each(self) -> None:
        """Three and three are six, where each stays below its own cap of four."""
        raw = small_raw()
        raw["estimation"]["caps"] = {"stance": 4, "place": 4}
        raw["question"][1]["option"][0]["weights"] = {"near": 5}
        own = {"what": ("take",)}
        assert fewest_answers(build_model(raw), own, ["where", "how"]) == Counterfactual(
            {"where": ("there",), "how": ("with",)}, "far"
        )

    def test_a_cap_is_reckoned_with(self) -> None:
        """What a family has given already it cannot give again."""
        own = {"where": ("here",), "how": ("with",)}
        raw = small_raw()
        raw["question"][3]["option"][0]["weights"] = {"far": 3}
        raw["question"][3]["option"][1]["weights"] = {}
        model = build_model(raw)
        assert fewest_answers(model, own, ["mood"]) == Counterfactual({"mood": ("warm",)}, "far")
        raw["estimation"]["caps"]["stance"] = 3
        assert fewest_answers(build_model(raw), own, ["mood"]) is None

    @settings(max_examples=60, deadline=None)
    @given(small_models(), SOME, st.lists(st.sampled_from(list(SMALL.questions)), unique=True))
    def test_it_is_what_trying_all_finds(
        self, model: Model, some: Given, questions: list[str]
    ) -> None:
        """As few, as far ahead, and none where there is none."""
        found = fewest_answers(model, some, questions)
        best = next((found for found in all_flips(model, some, questions) if found), None)
        if found is None or best is None:
            assert (found, best) == (None, None)
        else:
            assert len(found.answers) == len(best[0].answers)
            assert found.answers.keys() <= set(questions)
            assert all(
                options in possible_answers(model.questions[name]) and options != some.get(name)
                for name, options in found.answers.items()
            )
            assert found.primary == assess(model, {**some, **found.answers}).primary
            assert ahead(model, some, found) == max(ahead(model, some, change) for change in best)

    @settings(max_examples=40, deadline=None)
    @given(some=scored_answers(), still_open=st.booleans())
    def test_in_the_packaged_model_too_it_does_what_it_promises(
        self, some: Given, *, still_open: bool
    ) -> None:
        """And where one other option alone would do, it needs no more than that."""
        names = [name for name in MODEL.questions if (name in some) != still_open]
        found = fewest_answers(MODEL, some, names)
        before = assess(MODEL, some).primary
        if found is not None:
            assert found.answers.keys() <= set(names)
            assert found.primary != before
            assert assess(MODEL, {**some, **found.answers}).primary == found.primary
        if single_counterfactuals(MODEL, some, names):
            assert found is not None
            assert len(found.answers) == 1


class TestSupposed:
    """Rule: a change is told by what is new in it."""

    def test_another_answer_is_told_by_its_option(self) -> None:
        """Nothing else has changed."""
        change = Counterfactual({"where": ("there",)}, "far")
        assert supposed(SMALL, {"where": ("here",)}, change) == ("suppose that where is there",)

    def test_an_option_more_is_told_alone(self) -> None:
        """The one that was given stays, so it is no supposition."""
        change = Counterfactual({"what": ("take", "give")}, "far")
        assert supposed(SMALL, {"what": ("take",)}, change) == ("suppose that what is give",)

    def test_an_option_less_is_told_by_what_is_left(self) -> None:
        """Nothing new can be named."""
        change = Counterfactual({"what": ("take",)}, "near")
        assert supposed(SMALL, {"what": ("take", "give")}, change) == ("suppose that what is take",)

    def test_several_answers_are_told_one_after_the_other(self) -> None:
        """In the order of the change, the open questions among them."""
        change = Counterfactual({"mood": ("cold",), "what": ("take", "give")}, "far")
        assert supposed(SMALL, {"mood": ("warm",)}, change) == (
            "suppose that mood is cold",
            "suppose that what is take",
            "suppose that what is give",
        )
