"""The part of ``functools`` that is written in C, which is all that the quiz needs."""

from __future__ import annotations

from _functools import _lru_cache_wrapper, cmp_to_key, partial, reduce  # type: ignore[import-not-found]
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["cmp_to_key", "lru_cache", "partial", "reduce"]


def lru_cache(maxsize: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator that lets a function remember its latest results.

    Args:
        maxsize: How many.
    """
    return lambda function: _lru_cache_wrapper(function, maxsize, False, _figures)  # noqa: FBT003 - the place of “typed”


def _figures(*figures: int) -> tuple[int, ...]:
    """Return how the memory was used, as ``cache_info`` tells it."""
    return figures
