"""The verdict: how sure a reading is, in one of four words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given

from cxquiz import assess
from cxquiz.classifier import scoring
from cxquiz.classifier.verdict import (
    CLEAR,
    LEANING,
    NOT_ENOUGH,
    TWO_READINGS,
    count_answers,
    has_basis,
    verdict_on,
)
from tests.cxquiz.examples import MODEL, SMALL
from tests.cxquiz.strategies import answers, totals

if TYPE_CHECKING:
    from cxquiz.classifier.answers import Answers
    from cxquiz.model.types import Model

ALL_NEAR: Final = {"where": ("here",), "what": ("take",), "how": ("for",)}
"""Answers to the small model that all say the same."""


def limited(**limits: object) -> Model:
    """Return the small model with other limits."""
    return replace(SMALL, estimation=replace(SMALL.estimation, **limits))  # type: ignore[arg-type]


class TestLimits:
    """Rule: a verdict begins exactly at the share that the model names for it."""

    POINTS: Final = (3, 0, -2)
    """The first has 653 thousandths of all, and the first two together 884."""

    def test_the_shares_are_those_below(self) -> None:
        """What the tests here reckon with."""
        assert scoring.shares(SMALL, self.POINTS) == (653, 231, 115)

    @pytest.mark.parametrize(("limit", "verdict"), [(653, CLEAR), (654, LEANING)])
    def test_clear(self, limit: int, verdict: str) -> None:
        """At the limit it is clear, just below it is not."""
        assert verdict_on(limited(clear_share=limit), self.POINTS) == verdict

    @pytest.mark.parametrize(("limit", "verdict"), [(653, LEANING), (654, TWO_READINGS)])
    def test_leaning(self, limit: int, verdict: str) -> None:
        """At the limit it is leaning, just below it is not."""
        assert verdict_on(limited(leaning_share=limit), self.POINTS) == verdict

    @pytest.mark.parametrize(("limit", "verdict"), [(884, TWO_READINGS), (885, NOT_ENOUGH)])
    def test_two_readings(self, limit: int, verdict: str) -> None:
        """At the limit two together are a reading, just below they are not."""
        model = limited(leaning_share=1000, two_readings_share=limit)
        assert verdict_on(model, self.POINTS) == verdict

    @pytest.mark.parametrize("points", [(3, 3, 0), (0, 3, 3), (3, 0, 3)])
    def test_a_tie_is_two_readings_whoever_they_are(self, points: tuple[int, ...]) -> None:
        """It is not broken in silence by the order of a list."""
        assert verdict_on(SMALL, points) == TWO_READINGS

    def test_a_tie_of_all_is_not_enough(self) -> None:
        """Three readings at once are none."""
        assert verdict_on(SMALL, (3, 3, 3)) == NOT_ENOUGH

    @given(totals())
    def test_only_the_two_best_decide(self, points: tuple[int, ...]) -> None:
        """In the packaged model too, whatever the points."""
        first, second, *_ = sorted(scoring.shares(MODEL, points), reverse=True)
        limits = MODEL.estimation
        expected = {
            CLEAR: first >= limits.clear_share,
            LEANING: limits.clear_share > first >= limits.leaning_share,
            TWO_READINGS: first < limits.leaning_share
            and first + second >= limits.two_readings_share,
            NOT_ENOUGH: first < limits.leaning_share and first + second < limits.two_readings_share,
        }
        assert [name for name, holds in expected.items() if holds] == [verdict_on(MODEL, points)]


class TestBasis:
    """Rule: a reading takes answers enough, and an essential one among them."""

    @pytest.mark.parametrize(
        ("own", "count"),
        [
            ({}, 0),
            ({"where": ("here",)}, 1),
            ({"where": ("here",), "what": ("take", "give")}, 2),
            ({"where": ("here",), "what": (), "name": ("Ada",), "called": ("near",)}, 1),
        ],
    )
    def test_scored_questions_with_an_answer_count(self, own: Answers, count: int) -> None:
        """Names, titles and what was skipped are no evidence; two ticks are one answer."""
        assert count_answers(SMALL, own) == count

    @pytest.mark.parametrize(("limit", "enough"), [(3, True), (4, False)])
    def test_the_fewest_answers_are_enough(self, limit: int, *, enough: bool) -> None:
        """One less is not."""
        assert has_basis(limited(minimum_answers=limit), ALL_NEAR) == enough

    @pytest.mark.parametrize("essential", ["where", "how"])
    def test_any_essential_answer_will_do(self, essential: str) -> None:
        """Each of them tells what the others cannot."""
        own = {"mood": ("warm",), "rest": ("no",)}
        assert not has_basis(SMALL, {**own, "what": ("take",), essential: ()})
        assert has_basis(SMALL, {**own, essential: tuple(SMALL.questions[essential].options)[:1]})

    def test_without_a_basis_there_is_not_enough_to_say(self) -> None:
        """However far ahead the first is."""
        own = {"what": ("take",), "mood": ("warm",), "rest": ("no",)}
        model = limited(clear_share=0)
        assert assess(model, own).verdict == NOT_ENOUGH
        assert assess(model, {**own, "how": ("for",)}).verdict == CLEAR

    @given(answers())
    def test_a_reading_rests_on_a_basis(self, some: dict[str, tuple[str, ...]]) -> None:
        """In the packaged model too, whatever was answered."""
        if not has_basis(MODEL, some):
            assert assess(MODEL, some).verdict == NOT_ENOUGH


class TestContradictions:
    """Rule: answers that do not go together make a clear reading a leaning one, and no more."""

    @pytest.mark.parametrize(
        ("clear_share", "leaning_share", "verdict"),
        [(0, 0, LEANING), (1000, 0, LEANING), (1000, 1000, TWO_READINGS)],
    )
    def test_clear_becomes_leaning(
        self, clear_share: int, leaning_share: int, verdict: str
    ) -> None:
        """What does not go together is shown, not averaged away."""
        own = {"where": ("here",), "what": ("take", "give")}
        model = limited(clear_share=clear_share, leaning_share=leaning_share)
        assert assess(model, own).contradictions == ("here_and_give",)
        assert assess(model, own).verdict == verdict
        assert verdict_on(model, scoring.points(model, own)) == (
            CLEAR if not clear_share else verdict
        )

    @given(answers())
    def test_no_clear_reading_rests_on_a_contradiction(
        self, some: dict[str, tuple[str, ...]]
    ) -> None:
        """In the packaged model too, whatever was answered."""
        assessment = assess(MODEL, some)
        assert assessment.verdict != CLEAR or not assessment.contradictions
