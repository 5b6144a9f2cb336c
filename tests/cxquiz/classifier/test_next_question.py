"""Asking: which question comes next, and when there is enough."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxquiz import assess
from cxquiz.authoring.loader import build_model
from cxquiz.classifier import scoring
from cxquiz.classifier.counterfactuals import fewest_answers
from cxquiz.classifier.expectation import CERTAIN, information
from cxquiz.classifier.next_question import (
    _SEARCHABLE,
    is_enough,
    likeliest_option,
    next_question,
    telling_question,
)
from cxquiz.classifier.verdict import CLEAR, NOT_ENOUGH, TWO_READINGS, has_basis, verdict_on
from tests.cxquiz.examples import MODEL, SMALL, small_raw
from tests.cxquiz.strategies import answers, lenses, small_answers, small_models

if TYPE_CHECKING:
    from collections.abc import Collection

    from cxquiz.classifier.answers import Answers
    from cxquiz.model.types import Model

Given = dict[str, tuple[str, ...]]

NEAR: Given = {"where": ("here",), "what": ("take",), "how": ("for",)}
"""Answers to the small model that all say the same."""
OPEN: Given = {"where": ("here",), "how": ("with",)}
"""Answers to the small model that leave it open between two."""


def asking(model: Model, **figures: int) -> Model:
    """Return a model that asks by other figures."""
    return replace(model, asking=replace(model.asking, **figures))


def open_questions(model: Model, own: Answers, seen: Collection[str]) -> list[str]:
    """Return the scored questions that were neither answered nor seen."""
    return [name for name in model.questions if not own.get(name) and name not in seen]


class TestNextQuestion:
    """Rule: the page's questions come first, none comes twice, and the questions end."""

    def test_the_pages_questions_come_first_in_its_order(self) -> None:
        """The quiz fits what the reader is reading about."""
        lens = ["rest", "mood"]
        assert next_question(SMALL, {}, (), lens) == "rest"
        assert next_question(SMALL, {}, ("rest",), lens) == "mood"
        assert next_question(SMALL, {}, ("rest", "mood"), lens) == "where"

    def test_the_pages_questions_come_even_where_there_is_enough(self) -> None:
        """They are what the reader came to think about."""
        assert next_question(SMALL, NEAR, NEAR.keys()) is None
        assert next_question(SMALL, NEAR, NEAR.keys(), ["mood"]) == "mood"

    def test_a_name_that_is_no_scored_question_is_passed_over(self) -> None:
        """A page from another version of the site must not stop the quiz."""
        asked = next_question(SMALL, {}, (), ["gone", "name", "rest"])
        assert asked == "rest"

    def test_where_there_is_enough_no_question_is_left(self) -> None:
        """Nobody is asked what cannot matter any more."""
        assert is_enough(SMALL, NEAR)
        assert next_question(SMALL, NEAR, NEAR.keys()) is None

    def test_while_two_are_close_there_is_another_question(self) -> None:
        """One more answer can tell them apart."""
        assert not is_enough(SMALL, OPEN)
        assert next_question(SMALL, OPEN, OPEN.keys()) == "what"

    def test_where_no_question_is_left_the_questions_end(self) -> None:
        """Two readings are an honest end."""
        assert next_question(SMALL, {}, SMALL.questions.keys()) is None

    @given(answers(), st.data(), lenses())
    def test_it_is_open_or_there_is_enough(
        self, some: Given, data: st.DataObject, lens: list[str]
    ) -> None:
        """What was answered or skipped is done with, unless the reader goes back."""
        skipped = data.draw(st.sets(st.sampled_from(list(MODEL.questions))))
        seen = {*some, *skipped}
        asked = next_question(MODEL, some, seen, lens)
        wanted = [name for name in lens if name in MODEL.questions and name not in seen]
        if wanted:
            assert asked == wanted[0]
        elif is_enough(MODEL, some, seen):
            assert asked is None
        else:
            assert asked in open_questions(MODEL, some, seen)
            assert asked == telling_question(MODEL, some, seen)

    @settings(max_examples=50)
    @given(small_models(), st.data(), st.integers(min_value=0, max_value=30))
    def test_the_questions_end(self, model: Model, data: st.DataObject, assurance: int) -> None:
        """Whatever the weights, the figures and the answers."""
        model = asking(model, assurance=assurance, patience=data.draw(st.integers(0, 6)))
        own: Given = {}
        for _ in model.questions:
            asked = next_question(model, own, own.keys())
            if asked is None:
                break
            options = [*model.questions[asked].options, ""]
            chosen = data.draw(st.sampled_from(options))
            own[asked] = (chosen,) if chosen else ()
        assert next_question(model, own, own.keys()) is None

    @given(answers(), st.data())
    def test_the_order_of_answers_does_not_matter(self, some: Given, data: st.DataObject) -> None:
        """The next question follows from what is known, not from how it came to be known."""
        other = dict(data.draw(st.permutations(list(some.items()))))
        asked = next_question(MODEL, some, some.keys())
        assert next_question(MODEL, other, list(other)) == asked
        assert next_question(MODEL, other, set(other)) == asked


