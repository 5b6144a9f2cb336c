"""The classifier: points, the first relationship, the others, the verdict and the reasons."""

from __future__ import annotations

import copy
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxquiz import assess, classify
from cxquiz.authoring.loader import build_model
from cxquiz.classifier.counterfactuals import Counterfactual, single_counterfactuals
from cxquiz.classifier.verdict import CLEAR, LEANING, NOT_ENOUGH, TWO_READINGS
from tests.cxquiz.examples import (
    MODEL,
    SMALL,
    Raw,
    small_raw,
)
from tests.cxquiz.strategies import answers, scored_answers

NEAR_CLEARLY = {"where": ("here",), "what": ("take",), "how": ("for",)}
"""Answers to the small model that all say the same."""


def changed(**estimation: object) -> Raw:
    """Return the small model with other figures in its estimation."""
    raw = small_raw()
    raw["estimation"].update(estimation)
    return raw


class TestPrimary:
    """Rule: the first relationship is the one with the most points."""

    def test_it_has_the_most_points(self) -> None:
        """That is what the points are for."""
        assert assess(SMALL, {"where": ("there",)}).primary == "far"

    def test_of_equals_the_earlier_one_is_first(self) -> None:
        """The same answers always give the same first one; the verdict says how close it was."""
        assert assess(SMALL, {"where": ("here",), "how": ("with",)}).primary == "near"

    def test_it_is_there_whatever_the_verdict(self) -> None:
        """Who classifies many at once can always go by it."""
        assessment = assess(SMALL, {"mood": ("warm",)})
        assert (assessment.verdict, assessment.primary) == (NOT_ENOUGH, "near")

    @pytest.mark.parametrize("some", [{}, {"name": ("Ada",), "called": ("near",)}, {"where": ()}])
    def test_without_a_scored_answer_there_is_none(self, some: dict[str, tuple[str, ...]]) -> None:
        """Nothing is not a reading."""
        assessment = assess(SMALL, some)
        assert (assessment.primary, assessment.runner_up, assessment.labels) == (None, None, ())
        assert assessment.verdict == NOT_ENOUGH

    @given(answers())
    def test_nobody_has_more_points(self, some: dict[str, tuple[str, ...]]) -> None:
        """Whatever was answered, in the packaged model too."""
        assessment = assess(MODEL, some)
        if assessment.primary is None:
            assert not some.keys() & MODEL.questions.keys()
        else:
            assert assessment.points[assessment.primary] == max(assessment.points.values())

    @given(answers())
    def test_the_runner_up_is_the_best_of_the_others(
        self, some: dict[str, tuple[str, ...]]
    ) -> None:
        """The reasons compare with it."""
        assessment = assess(MODEL, some)
        if assessment.runner_up is not None:
            others = {k: v for k, v in assessment.points.items() if k != assessment.primary}
            assert assessment.points[assessment.runner_up] == max(others.values())

    @given(scored_answers())
    def test_without_the_best_evidence_it_has_no_more_points(
        self, some: dict[str, tuple[str, ...]]
    ) -> None:
        """Evidence that counts for something must not count against it."""
        assessment = assess(MODEL, some)
        primary = assessment.primary or ""

        def alone(question: str) -> int:
            return assess(MODEL, {question: some[question]}).points[primary]

        best = max(some, key=alone)
        rest = {question: options for question, options in some.items() if question != best}
        if alone(best) >= 0:
            assert assess(MODEL, rest).points[primary] <= assessment.points[primary]


