"""Codes: short names, made of letters and digits alone, that links use instead of ids.

The code of an answer follows from its ids and from nothing else. So it is the same in every
model that has this answer, wherever in the file it stands, and no other table has to be kept.
"""

from __future__ import annotations

from binascii import crc32
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxquiz.model.types import Question

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
"""Letters and digits: no program that passes a link on escapes, cuts or decorates them."""

CODE_LENGTH: Final = 3
"""A code's length: 238,328 codes, so that a hundred answers hardly ever share one."""


def written(number: int, length: int = 1) -> str:
    """Write a whole number in the alphabet, with zeros in front up to a length."""
    digits = ""
    while number:
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits.rjust(length, ALPHABET[0])


def number_of(text: str) -> int:
    """Return the number that :func:`written` wrote.

    Raises:
        ValueError: A character is not in the alphabet.
    """
    number = 0
    for char in text:
        number = number * len(ALPHABET) + ALPHABET.index(char)
    return number


def digest(text: str, length: int) -> str:
    """Return a digest of a text, as so many characters."""
    return written(crc32(text.encode()) % len(ALPHABET) ** length, length)


def code(question: str, option: str = "") -> str:
    """Return the code of an option, or that of a question that takes a text."""
    return digest(f"{question}={option}", CODE_LENGTH)


def codes(questions: Iterable[Question]) -> dict[str, list[tuple[str, str]]]:
    """Map codes to the questions and options that they stand for.

    A question that takes a text stands there with an empty option. More than one pair for a
    code is rare; the loader refuses a model with such a code.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for question in questions:
        for option in question.options or ("",):
            found.setdefault(code(question.id, option), []).append((question.id, option))
    return found
