"""Asking: which question comes next, and when there is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxquiz import estimate

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cxquiz.answers import Answers
    from cxquiz.model import Model


def separating_question(
    model: Model, answers: Answers, totals: tuple[int, ...], seen: Collection[str] = ()
) -> str | None:
    """Return the open question that can tell most between the two leading relationships.

    Args:
        model: The model.
        answers: What was answered so far.
        totals: The points that the answers come to.
        seen: Questions not to name, for example those that were skipped.

    Returns:
        The id of the unanswered question whose options differ most in how far they speak
        for the one against the other; ``None`` where all were answered or seen, or where
        no open question can tell the two apart.
    """
    first, second = sorted(range(len(totals)), key=lambda index: -totals[index])[:2]

    def spread(question_id: str) -> int:
        margins = [
            option.weights[first] - option.weights[second]
            for option in model.questions[question_id].options.values()
        ]
        return max(margins) - min(margins)

    unanswered = [q for q in model.questions if not answers.get(q) and q not in seen]
    best = max(unanswered, key=spread, default=None)
    return best if best is not None and spread(best) > 0 else None


def next_question(
    model: Model, answers: Answers, seen: Collection[str], lens: Sequence[str] = ()
) -> str | None:
    """Return the scored question to ask next, or ``None`` where there is enough.

    The page's own questions come first, then the short quiz, then whatever separates the
    two leading relationships while they are close.

    Args:
        model: The model.
        answers: What was answered so far.
        seen: Questions that were answered or skipped; none of them is asked again.
        lens: The questions that the page is about, in its order.
    """
    for question_id in (*lens, *model.estimation.core):
        if question_id in model.questions and question_id not in seen:
            return question_id
    totals = estimate.points(model, answers)
    best, second = sorted(totals, reverse=True)[:2]
    if best - second > model.estimation.two_readings_within:
        return None
    return separating_question(model, answers, totals, seen)
