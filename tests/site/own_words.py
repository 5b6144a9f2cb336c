"""Whether a text repeats another: words in a row that both have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

IN_A_ROW: Final = 6
"""So many words in a row, shared with another text, are no longer our own."""

Run = tuple[str, ...]

_APOSTROPHE: Final = "\N{RIGHT SINGLE QUOTATION MARK}"
_WORD: Final = re.compile(r"\w+(?:'\w+)*")
_QUOTATION: Final = re.compile(r"“[^“”]*”")


def runs(text: str) -> Iterator[Run]:
    """Return all runs of words of a text, without capitals and marks."""
    words = _WORD.findall(text.lower().replace(_APOSTROPHE, "'"))
    return (tuple(words[at : at + IN_A_ROW]) for at in range(len(words) - IN_A_ROW + 1))


def unquoted(text: str) -> list[str]:
    """Return the pieces of a text between its quotations."""
    return _QUOTATION.split(text)


def repeated(pieces: Iterable[str], others: frozenset[Run]) -> list[str]:
    """Return the runs of words that pieces of a text share with others."""
    return [" ".join(run) for piece in pieces for run in runs(piece) if run in others]
