"""Draws: coded cases, answered in every way, with weights that make each way count the same."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from cxquiz.classifier.answers import parse_answers
from tests.evaluation.variants import CODINGS, WITHOUT_CHANCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxquiz.model.types import Model
    from tests.cxquiz.examples import Case
    from tests.evaluation.variants import Coded


@dataclass(frozen=True)
class Draw:
    """One case, answered in one way.

    Attributes:
        case: The case.
        coding: The name of the way of answering.
        answers: What was answered.
        weight: How often to count it: a way without chance is drawn once and counts as all.
    """

    case: Case
    coding: str
    answers: Coded
    weight: int


def draw(
    model: Model, cases: Iterable[Case], codings: Iterable[str], times: int, seed: str = ""
) -> list[Draw]:
    """Answer each case in each way a number of times.

    The chance depends on the case, the way and the number alone, so that a case gets the same
    answers in whatever company it is drawn.
    """
    return [
        Draw(
            case,
            coding,
            CODINGS[coding](facts, Random(f"{seed} {case.id} {coding} {turn}")),  # noqa: S311 - chance, not secrets
            weight,
        )
        for case in cases
        for facts in [parse_answers(model, case.answers)]
        for coding in codings
        for turns, weight in [(1, times) if coding in WITHOUT_CHANCE else (times, 1)]
        for turn in range(turns)
    ]
