"""The packaged model's readings: what can come out, and what does of the coded cases."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cxquiz import assess, parse_answers
from cxquiz.classifier.verdict import CLEAR, LEANING, TWO_READINGS, VERDICTS
from macros.pages.evaluation import FIGURES, figures_digest
from tests.cxquiz.examples import CASES, MODEL, Case, answer_pool, ideal_answers
from tests.evaluation.accuracy import model_with, score
from tests.evaluation.draws import draw

if TYPE_CHECKING:
    from cxquiz.model.types import Model

PLAIN = model_with([], caps=False)
"""The packaged model with the weights that the sources were first given, in a plain sum."""


def first_of(case: Case, model: Model = MODEL) -> str | None:
    """Return the first relationship of a case."""
    return assess(model, parse_answers(model, case.answers)).primary


class TestReach:
    """Rule: whatever the model knows can come out."""

    @pytest.mark.parametrize("relationship", MODEL.relationships)
    def test_every_relationship_can_win(self, relationship: str) -> None:
        """One that never comes out should not be in the model."""
        assert assess(MODEL, ideal_answers(MODEL, relationship)).primary == relationship

    def test_every_verdict_can_be_reached(self) -> None:
        """One that never comes out should not be in the model."""
        found = {assess(MODEL, some).verdict for some in answer_pool(MODEL)}
        assert found == set(VERDICTS)


class TestCases:
    """Rule: what people have judged is judged alike, and surer where it says so."""

    @pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
    def test_the_case_gets_a_relationship(self, case: Case) -> None:
        """No real example falls through."""
        assert assess(MODEL, parse_answers(MODEL, case.answers)).labels

    def test_more_come_out_as_expected_than_by_a_plain_sum(self) -> None:
        """Caps and changed weights must be worth their trouble."""
        right = [case.id for case in CASES if first_of(case) == case.expected]
        plain = [case.id for case in CASES if first_of(case, PLAIN) == case.expected]
        assert len(right) > len(plain)

    def test_of_the_uncontested_no_fewer_do(self) -> None:
        """Where nobody would argue, nothing may be lost by them."""
        uncontested = [case for case in CASES if not case.contested]
        missed = {case.id for case in uncontested if first_of(case) != case.expected}
        plain = {case.id for case in uncontested if first_of(case, PLAIN) != case.expected}
        assert uncontested
        assert len(missed) <= len(plain), missed

    @pytest.mark.parametrize(
        ("verdict", "limit", "first"),
        [
            (CLEAR, MODEL.estimation.clear_share, 1),
            (LEANING, MODEL.estimation.leaning_share, 1),
            (TWO_READINGS, MODEL.estimation.two_readings_share, 2),
        ],
    )
    def test_a_verdict_keeps_its_promise(self, verdict: str, limit: int, first: int) -> None:
        """Of all readings that claim a share of certainty, at least that share is right."""
        judged = [(case, assess(MODEL, parse_answers(MODEL, case.answers))) for case in CASES]
        claimed = [(case, found) for case, found in judged if found.verdict == verdict]
        right = [case for case, found in claimed if case.expected in found.labels[:first]]
        assert claimed
        assert 1000 * len(right) >= limit * len(claimed)

    def test_the_case_names_relationships_that_exist(self) -> None:
        """A slip in the data would count as a miss."""
        named = {name for case in CASES for name in (case.expected, *case.acceptable)}
        assert named <= MODEL.relationships.keys()


class TestAccuracy:
    """Rule: what was changed in the weights makes the quiz better where people bend answers."""

    @pytest.mark.parametrize("coding", ["wishful", "bent", "set_on_it"])
    def test_bent_answers_are_read_better_than_by_the_published_weights(self, coding: str) -> None:
        """Else the changes would have no reason."""
        draws = draw(MODEL, CASES, [coding], 3)
        assert score(MODEL, draws).right > score(PLAIN, draws).right

    def test_facts_are_read_no_worse(self) -> None:
        """And readers who answer by the facts must not pay for it."""
        draws = draw(MODEL, CASES, ["as_coded"], 1)
        assert score(MODEL, draws).right >= score(PLAIN, draws).right
        assert score(MODEL, draws).uncontested >= score(PLAIN, draws).uncontested


class TestFigures:
    """Rule: the page shows figures of the model that the site is built with."""

    def test_they_are_of_today(self) -> None:
        """After a change of weights: `make evaluate`."""
        assert json.loads(FIGURES.read_text("utf-8"))["model"] == figures_digest(MODEL)
