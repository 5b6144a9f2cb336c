"""Expecting: what an open answer is likely to say, before it is given.

The chance of an answer comes from how common it is and from its weights: somebody in a
relationship gives the answers that speak for it more often. Nothing here moves a point; it
only says which question would tell most, and whether the open ones could still matter.

All of it is done with whole numbers, so that every machine asks the same questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from operator import mul
from typing import TYPE_CHECKING

from cxquiz.classifier.scoring import power

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxquiz.model.types import Question

CERTAIN = 4096
"""The chance of what is certain; all other chances are parts of it."""

_LOG_BITS = 16
_MANTISSA_BITS = 30


@dataclass(frozen=True, slots=True)
class Outlook:
    """What open answers can be expected to do to a lead, as whole numbers.

    Attributes:
        mean: The expected change, times the scale.
        variance: Its variance, times the square of the scale.
    """

    mean: int
    variance: int


def option_chances(
    k: tuple[int, int], common: Sequence[int], weights: Sequence[Sequence[int]]
) -> tuple[tuple[int, ...], ...]:
    """Return how likely each relationship makes each option of one question.

    Args:
        k: Numerator and denominator: a point more makes an answer ``2 ** k`` times as likely.
        common: For each option, how common it is among all readers.
        weights: For each option, its points per relationship.

    Returns:
        For each option, its chance per relationship, out of :data:`CERTAIN`; for each
        relationship the chances of all options add up to that.
    """
    columns = []
    for points in zip(*weights, strict=True):
        best = max(points)
        parts = [
            often * power(*k, best - point) for often, point in zip(common, points, strict=True)
        ]
        whole = sum(parts)
        chances = [part * CERTAIN // whole for part in parts]
        chances[parts.index(max(parts))] += CERTAIN - sum(chances)  # what rounding left over
        columns.append(chances)
    return tuple(zip(*columns, strict=True))


def information(question: Question, beliefs: Sequence[int]) -> int:
    """Return how much the answer to a question can be expected to tell.

    It is the mutual information between the answer and the relationship: how unsure the
    answer is, less how unsure it would remain if the relationship were known.

    Args:
        question: A scored question.
        beliefs: The present share of each relationship.

    Returns:
        Bits, on a scale that is the same for all questions under the same beliefs.
    """
    unsure = _unsureness(tuple(expected(question, beliefs)))
    known = sum(
        belief * _unsureness(column)
        for belief, column in zip(beliefs, zip(*question.chances, strict=True), strict=True)
        if belief
    )
    return unsure - known


def expected(question: Question, beliefs: Sequence[int]) -> list[int]:
    """Return how likely each option of a scored question is, by the share of each relationship.

    The chances add up to the sum of the beliefs times :data:`CERTAIN`, for any question.
    """
    return [sum(map(mul, beliefs, row)) for row in question.chances]


def outlook(question: Question, chances: Sequence[int], first: int, other: int) -> Outlook:
    """Return what the answer to a question can be expected to do to a lead.

    Args:
        question: A scored question.
        chances: How likely each option is, from :func:`expected`; their sum is the scale.
        first: Index of the relationship that leads.
        other: Index of the one that it leads.
    """
    mean = square = 0
    for chance, option in zip(chances, question.options.values(), strict=True):
        change = option.weights[first] - option.weights[other]
        mean += chance * change
        square += chance * change * change
    return Outlook(mean, sum(chances) * square - mean * mean)


@lru_cache(maxsize=1024)
def _unsureness(chances: tuple[int, ...]) -> int:
    """Return the entropy of chances, times their sum, in parts of a bit."""
    whole = sum(chances)
    return whole * _log2(whole) - sum(chance * _log2(chance) for chance in chances if chance)


@lru_cache(maxsize=4096)
def _log2(number: int) -> int:
    """Return the binary logarithm of a positive whole number, times ``2 ** 16``.

    It is computed bit by bit: a mantissa between 1 and 2 is squared, and whether the square
    is 2 or more is the next bit.
    """
    whole = number.bit_length() - 1
    mantissa = (number << _MANTISSA_BITS) >> whole
    fraction = 0
    for _ in range(_LOG_BITS):
        mantissa = mantissa * mantissa >> _MANTISSA_BITS
        more = mantissa >> (_MANTISSA_BITS + 1)
        mantissa >>= more
        fraction = fraction << 1 | more
    return whole << _LOG_BITS | fraction
