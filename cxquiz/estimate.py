"""The estimate: from answers to points, from points to shares.

All of it is done with whole numbers, so that the same answers give the same figures on
every machine and in every browser.
"""

from __future__ import annotations

from functools import lru_cache
from operator import add, sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cxquiz.answers import Answers
    from cxquiz.model import Model

_SCALE_BITS = 32
WHOLE = 1000
"""All shares together, in thousandths."""


def option_points(model: Model, question_id: str, options: tuple[str, ...]) -> tuple[int, ...]:
    """Return the points per relationship that the options of one question carry together."""
    chosen = model.questions[question_id].options
    total = chosen[options[0]].weights
    for option in options[1:]:
        total = tuple(map(add, total, chosen[option].weights))
    return total


def points(model: Model, answers: Answers) -> tuple[int, ...]:
    """Add up the points per relationship, in the order of ``model.relationships``.

    Every relationship starts from nothing. The answers of a capped family together move
    a relationship by no more than the cap, because they say much the same thing.
    """
    rows = [(0,) * len(model.relationships)]
    caps = model.estimation.caps
    capped: dict[str, list[tuple[int, ...]]] = {}
    for question_id, chosen in answers.items():
        question = model.questions.get(question_id)
        if question is None or not chosen:
            continue
        into = capped.setdefault(question.family, []) if question.family in caps else rows
        for option in chosen:
            into.append(question.options[option].weights)
    for family, weights in capped.items():
        cap = caps[family]
        sums = map(sum, zip(*weights, strict=True))
        # Not min() and max(): for ten relationships they take longer than all the adding.
        rows.append(tuple([n if -cap <= n <= cap else cap if n > 0 else -cap for n in sums]))
    return tuple(map(sum, zip(*rows, strict=True)))  # column by column, in C


def shares(model: Model, totals: tuple[int, ...]) -> tuple[int, ...]:
    """Turn points into shares of the whole, in thousandths, rounded down.

    A share is proportional to ``2 ** (k * points)``. The powers are computed with whole
    numbers: floating-point powers may differ in the last digit between machines.
    """
    estimation = model.estimation
    best = max(totals)
    powers = [
        _power(estimation.k_numerator, estimation.k_denominator, best - total) for total in totals
    ]
    whole = sum(powers)
    return tuple(power * WHOLE // whole for power in powers)


@lru_cache(maxsize=1024)
def _power(numerator: int, denominator: int, below: int) -> int:
    """Return ``2 ** (-numerator / denominator * below)``, scaled by ``2 ** 32``, rounded down."""
    exponent = _SCALE_BITS * denominator - numerator * below
    return 0 if exponent < 0 else _root(1 << exponent, denominator)


def _root(number: int, degree: int) -> int:
    """Return the whole part of the ``degree``-th root of a whole number, by Newton's method."""
    guess = 1 << -(-number.bit_length() // degree)
    while True:
        better = ((degree - 1) * guess + number // guess ** (degree - 1)) // degree
        if better >= guess:
            return guess
        guess = better


def margins(
    model: Model, answers: Answers, winner: int, runner_up: int
) -> list[tuple[str, tuple[str, ...], int]]:
    """Say how far each answer speaks for one relationship against another.

    Args:
        model: The model.
        answers: The answers.
        winner: Index of the relationship spoken for.
        runner_up: Index of the other one.

    Returns:
        Question id, options and points for the first minus points for the second, in the
        order of the questions and before any cap.
    """
    return [
        (question_id, answers[question_id], sub(weights[winner], weights[runner_up]))
        for question_id in model.questions
        if answers.get(question_id)
        for weights in [option_points(model, question_id, answers[question_id])]
    ]