class TestTellingQuestion:
    """Rule: of the open questions it is the one whose answer can be expected to tell most."""

    def test_it_depends_on_what_is_known(self) -> None:
        """Between two, what tells the third from them is not worth asking."""
        assert telling_question(SMALL, {}) == "where"
        assert telling_question(SMALL, {"where": ("here",)}) == "what"
        assert telling_question(SMALL, {"where": ("here",), "what": ("nothing",)}) == "rest"

    def test_one_that_was_skipped_can_be_left_out(self) -> None:
        """The quiz does not come back to it by itself."""
        assert telling_question(SMALL, OPEN, ["what"]) == "mood"

    def test_an_empty_answer_leaves_a_question_open(self) -> None:
        """It was met, and nothing was said."""
        assert telling_question(SMALL, {**OPEN, "what": ()}) == "what"

    def test_after_the_end_there_is_still_one(self) -> None:
        """Who wants to be surer can be."""
        assert is_enough(SMALL, NEAR)
        assert telling_question(SMALL, NEAR) == "mood"

    def test_where_all_is_answered_there_is_none(self) -> None:
        """There is nothing left to ask."""
        own = {question.id: tuple(question.options)[:1] for question in SMALL.questions.values()}
        assert telling_question(SMALL, own) is None
        assert telling_question(SMALL, {}, SMALL.questions.keys()) is None

    def test_of_equals_it_is_the_first(self) -> None:
        """The same for everybody."""
        raw = small_raw()
        for question in raw["question"]:
            only = {**raw["question"][0]["option"][0], "weights": {}, "becomes": "here"}
            question["option"] = [only]
        raw["flag"][2]["when"] = [{"where": ["here"]}]
        raw["dispute"][0]["when"] = [{"where": ["here"]}]
        raw["contradiction"][0]["when"] = [{"where": ["here"]}]
        model = build_model(raw)
        assert telling_question(model, {}) == "where"
        assert telling_question(model, {}, ["where", "how"]) == "what"

    @given(answers(), st.sets(st.sampled_from(list(MODEL.questions))))
    def test_none_that_is_open_tells_more(self, some: Given, seen: set[str]) -> None:
        """In the packaged model, whatever was answered."""
        beliefs = scoring.shares(MODEL, scoring.points(MODEL, some))
        tell = {
            name: information(MODEL.questions[name], beliefs)
            for name in open_questions(MODEL, some, seen)
        }
        asked = telling_question(MODEL, some, seen)
        assert (asked is None) == (not tell)
        if asked is not None:
            assert tell[asked] == max(tell.values())


def assurance_of(model: Model, own: Answers, seen: Collection[str]) -> Fraction | None:
    """Return the smallest lead of the first over a rival at the end, in deviations, squared.

    The lead is what can be expected once all open questions are answered. It has its sign, and
    there is none where the open answers move no lead, or only those over hopeless rivals.
    """
    totals = scoring.points(model, own)
    beliefs = scoring.shares(model, totals)
    first = totals.index(max(totals))
    found: list[Fraction] = []
    for rival, total in enumerate(totals):
        if rival == first or not beliefs[rival]:
            continue
        lead, variance = Fraction(totals[first] - total), Fraction()
        for name in open_questions(model, own, seen):
            question = model.questions[name]
            odds = [
                Fraction(sum(map(int.__mul__, beliefs, row)), sum(beliefs) * CERTAIN)
                for row in question.chances
            ]
            moves = [
                option.weights[first] - option.weights[rival]
                for option in question.options.values()
            ]
            mean = sum((p * move for p, move in zip(odds, moves, strict=True)), Fraction())
            lead += mean
            variance += sum(
                (p * (move - mean) ** 2 for p, move in zip(odds, moves, strict=True)), Fraction()
            )
        if variance:
            found.append((lead * abs(lead)) / variance)
    return min(found, default=None)