class TestLabels:
    """Rule: the first relationship comes first, and the others that hold follow, best first."""

    def test_one_close_behind_holds_too(self) -> None:
        """A customer can be a partner as well."""
        own = {"where": ("here",), "how": ("for",), "what": ("give",)}
        assert assess(SMALL, own).points == {"near": 6, "far": 2, "else": 1}
        assert assess(SMALL, own).labels == ("near", "far")

    def test_one_too_far_behind_does_not(self) -> None:
        """Being second is no reason."""
        own = {"where": ("here",), "how": ("for",), "mood": ("warm",), "what": ("give",)}
        assert assess(SMALL, own).points == {"near": 7, "far": 2, "else": 1}
        assert assess(SMALL, own).labels == ("near", "far")
        model = build_model(changed(holds_within=4))
        assert assess(model, own).labels == ("near",)

    def test_one_with_too_few_points_does_not(self) -> None:
        """Being close behind somebody weak is no reason either."""
        own = {"where": ("here",), "how": ("for",), "what": ("give",)}
        assert assess(build_model(changed(holds_points=3)), own).labels == ("near",)

    def test_in_two_readings_both_are_there(self) -> None:
        """Both are shown side by side, however few points they have."""
        own = {"where": ("here",), "what": ("nothing",)}
        assessment = assess(build_model(changed(holds_points=99)), own)
        assert assessment.points == {"near": 2, "far": -1, "else": 3}
        assert assessment.labels == ("else", "near")

    @given(answers())
    def test_they_start_with_the_first_and_go_down(self, some: dict[str, tuple[str, ...]]) -> None:
        """Whoever reads only the first one reads the right one."""
        assessment = assess(MODEL, some)
        points = [assessment.points[label] for label in assessment.labels]
        assert assessment.labels[:1] == (
            () if assessment.primary is None else (assessment.primary,)
        )
        assert len(set(assessment.labels)) == len(points)
        assert points == sorted(points, reverse=True)

    @given(answers())
    def test_two_readings_are_at_least_two(self, some: dict[str, tuple[str, ...]]) -> None:
        """The page shows two side by side."""
        assessment = assess(MODEL, some)
        if assessment.verdict == TWO_READINGS:
            assert assessment.labels[:2] == (assessment.primary, assessment.runner_up)

    def test_an_implausible_pair_is_noticed(self) -> None:
        """An answer is probably wrong."""
        own = {"where": ("here",), "how": ("with",)}
        assert assess(SMALL, own).labels == ("near", "far")
        assert assess(SMALL, own).implausible == (0,)

    def test_one_of_the_pair_alone_is_not(self) -> None:
        """Nothing is odd about either of them."""
        assert assess(SMALL, NEAR_CLEARLY).implausible == ()


class TestVerdict:
    """Rule: the verdict says in words how sure the reading is; test_verdict.py has its limits."""

    @pytest.mark.parametrize(
        ("own", "verdict"),
        [
            (NEAR_CLEARLY, CLEAR),
            ({"where": ("here",), "rest": ("no",)}, LEANING),
            ({"where": ("here",), "what": ("nothing",)}, TWO_READINGS),
            ({"where": ("here",)}, NOT_ENOUGH),
        ],
    )
    def test_it_follows_from_the_shares(
        self, own: dict[str, tuple[str, ...]], verdict: str
    ) -> None:
        """Clear where all answers agree, less where some of the evidence points elsewhere."""
        assert assess(SMALL, own).verdict == verdict


