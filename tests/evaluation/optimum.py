"""The optimum: the fewest questions that any order of asking could expect to need.

For a few questions it can be computed: in each state the best question is the one after which
the fewest further ones are expected, and the last states are known. How likely an answer is
comes from the same model by which the quiz chooses, and so does the rule when it ends.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from cxquiz.classifier import expectation, scoring
from cxquiz.classifier.next_question import is_enough, telling_question
from tests.cxquiz.examples import MODEL

if TYPE_CHECKING:
    from cxquiz.model.types import Model

SUBSETS: Final = (
    ("direction", "use", "organisation", "money", "failure", "distance", "buying"),
    ("direction", "oversight", "without_them", "decisions", "contact", "distance", "reporting"),
)
"""Questions that tell much, and enough of different kinds to tell all relationships apart."""

State = tuple[tuple[str, str], ...]
"""Questions with the one option chosen, in the model's order."""


def optimum() -> list[dict[str, Any]]:
    """Compare the expected number of questions of the quiz with the best possible one.

    The quiz never ends before it has five answers, which leaves little to choose among seven
    questions. So it is compared without that rule, too.
    """
    return [
        {
            "questions": list(subset),
            "minimum_answers": minimum,
            **compare(_part_of(MODEL, subset, minimum)),
        }
        for subset in SUBSETS
        for minimum in (MODEL.estimation.minimum_answers, 1)
    ]


def compare(model: Model) -> dict[str, Any]:
    """Return the expected numbers of questions: of the quiz and of the best order.

    Args:
        model: A model with few questions; all states of it are visited.
    """
    chances = _Chances(model)

    @cache
    def quiz(state: State) -> float:
        answers = {question: (option,) for question, option in state}
        if chances.ends(state):
            return 0.0
        question = telling_question(model, answers)
        return 0.0 if question is None else 1 + after(quiz, state, question)

    @cache
    def best(state: State) -> float:
        if chances.ends(state):
            return 0.0
        given = dict(state)
        still_open = [question for question in model.questions if question not in given]
        return min((1 + after(best, state, name) for name in still_open), default=0.0)

    def after(expected: Any, state: State, question: str) -> float:  # noqa: ANN401 - either of the two
        total = 0.0
        for option, chance in chances.of(state, question):
            following = {**dict(state), question: option}
            ordered = tuple(
                (name, following[name]) for name in model.questions if name in following
            )
            total += chance * expected(ordered)
        return total

    result = {"quiz": round(quiz(()), 3), "best": round(best(()), 3)}
    return {**result, "states": best.cache_info().currsize}


class _Chances:
    """What a state makes likely, and whether the quiz ends in it."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._ends: dict[State, bool] = {}
        self._beliefs: dict[State, tuple[int, ...]] = {}

    def ends(self, state: State) -> bool:
        if state not in self._ends:
            answers = {question: (option,) for question, option in state}
            self._ends[state] = is_enough(self.model, answers)
        return self._ends[state]

    def of(self, state: State, question_id: str) -> list[tuple[str, float]]:
        if state not in self._beliefs:
            answers = {question: (option,) for question, option in state}
            totals = scoring.points(self.model, answers)
            self._beliefs[state] = scoring.shares(self.model, totals)
        question = self.model.questions[question_id]
        likely = expectation.expected(question, self._beliefs[state])
        whole = sum(likely)
        return [
            (option, chance / whole)
            for option, chance in zip(question.options, likely, strict=True)
        ]


def _part_of(model: Model, questions: tuple[str, ...], minimum: int) -> Model:
    return replace(
        model,
        questions={name: model.questions[name] for name in model.questions if name in questions},
        estimation=replace(
            model.estimation,
            minimum_answers=minimum,
            essential=model.estimation.essential & set(questions),
        ),
    )
