"""The classifier: answers in, a reading out. A pure function of the model and the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxquiz import estimate
from cxquiz.asking import separating_question
from cxquiz.rules import answer_mask, applying

if TYPE_CHECKING:
    from cxquiz.answers import Answers
    from cxquiz.model import Model, Rule

CLEAR = "clear"
LEANING = "leaning"
TWO_READINGS = "two_readings"
NOT_ENOUGH = "not_enough"

_REASONS = 3


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the answers come to, without the reasons.

    Attributes:
        points: Relationship id to points, in the model's order.
        primary: The relationship with the most points, the earlier one of equals;
            ``None`` where no scored question was answered.
        labels: The primary relationship and the others that hold too, best first.
        runner_up: The relationship with the next most points; ``None`` with ``primary``.
        verdict: ``clear``, ``leaning``, ``two_readings`` or ``not_enough``.
        flags: Ids of the flags that apply.
        disputes: Ids of the disputes that apply.
        contradictions: Ids of the contradictions between the answers.
        implausible: Positions of the implausible pairs among the labels.
    """

    points: dict[str, int]
    primary: str | None
    labels: tuple[str, ...]
    runner_up: str | None
    verdict: str
    flags: tuple[str, ...]
    disputes: tuple[str, ...]
    contradictions: tuple[str, ...]
    implausible: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One answer as a reason: how many points it gives the first over the next best."""

    question: str
    options: tuple[str, ...]
    margin: int


@dataclass(frozen=True, slots=True)
class Change:
    """Another answer to one question that would make another relationship the first."""

    question: str
    option: str
    primary: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An assessment with its reasons.

    Attributes:
        assessment: What the answers come to.
        shares: Relationship id to its share in thousandths.
        evidence_for: The answers that carried most for the primary one, strongest first.
        evidence_against: The answer that spoke most against it, if any did.
        changes: Single other answers that would change the primary one.
        ask_next: The open question that would tell most between the first two.
        mirror: What the reader then most likely is to the other party.
    """

    assessment: Assessment
    shares: dict[str, int]
    evidence_for: tuple[Evidence, ...]
    evidence_against: tuple[Evidence, ...]
    changes: tuple[Change, ...]
    ask_next: str | None
    mirror: tuple[str, ...]


def assess(model: Model, answers: Answers) -> Assessment:
    """Judge the answers: points, labels, verdict and the rules that apply.

    Args:
        model: The model to judge by.
        answers: Answers in the package's own form (see :mod:`cxquiz.answers`).
    """
    totals = estimate.points(model, answers)
    names = tuple(model.relationships)
    # sorted() is stable, so equals stay in the model's order.
    ranking = sorted(range(len(names)), key=totals.__getitem__, reverse=True)
    answered = sum([1 for question_id in model.questions if answers.get(question_id)])
    primary = names[ranking[0]] if answered else None
    mask = answer_mask(model, answers)

    def apply(rules: tuple[Rule, ...]) -> tuple[str, ...]:
        return applying(rules, mask, primary=primary, answered=answered)

    contradictions = apply(model.contradictions)
    verdict = _verdict(model, answers, totals, ranking, answered)
    if verdict == CLEAR and contradictions:
        verdict = LEANING
    labels = _labels(model, totals, ranking, verdict) if answered else ()
    return Assessment(
        points=dict(zip(names, totals, strict=True)),
        primary=primary,
        labels=labels,
        runner_up=names[ranking[1]] if answered else None,
        verdict=verdict,
        flags=apply(model.flags),
        disputes=apply(model.disputes),
        contradictions=contradictions,
        implausible=tuple(
            position
            for position, pair in enumerate(model.implausible)
            if pair.relationships.issubset(labels)
        ),
    )


def _verdict(
    model: Model, answers: Answers, totals: tuple[int, ...], ranking: list[int], answered: int
) -> str:
    limits = model.estimation
    if answered < limits.minimum_answers or not any(map(answers.get, limits.essential)):
        return NOT_ENOUGH
    first, second = ranking[:2]
    if totals[first] - totals[second] <= limits.two_readings_within:
        return TWO_READINGS
    clear = estimate.shares(model, totals)[first] >= limits.clear_share
    return CLEAR if clear else LEANING


def _labels(
    model: Model, totals: tuple[int, ...], ranking: list[int], verdict: str
) -> tuple[str, ...]:
    limits = model.estimation
    names = tuple(model.relationships)
    best = totals[ranking[0]]
    holds = max(limits.holds_points, best - limits.holds_within)
    if verdict == TWO_READINGS:
        holds = min(holds, best - limits.two_readings_within)
    return (names[ranking[0]], *[names[index] for index in ranking[1:] if totals[index] >= holds])


def classify(model: Model, answers: Answers) -> Reading:
    """Judge the answers and give the reasons.

    Args:
        model: The model to judge by.
        answers: Answers in the package's own form (see :mod:`cxquiz.answers`).
    """
    assessment = assess(model, answers)
    totals = tuple(assessment.points.values())
    shares = dict(zip(assessment.points, estimate.shares(model, totals), strict=True))
    primary, runner_up = assessment.primary, assessment.runner_up
    if primary is None or runner_up is None:
        return Reading(assessment, shares, (), (), (), next(iter(model.estimation.core)), ())
    names = list(model.relationships)
    evidence = sorted(
        (
            Evidence(*margin)
            for margin in estimate.margins(
                model, answers, names.index(primary), names.index(runner_up)
            )
        ),
        key=lambda item: -item.margin,
    )
    return Reading(
        assessment=assessment,
        shares=shares,
        evidence_for=tuple(item for item in evidence if item.margin > 0)[:_REASONS],
        evidence_against=tuple(item for item in evidence if item.margin < 0)[-1:],
        changes=_changes(model, answers, primary),
        ask_next=separating_question(model, answers, totals),
        mirror=model.relationships[primary].mirror,
    )


def _changes(model: Model, answers: Answers, primary: str) -> tuple[Change, ...]:
    """Find each single other answer that would make another relationship the first.

    Those that would put the new one furthest ahead come first.
    """
    names = list(model.relationships)
    place = names.index(primary)
    found: list[tuple[int, Change]] = []
    for question_id in model.questions:
        given = answers.get(question_id)
        for option in model.questions[question_id].options if given else ():
            if (option,) == given:
                continue
            changed = estimate.points(model, {**answers, question_id: (option,)})
            best = max(range(len(names)), key=lambda index: changed[index])
            if best != place:
                lead = changed[best] - changed[place]
                found.append((lead, Change(question_id, option, names[best])))
    found.sort(key=lambda item: -item[0])
    return tuple(change for _, change in found)
