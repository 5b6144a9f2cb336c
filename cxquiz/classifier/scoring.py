"""The estimate: from answers to points, from points to shares.

All of it is done with whole numbers, so that the same answers give the same figures on
every machine and in every browser.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from math import factorial
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cxquiz.classifier.answers import Answers
    from cxquiz.model.types import Model

_SCALE_BITS = 32
WHOLE = 1000
"""All shares together, in thousandths."""

PARTS = 100
"""A point's parts, in which :func:`contributions` counts."""

Points = tuple[int, ...]
"""Points per relationship, in the order of ``model.relationships``."""


def option_points(model: Model, question_id: str, options: tuple[str, ...]) -> Points:
    """Return the points per relationship that the options of one question carry together."""
    chosen = model.questions[question_id].options
    total = chosen[options[0]].weights
    for option in options[1:]:
        total = tuple(map(add, total, chosen[option].weights))
    return total


def points(model: Model, answers: Answers) -> Points:
    """Add up the points per relationship, in the order of ``model.relationships``.

    Every relationship starts from nothing. The answers of a capped family together move
    a relationship by no more than the cap, because they say much the same thing.
    """
    rows = [(0,) * len(model.relationships)]
    caps = model.estimation.caps
    capped: dict[str, list[Points]] = {}
    for question_id, chosen in answers.items():
        question = model.questions.get(question_id)
        if question is None or not chosen:
            continue
        into = capped.setdefault(question.family, []) if question.family in caps else rows
        for option in chosen:
            into.append(question.options[option].weights)
    for family, weights in capped.items():
        rows.append(_remembered_sum(tuple(weights), caps[family]))
    return tuple(map(sum, zip(*rows, strict=True)))  # column by column, in C


def capped_sum(rows: Iterable[Points], cap: int) -> Points:
    """Add up rows of points, and let no relationship move further than the cap."""
    sums = map(sum, zip(*rows, strict=True))
    # Not min() and max(): for ten relationships they take longer than all the adding.
    return tuple([n if -cap <= n <= cap else cap if n > 0 else -cap for n in sums])


# A family has few questions, so a file of many relationships meets the same sums again.
_remembered_sum = lru_cache(maxsize=4096)(capped_sum)


def leader(totals: Points) -> int:
    """Return the index of the relationship with the most points, the earlier one of equals."""
    return totals.index(max(totals))


def shares(model: Model, totals: Points) -> tuple[int, ...]:
    """Turn points into shares of the whole, in thousandths, rounded down.

    A share is proportional to ``2 ** (k * points)``. The powers are computed with whole
    numbers: floating-point powers may differ in the last digit between machines.
    """
    numerator, denominator = model.estimation.k
    best = max(totals)
    powers = [power(numerator, denominator, best - total) for total in totals]
    whole = sum(powers)
    return tuple([part * WHOLE // whole for part in powers])


@lru_cache(maxsize=1024)
def power(numerator: int, denominator: int, below: int) -> int:
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


def contributions(model: Model, answers: Answers, first: int, other: int) -> dict[str, int]:
    """Say how far each answer speaks for one relationship against another.

    Inside a capped family, answers share what the cap leaves of them: each gets what it
    adds on average, over all orders in which the answers of its family could have come in
    (its Shapley value). So the contributions add up to the lead.

    Args:
        model: The model.
        answers: The answers.
        first: Index of the relationship spoken for.
        other: Index of the other one.

    Returns:
        Question id to hundredths of a point, rounded towards nothing, in the order of the
        questions.
    """
    families: dict[str, list[str]] = {}
    for question_id, question in model.questions.items():
        if answers.get(question_id):
            families.setdefault(question.family, []).append(question_id)
    found: dict[str, int] = {}
    for family, members in families.items():
        rows = [option_points(model, name, answers[name]) for name in members]
        cap = model.estimation.caps.get(family)
        if cap is None:
            values = [PARTS * (row[first] - row[other]) for row in rows]
        else:
            values = list(_shapley([(row[first], row[other]) for row in rows], cap))
        found.update(zip(members, values, strict=True))
    return {
        question_id: found[question_id] for question_id in model.questions if question_id in found
    }


def _shapley(rows: Sequence[tuple[int, int]], cap: int) -> Iterable[int]:
    """Return each row's Shapley value of the capped lead, in hundredths of a point."""

    def lead(chosen: Iterable[int]) -> int:
        first = other = 0
        for place in chosen:
            first += rows[place][0]
            other += rows[place][1]
        return max(-cap, min(cap, first)) - max(-cap, min(cap, other))

    count = len(rows)
    for place in range(count):
        rest = [other for other in range(count) if other != place]
        value = sum(
            factorial(size) * factorial(count - 1 - size) * (lead((*before, place)) - lead(before))
            for size in range(count)
            for before in combinations(rest, size)
        )
        whole = PARTS * abs(value) // factorial(count)
        yield whole if value > 0 else -whole