def has_assurance(model: Model, own: Answers, seen: Collection[str], tenths: int) -> bool:
    """Say whether the first leads by so many tenths of a deviation."""
    least = assurance_of(model, own, seen)
    return least is None or (least > 0 and least >= Fraction(tenths, 10) ** 2)


def stays_first(model: Model, own: Answers, seen: Collection[str]) -> bool:
    """Say whether the first stays it where each open answer is the one that it makes likeliest."""
    totals = scoring.points(model, own)
    first = totals.index(max(totals))
    likely: Given = {}
    for name in open_questions(model, own, seen):
        question = model.questions[name]
        chances = dict(zip(question.options, (row[first] for row in question.chances), strict=True))
        likely[name] = (max(chances, key=chances.__getitem__),)
    return assess(model, {**own, **likely}).primary == assess(model, own).primary


def may_change(model: Model, own: Answers, seen: Collection[str]) -> bool:
    """Say whether some answers to open questions would put another first."""
    return fewest_answers(model, own, open_questions(model, own, seen)) is not None


EVEN: Final = ((2048,) * 3, (2048,) * 3)
"""The chances of a question that says nothing about whom it is asked of."""


def even_mood(points: int, **first: int) -> Model:
    """Return a small model without caps, in which moods move near so far, one way or the other."""
    raw = small_raw()
    raw["estimation"]["caps"] = {}
    raw["question"][0]["option"][0]["weights"] = {"near": 3, **first}
    for option, sign in zip(raw["question"][3]["option"], (1, -1), strict=True):
        option["weights"] = {"near": sign * points}
    model = build_model(raw)
    mood = replace(model.questions["mood"], chances=EVEN)
    return replace(model, questions={**model.questions, "mood": mood})


