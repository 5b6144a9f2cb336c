"""Measuring text: how wide it is at most, and where to break it.

A picture is laid out before any browser sees it, so widths are reckoned from a table. It is
that of Arial with a tenth more: the usual system fonts without serifs are no wider.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_ELLIPSIS: Final = "…"
_BOLD: Final = 1.1

# Widths in thousandths of the font's size.
_WIDE: Final = 1150
_OTHER: Final = 800
_WIDTHS: Final = {
    char: width
    for width, chars in (
        (245, "ijlIJ.,:;'\u2019|!`·"),
        (330, 'ft()[]{}/\\-“”"r* '),
        (430, "\u2018„°"),
        (560, "ckszvxyJ"),
        (630, "abdeghnopquL0123456789?_#$+=<>~^«»Fß\u2013"),
        (720, "TZYPESVXKAB&"),
        (800, "CDHNRUGOQw"),
        (930, "mM%"),
        (1050, "W@…—★☆"),
    )
    for char in chars
}
# Scripts whose characters are as wide as high, and pictures.
_FULL: Final = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uffe6\U00010000-\U0010ffff]"
)


@lru_cache(maxsize=4096)
def _width_of(char: str) -> int:
    found = _WIDTHS.get(char)
    if found is not None:
        return found
    if char.isascii():
        return _WIDTHS.get(char.lower(), _OTHER)
    return _WIDE if _FULL.match(char) else _OTHER


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is at most, in the units of the font's size."""
    total = sum(map(_width_of, text)) * size / 1000
    return total * _BOLD if bold else total


def wrap(text: str, size: float, room: float, lines: int, *, bold: bool = False) -> list[str]:
    """Break a text into lines that fit; what does not fit ends in an ellipsis.

    Args:
        text: The text, on one line.
        size: The font's size.
        room: How wide a line may be.
        lines: How many lines there may be.
        bold: Whether the font is bold.
    """
    found: list[str] = []
    rest = text
    while rest:
        if width(rest, size, bold=bold) <= room:
            return [*found, rest]
        if len(found) == lines - 1:
            end = _fitting(rest, size, room - width(_ELLIPSIS, size, bold=bold), bold=bold)
            return [*found, rest[:end].rstrip() + _ELLIPSIS]
        end = _fitting(rest, size, room, bold=bold)
        # A word goes to the next line as a whole, unless it fits on no line and leaves much empty.
        space = rest.rfind(" ", 0, end + 1)
        word = rest[space + 1 :].partition(" ")[0]
        if space > end // 3 or (space > 0 and width(word, size, bold=bold) <= room):
            end = space
        found.append(rest[: max(end, 1)].rstrip())
        rest = rest[max(end, 1) :].lstrip()
    return found


def _fitting(text: str, size: float, room: float, *, bold: bool) -> int:
    """Return how many characters fit into the room."""
    left = room * 1000 / size / (_BOLD if bold else 1)
    for place, char in enumerate(text):
        left -= _width_of(char)
        if left < 0:
            return place
    return len(text)
