"""The verdict: how sure a reading is, in one of four words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from cxquiz.classifier import scoring

if TYPE_CHECKING:
    from cxquiz.classifier.answers import Answers
    from cxquiz.classifier.scoring import Points
    from cxquiz.model.types import Model

VerdictId = Literal["clear", "leaning", "two_readings", "not_enough"]
"""The four words, from the surest."""

CLEAR: Final[VerdictId] = "clear"
LEANING: Final[VerdictId] = "leaning"
TWO_READINGS: Final[VerdictId] = "two_readings"
NOT_ENOUGH: Final[VerdictId] = "not_enough"

VERDICTS: Final = (CLEAR, LEANING, TWO_READINGS, NOT_ENOUGH)


def count_answers(model: Model, answers: Answers) -> int:
    """Return how many scored questions have an answer."""
    return len([None for question_id in model.questions if answers.get(question_id)])


def has_basis(model: Model, answers: Answers) -> bool:
    """Say whether there are answers enough, and an essential one among them, for a reading."""
    limits = model.estimation
    enough = count_answers(model, answers) >= limits.minimum_answers
    return enough and any(map(answers.get, limits.essential))


def verdict_on(model: Model, totals: Points) -> VerdictId:
    """Say what points come to, given that they rest on answers enough.

    The limits are on shares, so that each verdict is a promise about how often it is right:
    "clear" and "leaning" on the first relationship, "two readings" on the first two.
    """
    limits = model.estimation
    *_, second, first = sorted(scoring.shares(model, totals))
    if first >= limits.clear_share:
        return CLEAR
    if first >= limits.leaning_share:
        return LEANING
    return TWO_READINGS if first + second >= limits.two_readings_share else NOT_ENOUGH