class TestReasons:
    """Rule: the reasons are answers that were given, and the strongest of them."""

    def test_evidence_for_speaks_for_it_strongest_first(self) -> None:
        """The reader sees what the reading rests on."""
        own = {"rest": ("no",), "what": ("take",), "where": ("here",)}
        reading = classify(SMALL, own)
        assert [(item.question, item.margin) for item in reading.evidence_for] == [
            ("where", 300),
            ("what", 200),
        ]

    def test_no_more_than_three_are_told(self) -> None:
        """Of equals those that come first in the quiz; a long list is no insight."""
        own = {**NEAR_CLEARLY, "mood": ("warm",), "rest": ("no",)}
        reading = classify(SMALL, own)
        assert [(item.question, item.margin) for item in reading.evidence_for] == [
            ("where", 300),
            ("what", 200),
            ("how", 200),
        ]

    def test_evidence_against_is_the_strongest_that_speaks_against_it(self) -> None:
        """The reader sees what an opponent will say."""
        own = {"where": ("there",), "what": ("give",), "how": ("with",), "mood": ("warm",)}
        own["rest"] = ("yes",)
        raw = small_raw()
        raw["question"][4]["option"][0]["weights"] = {"near": 1}
        reading = classify(build_model(raw), own)
        assert (reading.assessment.primary, reading.assessment.runner_up) == ("far", "near")
        assert [(item.question, item.margin) for item in reading.evidence_against] == [
            ("mood", -300)
        ]

    def test_a_single_one_is_evidence_against(self) -> None:
        """The one voice against must be heard."""
        reading = classify(SMALL, {"where": ("there",), "how": ("with",), "what": ("take",)})
        assert [(item.question, item.margin) for item in reading.evidence_against] == [
            ("what", -200)
        ]

    def test_the_least_that_speaks_for_it_is_evidence_for(self) -> None:
        """A hundredth of a point is one too; what says nothing is none."""
        raw = small_raw()
        raw["estimation"]["caps"] = {"place": 1, "stance": 4}
        raw["question"][1]["family"] = "place"
        own = {"where": ("here",), "what": ("take",), "rest": ("yes",)}
        raw["question"][4]["option"][0]["weights"] = {}
        reading = classify(build_model(raw), own)
        assert [(item.question, item.margin) for item in reading.evidence_for] == [
            ("where", 50),
            ("what", 50),
        ]

    def test_without_any_there_is_no_evidence_against(self) -> None:
        """Nothing is made up for the sake of balance."""
        assert classify(SMALL, NEAR_CLEARLY).evidence_against == ()

    @given(answers())
    def test_evidence_is_what_was_answered(self, some: dict[str, tuple[str, ...]]) -> None:
        """Nobody is told that they said what they did not say."""
        reading = classify(MODEL, some)
        pro = [item.margin for item in reading.evidence_for]
        assert len(pro) <= 3
        assert pro == sorted(pro, reverse=True)
        assert all(margin > 0 for margin in pro)
        assert all(item.margin < 0 for item in reading.evidence_against)
        for item in (*reading.evidence_for, *reading.evidence_against):
            assert some[item.question] == item.options

    def test_changes_are_of_answers_that_were_given_and_what_is_open_is_not(self) -> None:
        """The one is about what may be wrong, the other about what is still to come."""
        own = {"where": ("here",), "how": ("for",)}
        reading = classify(SMALL, own)
        assert [change.answers for change in reading.changes] == []
        assert reading.smallest == Counterfactual({"where": ("there",), "how": ("with",)}, "far")
        assert reading.still_open is not None
        assert not reading.still_open.answers.keys() & own.keys()

    @given(scored_answers())
    def test_the_smallest_change_is_no_larger_than_any_other(
        self, some: dict[str, tuple[str, ...]]
    ) -> None:
        """What the page calls the smallest must be that."""
        reading = classify(MODEL, some)
        assert reading.changes == single_counterfactuals(
            MODEL, some, [q for q in MODEL.questions if q in some]
        )
        if reading.changes:
            assert reading.smallest is not None
            assert len(reading.smallest.answers) == 1
        for change, among in (
            (reading.smallest, some.keys()),
            (reading.still_open, MODEL.questions.keys() - some.keys()),
        ):
            assert change is None or change.answers.keys() <= among

    @given(answers())
    def test_the_next_question_is_an_open_one(self, some: dict[str, tuple[str, ...]]) -> None:
        """Nobody is asked what they have answered."""
        ask_next = classify(MODEL, some).ask_next
        assert ask_next is None or (ask_next in MODEL.questions and ask_next not in some)

    def test_without_an_answer_there_is_a_question_to_begin_with(self) -> None:
        """The way on is never missing."""
        reading = classify(SMALL, {})
        assert reading.ask_next in SMALL.questions
        assert (reading.evidence_for, reading.changes, reading.mirror) == ((), (), ())
        assert (reading.smallest, reading.still_open) == (None, None)

    def test_the_mirror_is_that_of_the_first_relationship(self) -> None:
        """The other direction is told from what they are to you."""
        assert classify(SMALL, {"where": ("here",)}).mirror == ("far",)

    @given(answers())
    def test_shares_are_those_of_the_points(self, some: dict[str, tuple[str, ...]]) -> None:
        """Every relationship has one, and more points never mean less."""
        reading = classify(MODEL, some)
        assert list(reading.shares) == list(MODEL.relationships)
        if reading.assessment.primary is not None:
            assert reading.shares[reading.assessment.primary] == max(reading.shares.values())


class TestPurity:
    """Rule: the same answers give the same reading, and nothing else happens."""

    @given(answers())
    def test_the_same_input_gives_an_equal_output(self, some: dict[str, tuple[str, ...]]) -> None:
        """A reading can be shared, compared and tested."""
        assert classify(MODEL, some) == classify(MODEL, copy.deepcopy(some))

    @given(answers())
    def test_the_answers_are_left_as_they_were(self, some: dict[str, tuple[str, ...]]) -> None:
        """A session goes on with them."""
        before = copy.deepcopy(some)
        classify(MODEL, MappingProxyType(some))
        assert some == before

    def test_the_model_is_left_as_it_was(self) -> None:
        """One worker serves every answer of a visit with it."""
        model = build_model(small_raw())
        before = copy.deepcopy(model)
        classify(model, NEAR_CLEARLY)
        assert model == before

    @given(answers(), st.data())
    def test_the_order_of_answers_does_not_matter(
        self, some: dict[str, tuple[str, ...]], data: st.DataObject
    ) -> None:
        """Going back to change one must not change the others' weight."""
        items = data.draw(st.permutations(list(some.items())))
        assert classify(MODEL, dict(items)) == classify(MODEL, some)

    @given(answers(), st.data())
    def test_skipping_changes_nothing(
        self, some: dict[str, tuple[str, ...]], data: st.DataObject
    ) -> None:
        """A question that was met and left open is the same as one that was never met."""
        others = [question for question in MODEL.questions if question not in some]
        skipped = data.draw(st.sets(st.sampled_from(others)) if others else st.just(set()))
        with_skipped: dict[str, tuple[str, ...]] = {**some, **dict.fromkeys(skipped, ())}
        assert classify(MODEL, with_skipped) == classify(MODEL, some)
