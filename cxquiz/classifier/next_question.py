"""Asking: which question comes next, and when there is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxquiz.classifier import expectation, scoring
from cxquiz.classifier.counterfactuals import fewest_answers
from cxquiz.classifier.verdict import NOT_ENOUGH, count_answers, has_basis, verdict_on

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cxquiz.classifier.answers import Answers
    from cxquiz.classifier.scoring import Points
    from cxquiz.model.types import Model, Question

_TENTHS = 10

# A search through all answers to more questions would take too long in a browser; with more of
# them open there is hardly a lead that they could not turn.
_SEARCHABLE = 6


def next_question(
    model: Model, answers: Answers, seen: Collection[str], lens: Sequence[str] = ()
) -> str | None:
    """Return the scored question to ask next, or ``None`` where there is enough.

    The page's own questions come first, then whatever can be expected to tell most, until
    nothing that is still open could plausibly change the first relationship.

    Args:
        model: The model.
        answers: What was answered so far.
        seen: Questions that were answered or skipped; none of them is asked again.
        lens: The questions that the page is about, in its order.
    """
    for question_id in lens:
        if question_id in model.questions and question_id not in seen:
            return question_id
    if is_enough(model, answers, seen):
        return None
    return telling_question(model, answers, seen)


def telling_question(model: Model, answers: Answers, seen: Collection[str] = ()) -> str | None:
    """Return the open question whose answer can be expected to tell most.

    Args:
        model: The model.
        answers: What was answered so far.
        seen: Questions not to name, for example those that were skipped.

    Returns:
        The id of the question; ``None`` where all were answered or seen.
    """
    beliefs = scoring.shares(model, scoring.points(model, answers))
    return max(
        (question.id for question in _open(model, answers, seen)),
        key=lambda question_id: expectation.information(model.questions[question_id], beliefs),
        default=None,
    )


def is_enough(model: Model, answers: Answers, seen: Collection[str] = ()) -> bool:
    """Say whether no open answer could plausibly change the first relationship.

    It could not where two things hold. The first leads each rival by so many standard
    deviations of what all open answers together can be expected to move; and it stays the
    first if every open answer is the one that it makes most likely. Up to a number of
    questions the quiz also goes on while there is not enough to say; from then on a smaller
    lead will do.

    It is enough, too, where nothing that is open matters any more: no answers to it would put
    another relationship first, or none could lead to a reading, because too few are left or
    every essential question has been left out.

    Args:
        model: The model.
        answers: What was answered so far.
        seen: Questions that are not open although they have no answer.
    """
    still_open = _open(model, answers, seen)
    if not has_basis(model, answers):
        return not _may_get_basis(model, answers, still_open)
    asking = model.asking
    totals = scoring.points(model, answers)
    patient = len(model.questions) - len(still_open) < asking.patience
    if patient and verdict_on(model, totals) == NOT_ENOUGH:
        return not still_open
    assurance = asking.assurance if patient else asking.assurance_after
    if _leads(model, totals, still_open, assurance):
        return _stays_first(model, answers, scoring.leader(totals), still_open)
    return len(still_open) <= _SEARCHABLE and not _may_change(model, answers, still_open)


def _may_get_basis(model: Model, answers: Answers, still_open: Collection[Question]) -> bool:
    limits = model.estimation
    essential = any(map(answers.get, limits.essential)) or any(
        question.id in limits.essential for question in still_open
    )
    return essential and count_answers(model, answers) + len(still_open) >= limits.minimum_answers


def _may_change(model: Model, answers: Answers, still_open: Collection[Question]) -> bool:
    return fewest_answers(model, answers, [question.id for question in still_open]) is not None


def _stays_first(
    model: Model, answers: Answers, first: int, still_open: Collection[Question]
) -> bool:
    """Say whether the first stays the first if it is right and the answers are the likeliest."""
    likely = {question.id: (likeliest_option(question, first),) for question in still_open}
    return scoring.leader(scoring.points(model, {**answers, **likely})) == first


def likeliest_option(question: Question, relationship: int) -> str:
    """Return the option that a relationship, given by its index, makes most likely."""
    chances = [row[relationship] for row in question.chances]
    return list(question.options)[chances.index(max(chances))]


def _open(model: Model, answers: Answers, seen: Collection[str]) -> list[Question]:
    return [
        question
        for question in model.questions.values()
        if question.id not in seen and not answers.get(question.id)
    ]


def _leads(model: Model, totals: Points, still_open: Sequence[Question], assurance: int) -> bool:
    """Say whether the first leads each rival by the assurance, in tenths of a deviation."""
    beliefs = scoring.shares(model, totals)
    scale = sum(beliefs) * expectation.CERTAIN
    chances = [expectation.expected(question, beliefs) for question in still_open]
    first = scoring.leader(totals)
    for rival, total in enumerate(totals):
        if rival == first or not beliefs[rival]:
            continue
        outlooks = [
            expectation.outlook(question, likely, first, rival)
            for question, likely in zip(still_open, chances, strict=True)
        ]
        lead = (totals[first] - total) * scale + sum(outlook.mean for outlook in outlooks)
        variance = sum(outlook.variance for outlook in outlooks)
        # lead / deviation < assurance / 10, without the root and the division
        if variance and (lead <= 0 or (_TENTHS * lead) ** 2 < assurance**2 * variance):
            return False
    return True
