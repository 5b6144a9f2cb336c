"""Dates in the reader's words, without a calendar library to load."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cxquiz.model.types import Model

_DIGITS = (4, 2, 2)
_LAST_SAFE_DAY = 28
_LAST_DAY = 31
_YEAR = 12


def in_words(model: Model, date: str) -> str:
    """Return a date such as ``2026-11-22`` as the reader writes it; empty where it is none."""
    found = _read(date)
    if found is None:
        return ""
    year, month, day = found
    return model.say("date", day=day, month=model.months[month - 1], year=year)


def months_later(model: Model, today: str, months: int) -> str:
    """Return the day some months after another, as the reader writes it.

    A day after the 28th becomes the 28th, which every month has: a day to look again need
    not be exact.

    Args:
        model: The model, for its months' names and its way of writing a date.
        today: A date such as ``2026-11-22``.
        months: How many months later.

    Returns:
        The date, or an empty text where ``today`` is no date.
    """
    found = _read(today)
    if found is None:
        return ""
    year, month, day = found
    years, place = divmod(month - 1 + months, _YEAR)
    return model.say(
        "date", day=min(day, _LAST_SAFE_DAY), month=model.months[place], year=year + years
    )


def _read(date: str) -> tuple[int, int, int] | None:
    """Return year, month and day; there are no patterns here, since they take long to load."""
    parts = date.split("-")
    if tuple(map(len, parts)) != _DIGITS or not all(it.isascii() and it.isdigit() for it in parts):
        return None
    year, month, day = map(int, parts)
    return (year, month, day) if 1 <= month <= _YEAR and 1 <= day <= _LAST_DAY else None
