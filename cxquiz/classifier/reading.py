"""The classifier: answers in, a reading out. A pure function of the model and the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxquiz.classifier import scoring
from cxquiz.classifier.counterfactuals import Counterfactual, fewest_answers, single_counterfactuals
from cxquiz.classifier.next_question import telling_question
from cxquiz.classifier.rules import answer_mask, applying
from cxquiz.classifier.verdict import (
    CLEAR,
    LEANING,
    NOT_ENOUGH,
    TWO_READINGS,
    count_answers,
    has_basis,
    verdict_on,
)

if TYPE_CHECKING:
    from cxquiz.classifier.answers import Answers
    from cxquiz.classifier.verdict import VerdictId
    from cxquiz.model.types import Model, Rule

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
    verdict: VerdictId
    flags: tuple[str, ...]
    disputes: tuple[str, ...]
    contradictions: tuple[str, ...]
    implausible: tuple[int, ...]

    @property
    def seen(self) -> str | None:
        """The relationship that the answers show; ``None`` where they are not enough to say."""
        return None if self.verdict == NOT_ENOUGH else self.primary

    @property
    def named(self) -> tuple[str, ...]:
        """The labels that it shows: two, one, or none where it is not enough to say."""
        return self.labels[: {NOT_ENOUGH: 0, TWO_READINGS: 2}.get(self.verdict, 1)]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One answer as a reason.

    ``margin`` is how much it gives the first over the next best, in hundredths of a point.
    """

    question: str
    options: tuple[str, ...]
    margin: int


@dataclass(frozen=True, slots=True)
class Reading:
    """An assessment with its reasons.

    Attributes:
        assessment: What the answers come to.
        shares: Relationship id to its share in thousandths.
        evidence_for: The answers that carried most for the primary one, strongest first.
        evidence_against: The answer that spoke most against it, if any did.
        changes: Other answers to one question that would change the primary one, the
            smallest change first.
        smallest: The fewest answers that, had they been others, would change it.
        still_open: The fewest open answers that could still change it.
        ask_next: The open question that would tell most.
        mirror: What the reader then most likely is to the other party.
    """

    assessment: Assessment
    shares: dict[str, int]
    evidence_for: tuple[Evidence, ...]
    evidence_against: tuple[Evidence, ...]
    changes: tuple[Counterfactual, ...]
    smallest: Counterfactual | None
    still_open: Counterfactual | None
    ask_next: str | None
    mirror: tuple[str, ...]


def assess(model: Model, answers: Answers) -> Assessment:
    """Judge the answers: points, labels, verdict and the rules that apply.

    Args:
        model: The model to judge by.
        answers: Answers in the package's own form (see :mod:`cxquiz.classifier.answers`).
    """
    totals = scoring.points(model, answers)
    names = tuple(model.relationships)
    # sorted() is stable, so equals stay in the model's order.
    ranking = sorted(range(len(names)), key=totals.__getitem__, reverse=True)
    answered = count_answers(model, answers)
    primary = names[ranking[0]] if answered else None
    mask = answer_mask(model, answers)

    def apply(rules: tuple[Rule, ...]) -> tuple[str, ...]:
        return applying(rules, mask, primary=primary, answered=answered)

    contradictions = apply(model.contradictions)
    verdict = verdict_on(model, totals) if has_basis(model, answers) else NOT_ENOUGH
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


def _labels(
    model: Model, totals: tuple[int, ...], ranking: list[int], verdict: VerdictId
) -> tuple[str, ...]:
    limits = model.estimation
    names = tuple(model.relationships)
    best = totals[ranking[0]]
    holds = max(limits.holds_points, best - limits.holds_within)
    if verdict == TWO_READINGS:
        holds = min(holds, totals[ranking[1]])
    return (names[ranking[0]], *[names[index] for index in ranking[1:] if totals[index] >= holds])


def classify(model: Model, answers: Answers) -> Reading:
    """Judge the answers and give the reasons.

    Args:
        model: The model to judge by.
        answers: Answers in the package's own form (see :mod:`cxquiz.classifier.answers`).
    """
    assessment = assess(model, answers)
    totals = tuple(assessment.points.values())
    shares = dict(zip(assessment.points, scoring.shares(model, totals), strict=True))
    primary, runner_up = assessment.primary, assessment.runner_up
    ask_next = telling_question(model, answers)
    if primary is None or runner_up is None:
        return Reading(assessment, shares, (), (), (), None, None, ask_next, ())
    names = list(model.relationships)
    margins = scoring.contributions(model, answers, names.index(primary), names.index(runner_up))
    evidence = sorted(
        (Evidence(name, answers[name], margin) for name, margin in margins.items()),
        key=lambda item: -item.margin,
    )
    answered = [name for name in model.questions if answers.get(name)]
    unanswered = [name for name in model.questions if not answers.get(name)]
    return Reading(
        assessment=assessment,
        shares=shares,
        evidence_for=tuple(item for item in evidence if item.margin > 0)[:_REASONS],
        evidence_against=tuple(item for item in evidence if item.margin < 0)[-1:],
        changes=single_counterfactuals(model, answers, answered),
        smallest=fewest_answers(model, answers, answered),
        still_open=fewest_answers(model, answers, unanswered),
        ask_next=ask_next,
        mirror=model.relationships[primary].mirror,
    )
