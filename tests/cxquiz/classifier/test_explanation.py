"""Explaining: it says as much as the answers do, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cxquiz.authoring.loader import build_model
from cxquiz.classifier.explanation import Changes, Contradictions, Rules, Together, explain
from tests.cxquiz.examples import SMALL, small_raw
from tests.cxquiz.explained import HINT, NEAR, TIED, TODAY

if TYPE_CHECKING:
    from cxquiz.classifier.answers import Answers
    from cxquiz.model.types import Model


def part(answers: Answers, name: str, model: Model = SMALL, *, today: str = "") -> Any:  # noqa: ANN401 - each part holds something else
    """Return what a part of an explanation holds; ``None`` where there is no such part."""
    parts = explain(model, answers, today=today).parts
    return {one.id: one.content for one in parts}.get(f"{name}_title")


def named(answers: Answers) -> list[str]:
    """Return the names of the relationships that stand for the reading."""
    return [one.name for one in explain(SMALL, answers).relationships]


class TestHowMuchItSays:
    """Rule: the verdict decides how much is said."""

    def test_nothing_answered_says_nothing(self) -> None:
        """No relationship is named for want of evidence."""
        it = explain(SMALL, {"name": ("Ada",)})
        assert (it.title, it.text) == ("result_none_title", "result_none")
        assert (it.relationships, it.verdict, it.still_open, it.parts) == ((), None, "", ())

    def test_too_few_answers_are_a_hint_and_name_the_next_question(self) -> None:
        """The reader sees what would help most, and no advice: it would be a guess."""
        it = explain(SMALL, HINT)
        assert (it.title, it.text) == ("result_hint_title", "result_hint The near")
        assert it.still_open.startswith("next_question What about")
        assert it.relationships == ()
        assert [one.id for one in it.parts] == ["flags_title"]

    def test_two_readings_stand_side_by_side_with_the_question_that_tells_most(self) -> None:
        """A tie is not broken in silence."""
        it = explain(SMALL, TIED)
        assert (it.title, it.text) == ("two_title", "")
        assert named(TIED) == ["The near", "The far"]
        assert it.still_open == "next_question What about mood?"

    def test_two_readings_name_no_question_where_none_would_tell_anything(self) -> None:
        """There is nothing left to ask."""
        raw = small_raw()
        raw["question"][3]["option"][0]["weights"] = {}
        it = explain(build_model(raw), {**TIED, "mood": ("warm",), "rest": ("no",)})
        assert (it.title, it.still_open) == ("two_title", "")

    def test_one_reading_says_why_and_what_to_do(self) -> None:
        """That is what the reader came for, and in this order."""
        it = explain(SMALL, NEAR)
        assert (it.title, it.text) == ("The near", "")
        assert named(NEAR) == ["The near"]
        assert [one.id.removesuffix("_title") for one in it.parts] == [
            *("why", "next_steps", "toward", "flags", "changes", "directions")
        ]

    def test_it_says_whom_it_is_about(self) -> None:
        """On paper, a week later, nobody knows it otherwise."""
        it = explain(SMALL, {"name": ("Ada",), "work": ("the engine",)})
        assert it.about == ("about_name Ada", "about_work the engine")
        assert explain(SMALL, NEAR).about == ("", "")


class TestParts:
    """Rule: a part is there where it has something to say."""

    def test_others_that_hold_too_are_shown(self) -> None:
        """One does not exclude the other."""
        both = part({"where": ("here",), "how": ("for",), "what": ("give",)}, "holds_too")
        assert [one.name for one in both.relationships] == ["The far"]
        assert part(NEAR, "holds_too") is None

    def test_in_two_readings_only_further_ones_hold_too(self) -> None:
        """The first two stand there already."""
        assert part(TIED, "holds_too") is None

    def test_what_speaks_against_it_is_shown(self) -> None:
        """The reader sees the other side."""
        against = {"where": ("there",), "what": ("give",), "mood": ("warm",), "rest": ("no",)}
        assert part(against, "why").against_title == "against_title"
        assert [one.name for one in part(against, "why").against] == ["short mood"]
        assert (part(NEAR, "why").against_title, part(NEAR, "why").against) == ("", ())

    def test_a_contradiction_names_the_answers_to_look_at_again(self) -> None:
        """One of them is probably wrong."""
        found = part(
            {"where": ("here",), "what": ("give", "take"), "how": ("for",)}, "contradictions"
        )
        assert ("here and give do not go together", ("where", "what")) in found.problems

    def test_an_implausible_pair_is_mentioned(self) -> None:
        """An answer is probably wrong."""
        found = part({"where": ("here",), "how": ("with",)}, "contradictions")
        assert found == Contradictions((("near and far at once", ()),))

    def test_without_a_contradiction_nothing_is_said_of_any(self) -> None:
        """Nobody is made to doubt for nothing."""
        assert part(NEAR, "contradictions") is None

    def test_flags_and_disputes_are_those_that_apply(self) -> None:
        """Only what fits the answers."""
        found = part({"where": ("here",), "what": ("take",), "how": ("with",)}, "disputes")
        (topic,) = found.topics
        assert (topic.name, topic.text) == ("rule near_or_far", "what near_or_far says")
        other = {"where": ("there",), "what": ("give",), "how": ("with",)}
        assert part(other, "disputes") is part(other, "flags") is None
        assert isinstance(part(TIED, "flags"), Rules)

    def test_what_to_do_ends_with_asking_them(self) -> None:
        """They know best."""
        ((relationship, steps),) = part(NEAR, "next_steps").steps
        assert relationship.name == "The near"
        assert steps == ("a step for near", "ask them about near")
        assert len(part(TIED, "next_steps").steps) == 2

    def test_advice_follows_what_was_said_on_the_last_page(self) -> None:
        """That is what the last page is for."""
        advice = part({**NEAR, "called": ("far",)}, "next_steps").advice
        assert advice == ("advice on called far",)
        assert part(NEAR, "next_steps").advice == ()

    def test_the_other_direction_is_told(self) -> None:
        """A label says what they are to you; the mirror says the rest."""
        assert part(NEAR, "directions").directions == (
            ("they_to_you", "They are near."),
            ("you_to_them", "you are far to them"),
        )

    def test_a_beneficiary_is_named(self) -> None:
        """Both sides serve somebody."""
        lines = part({**NEAR, "beneficiary": ("Ada",)}, "directions").beneficiary
        assert lines == ("beneficiary_line Ada", "primary_prompt")
        assert part(NEAR, "directions").beneficiary == ()


class TestStillOpen:
    """Rule: it is said how many open answers could still change it."""

    def test_none(self) -> None:
        """The reader can stop with a good conscience."""
        it = explain(SMALL, {**NEAR, "mood": ("warm",)})
        assert (it.still_open, it.undecided) == ("open_none", False)

    def test_one(self) -> None:
        """One more question may be worth it."""
        raw = small_raw()
        raw["question"][2]["option"][1]["weights"] = {"far": 4}
        it = explain(build_model(raw), {"where": ("here",), "rest": ("no",)})
        assert (it.still_open, it.undecided) == ("open_one", True)

    def test_several(self) -> None:
        """The number is that of the fewest that would do."""
        it = explain(SMALL, {"where": ("here",), "how": ("for",)})
        assert (it.still_open, it.undecided) == ("open_several 2", True)

    def test_where_nothing_is_open_nothing_is_said(self) -> None:
        """What could that be?"""
        assert explain(SMALL, {**NEAR, "mood": ("warm",), "rest": ("no",)}).still_open == ""


class TestChanges:
    """Rule: the smallest change of the answers that would change it is named."""

    def test_it_names_answer_and_outcome(self) -> None:
        """The reader can look for that fact."""
        change = ("changes_item suppose that where is there", "changes_to The far")
        assert part({"where": ("here",), "rest": ("no",)}, "changes") == Changes(
            "smallest_one", (change,), (("short where", (change,)), ("short rest", ()))
        )

    def test_several_answers_are_named_where_no_single_one_would_do(self) -> None:
        """The reader sees how firm it is."""
        assert part({"where": ("here",), "how": ("for",)}, "changes") == Together(
            "smallest_several 2",
            ("suppose that where is there", "suppose that how is with"),
            "changes_all The far",
        )

    def test_options_that_only_flip_together_are_counted_one_by_one(self) -> None:
        """The number that is told is the number of lines that follow."""
        raw = small_raw()
        weights: tuple[dict[str, int], ...] = ({"else": 3}, {"else": 3}, {})
        for option, row in zip(raw["question"][1]["option"], weights, strict=True):
            option["weights"] = row
        raw["question"][0]["option"][1]["weights"] = {}
        raw["question"][2]["option"][0]["weights"] = {"near": 2}
        raw["question"][2]["option"][1]["weights"] = {}
        assert part({**NEAR, "what": ("nothing",)}, "changes", build_model(raw)) == Together(
            "smallest_several 2",
            ("suppose that what is take", "suppose that what is give"),
            "changes_all The else",
        )

    def test_where_nothing_would_change_it_that_is_said(self) -> None:
        """That is worth knowing too."""
        raw = small_raw()
        raw["question"][0]["option"][1]["weights"] = {"near": 3}
        raw["question"][2]["option"][1]["weights"] = {"near": 3}
        assert part(NEAR, "changes", build_model(raw)) == Changes("changes_none", (), ())


class TestToward:
    """Rule: it is said in which ways it may go on, and when to look again."""

    def test_the_ways_are_those_that_fit(self) -> None:
        """Nobody comes closer who is there already."""
        near = part(NEAR, "toward")
        assert near.now == "toward_now The near"
        assert [way.topic.name for way in near.ways] == ["Toward closer", "Toward apart"]
        far = part({"where": ("there",), "what": ("give",), "how": ("with",)}, "toward")
        assert far.now == "toward_now The far"
        assert [way.topic.name for way in far.ways] == ["Toward closer"]

    def test_without_any_nothing_is_said(self) -> None:
        """A heading over nothing helps nobody."""
        raw = small_raw()
        for way in raw["toward"]:
            way["relationships"] = ["far"]
        assert part(NEAR, "toward", build_model(raw)) is None

    def test_the_way_that_was_answered_comes_first(self) -> None:
        """And is marked as the answer."""
        ways = part({**NEAR, "changing": ("apart",)}, "toward").ways
        assert [(way.topic.name, way.chosen) for way in ways] == [
            ("Toward apart", "toward_chosen"),
            ("Toward closer", ""),
        ]
        assert {way.chosen for way in part(NEAR, "toward").ways} == {""}

    def test_a_way_has_its_text_its_steps_and_its_sources(self) -> None:
        """It is advice to act on."""
        way = part(NEAR, "toward").ways[0]
        assert (way.topic.text, way.topic.sources) == (
            "what closer means",
            "sources_label The talk",
        )
        assert way.steps == ("a step toward closer",)

    def test_with_a_date_each_way_has_a_day_to_look_again(self) -> None:
        """Three months, and twelve."""
        assert [way.review for way in part(NEAR, "toward", today=TODAY).ways] == [
            "toward_review date 22 month2 2027",
            "toward_review date 22 month11 2027",
        ]

    @pytest.mark.parametrize("today", ["", "soon"])
    def test_without_a_date_there_is_no_day(self, today: str) -> None:
        """The page that is built cannot know when it will be read."""
        assert {way.review for way in part(NEAR, "toward", today=today).ways} == {""}

    def test_two_readings_have_the_ways_of_the_first(self) -> None:
        """One part is enough."""
        assert part(TIED, "toward").now == "toward_now The near"