class TestEnough:
    """Rule: there is enough where no open answer could plausibly change the first."""

    @given(
        small_models(),
        small_answers(),
        st.sets(st.sampled_from(list(SMALL.questions)), max_size=3),
        st.integers(min_value=0, max_value=30),
    )
    def test_it_is_assured_or_nothing_could_change_it(
        self, model: Model, some: Given, seen: set[str], tenths: int
    ) -> None:
        """So many deviations ahead, and so at the likeliest end; or whatever is answered."""
        model = asking(model, patience=0, assurance_after=tenths)
        if has_basis(model, some):
            assert is_enough(model, some, seen) == (
                stays_first(model, some, seen)
                if has_assurance(model, some, seen, tenths)
                else not may_change(model, some, seen)
            )

    @given(answers())
    def test_in_the_packaged_model_too(self, some: Given) -> None:
        """As above, by its own figures; of many open questions no end can be foreseen."""
        still_open = open_questions(MODEL, some, ())
        patient = len(MODEL.questions) - len(still_open) < MODEL.asking.patience
        tenths = MODEL.asking.assurance if patient else MODEL.asking.assurance_after
        if not has_basis(MODEL, some):
            return
        if patient and verdict_on(MODEL, scoring.points(MODEL, some)) == NOT_ENOUGH:
            assert is_enough(MODEL, some) == (not still_open)
        elif has_assurance(MODEL, some, (), tenths):
            assert is_enough(MODEL, some) == stays_first(MODEL, some, ())
        else:
            searched = len(still_open) <= _SEARCHABLE
            assert is_enough(MODEL, some) == (searched and not may_change(MODEL, some, ()))

    def test_exactly_the_assurance_is_enough(self) -> None:
        """It leads by 4, and the mood moves it by 5 either way: eight tenths of a deviation."""
        model = even_mood(5, near=4)
        own, seen = {"where": ("here",), "rest": ("no",)}, ["what", "how"]
        assert assurance_of(model, own, seen) == Fraction(8, 10) ** 2
        assert is_enough(asking(model, patience=0, assurance_after=8), own, seen)
        assert not is_enough(asking(model, patience=0, assurance_after=9), own, seen)

    def test_a_tie_that_an_open_answer_can_break_is_not_enough(self) -> None:
        """Even where no assurance at all is asked for."""
        model = asking(even_mood(3), assurance=0, assurance_after=0)
        own = {**OPEN, "what": ("take", "give"), "rest": ("no",)}
        assert scoring.points(model, own) == (5, 5, -1)
        assert not is_enough(model, own)

    def test_a_tie_that_no_open_answer_can_break_is_enough(self) -> None:
        """Asking on would waste the reader's time; two readings are an honest end."""
        own = {**OPEN, "what": ("take", "give"), "rest": ("no",)}
        assert assess(even_mood(0), own).verdict == TWO_READINGS
        assert is_enough(even_mood(0), own)

    def test_a_lead_that_the_likeliest_answers_would_turn_is_not_enough(self) -> None:
        """If the first is right, its own answers must not speak against it."""
        raw = small_raw()
        weights = ({"far": 4}, {"near": 3}, {"near": 3})
        for option, row in zip(raw["question"][1]["option"], weights, strict=True):
            option["weights"] = row
        model = build_model(raw)
        what = replace(model.questions["what"], chances=((1640,) * 3, (1228,) * 3, (1228,) * 3))
        model = replace(model, questions={**model.questions, "what": what})
        own, seen = {"where": ("here",), "rest": ("no",)}, ["how", "mood"]
        assert has_assurance(model, own, seen, 5)
        assert not stays_first(model, own, seen)
        assert not is_enough(model, own, seen)

    @pytest.mark.parametrize(("count", "enough"), [(6, True), (7, False)])
    def test_of_many_open_questions_no_end_is_foreseen(self, count: int, *, enough: bool) -> None:
        """Trying all their answers would keep the reader waiting; with six it is quick."""
        raw = small_raw()
        raw["question"][0]["option"][0]["weights"] = {"near": 10}
        option = {**raw["question"][4]["option"][0], "weights": {}}
        raw["question"] += [
            {**raw["question"][4], "id": f"more{number}", "option": [option]}
            for number in range(count - 3)
        ]
        model = asking(build_model(raw), assurance=10_000)
        own = {"where": ("here",), "how": ("for",)}
        assert len(open_questions(model, own, ())) == count
        assert not may_change(model, own, ())
        assert is_enough(model, own) == enough

    def test_with_all_answered_there_is_enough(self) -> None:
        """Whatever it comes to."""
        own = {**OPEN, "what": ("take", "give"), "mood": ("cold",), "rest": ("yes",)}
        assert assess(SMALL, own).verdict != CLEAR
        assert is_enough(SMALL, own)

    def test_a_hopeless_rival_is_passed_over(self) -> None:
        """One without any share is no rival, whatever might still be answered."""
        raw = small_raw()
        raw["question"][0]["option"][0]["weights"] = {"near": 90}
        raw["question"][4]["option"][1]["weights"] = {"near": -200}
        model = build_model(raw)
        own = {"where": ("here",), "how": ("for",)}
        assert scoring.shares(model, scoring.points(model, own)) == (1000, 0, 0)
        assert may_change(model, own, ())
        assert is_enough(asking(model, assurance=10_000), own)

    def test_what_was_seen_can_change_nothing_any_more(self) -> None:
        """It will not be asked."""
        assert not is_enough(SMALL, OPEN)
        assert is_enough(SMALL, OPEN, ["what", "mood", "rest"])


class TestLikeliestOption:
    """Rule: it is the option that somebody in the relationship gives most often."""

    @pytest.mark.parametrize(("place", "option"), [(0, "take"), (1, "give"), (2, "give")])
    def test_by_its_points_and_by_how_common_it_is(self, place: int, option: str) -> None:
        """Nothing speaks more for the last one, but hardly anybody says so."""
        assert likeliest_option(SMALL.questions["what"], place) == option

    def test_of_equals_it_is_the_first(self) -> None:
        """The same for everybody."""
        assert likeliest_option(replace(SMALL.questions["mood"], chances=EVEN), 0) == "warm"


