"""Quiz runs: what the quiz asks of a reader, and what it says in the end."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import mean, median, quantiles
from typing import TYPE_CHECKING, Any, Final

from cxquiz.classifier.next_question import next_question
from cxquiz.classifier.reading import assess
from cxquiz.classifier.verdict import VERDICTS
from tests.cxquiz.examples import CASES, MODEL
from tests.evaluation.draws import draw
from tests.evaluation.variants import CODINGS, FULL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxquiz.classifier.reading import Assessment
    from cxquiz.model.types import Model
    from tests.evaluation.draws import Draw
    from tests.evaluation.variants import Coded

TIMES: Final = 10
_TENTHS: Final = 10


@dataclass(frozen=True)
class Run:
    """One reader's way through the quiz.

    Attributes:
        asked: The questions, in order; the reader left out those that the draw has no answer to.
        answers: What was answered.
    """

    asked: tuple[str, ...]
    answers: Coded


def run(model: Model, answers: Coded) -> Run:
    """Let a reader with these answers take the quiz."""
    asked: list[str] = []
    given: Coded = {}
    while (question := next_question(model, given, asked)) is not None:
        asked.append(question)
        if answers.get(question):
            given[question] = answers[question]
    return Run(tuple(asked), given)


def shortest_way() -> dict[str, Any]:
    """Count the questions asked, and how often all answers give the same first label."""
    draws = draw(MODEL, CASES, FULL, TIMES)
    lengths: list[int] = []
    same = 0
    for item in draws:
        way = run(MODEL, item.answers)
        lengths += [len(way.asked)] * item.weight
        all_of_it, part = assess(MODEL, item.answers), assess(MODEL, way.answers)
        same += item.weight * (all_of_it.primary == part.primary)
    return {
        "questions": len(MODEL.questions),
        "readers": len(lengths),
        "median": median(lengths),
        "p90": quantiles(lengths, n=_TENTHS, method="inclusive")[-1],
        "most": max(lengths),
        "mean": round(mean(lengths), 2),
        "same_first": round(100 * same / len(lengths), 1),
        "lengths": {str(length): lengths.count(length) for length in sorted(set(lengths))},
    }


def reliability() -> list[dict[str, Any]]:
    """Count how often each verdict keeps its promise, with all answers and after the quiz."""
    everything = [
        (item, assess(MODEL, item.answers)) for item in draw(MODEL, CASES, CODINGS, TIMES)
    ]
    quiz = [
        (item, assess(MODEL, run(MODEL, item.answers).answers))
        for item in draw(MODEL, CASES, FULL, TIMES)
    ]
    return [
        {"answers": name, **_reliability_of(verdict, judged)}
        for name, judged in (("all", everything), ("quiz", quiz))
        for verdict in VERDICTS
    ]


def _reliability_of(verdict: str, judged: Iterable[tuple[Draw, Assessment]]) -> dict[str, Any]:
    count = first = shown = total = 0
    for item, assessment in judged:
        total += item.weight
        if assessment.verdict == verdict:
            count += item.weight
            first += item.weight * (assessment.primary == item.case.expected)
            shown += item.weight * (item.case.expected in assessment.labels)
    return {
        "verdict": verdict,
        "readings": count,
        "share": round(100 * count / total, 1),
        "first_right": round(100 * first / count, 1) if count else None,
        "one_right": round(100 * shown / count, 1) if count else None,
    }