class TestPatience:
    """Rule: up to so many questions the quiz asks on where it cannot say, then less will do."""

    def undecided(self, **figures: int) -> Model:
        """Return a model for which these answers are not enough to say anything."""
        limits = replace(SMALL.estimation, leaning_share=1000, clear_share=1000)
        limits = replace(limits, two_readings_share=1000)
        return asking(replace(SMALL, estimation=limits), **figures)

    def test_before_it_the_quiz_asks_on(self) -> None:
        """However far ahead the first is: it cannot say yet."""
        model = self.undecided(assurance=0, patience=4, assurance_after=0)
        assert assess(model, NEAR).verdict == NOT_ENOUGH
        assert has_assurance(model, NEAR, (), 0)
        assert not is_enough(model, NEAR)

    def test_from_then_on_less_will_do(self) -> None:
        """The reader's patience counts too."""
        model = self.undecided(assurance=0, patience=3, assurance_after=0)
        assert is_enough(model, NEAR)

    def test_what_was_seen_takes_patience_too(self) -> None:
        """A question that was left out was read as well."""
        model = self.undecided(assurance=0, patience=4, assurance_after=0)
        assert not is_enough(model, NEAR, NEAR.keys())
        assert is_enough(model, NEAR, [*NEAR, "mood"])

    def test_before_it_the_quiz_ends_where_no_question_is_left(self) -> None:
        """It cannot ask on."""
        model = self.undecided(patience=99)
        assert is_enough(model, NEAR, model.questions)
        assert not is_enough(model, NEAR, ["mood"])

    def test_the_assurance_changes_with_it(self) -> None:
        """One figure holds before it, the other from then on."""
        own = {"where": ("here",), "how": ("for",)}
        least = assurance_of(SMALL, own, ())
        assert least is not None
        assert may_change(SMALL, own, ())
        below = int(10 * float(least) ** 0.5)
        for patience, before, after, enough in (
            (3, below, below + 1, True),
            (3, below + 1, below, False),
            (2, below, below + 1, False),
            (2, below + 1, below, True),
        ):
            model = asking(SMALL, patience=patience, assurance=before, assurance_after=after)
            assert is_enough(model, own) == enough


class TestBasis:
    """Rule: without a basis the quiz asks on as long as there can still be one."""

    def test_with_no_answer_it_asks(self) -> None:
        """Nothing is known yet."""
        assert not is_enough(SMALL, {})

    def test_below_the_fewest_answers_it_asks(self) -> None:
        """However far ahead the first is."""
        own = {"where": ("here",)}
        assert not is_enough(asking(SMALL, assurance=0, patience=0, assurance_after=0), own)

    def test_where_every_essential_question_was_left_out_it_ends(self) -> None:
        """More answers around the point would not make the point."""
        own = {"what": ("take",), "mood": ("warm",)}
        assert not is_enough(SMALL, own, ["where"])
        assert not is_enough(SMALL, own, ["how"])
        assert is_enough(SMALL, own, ["where", "how"])
        assert next_question(SMALL, own, ["where", "how", "what", "mood"]) is None

    def test_an_essential_answer_is_as_good_as_an_open_essential_question(self) -> None:
        """One is enough."""
        own = {"where": ("here",)}
        assert not is_enough(SMALL, own, ["how"])

    @pytest.mark.parametrize(("minimum", "enough"), [(3, False), (4, True)])
    def test_where_too_few_are_left_it_ends(self, minimum: int, *, enough: bool) -> None:
        """With one answer and two open questions there can be three answers, and no more."""
        limits = replace(SMALL.estimation, minimum_answers=minimum)
        model = replace(SMALL, estimation=limits)
        assert is_enough(model, {"where": ("here",)}, ["how", "what"]) == enough

    @given(small_answers(), st.sets(st.sampled_from(list(SMALL.questions))))
    def test_it_asks_exactly_as_long_as_answers_could_make_one(
        self, some: Given, seen: set[str]
    ) -> None:
        """Answering all that is open is the most that a reader can do."""
        if not has_basis(SMALL, some):
            best = {
                name: tuple(SMALL.questions[name].options)[:1]
                for name in open_questions(SMALL, some, seen)
            }
            assert is_enough(SMALL, some, seen) != has_basis(SMALL, {**some, **best})


@pytest.mark.parametrize("count", [1, 2])
def test_options_that_say_nothing_are_allowed(count: int) -> None:
    """A question may be asked for its own sake: for a rule, or for the advice."""
    raw = small_raw()
    for question in raw["question"]:
        question["option"] = [
            {**option, "weights": {}, "becomes": option["id"]}
            for option in question["option"][:count]
        ]
    raw["flag"][2]["when"] = [{"where": ["here"]}]
    raw["dispute"][0]["when"] = [{"where": ["here"]}]
    raw["contradiction"][0]["when"] = [{"where": ["here"]}]
    model = build_model(raw)
    assert next_question(model, {}, ()) == "where"
    own = {"where": ("here",), "how": ("for",)}
    assert next_question(model, own, own) is not None
    assert next_question(model, own, model.questions) is None
