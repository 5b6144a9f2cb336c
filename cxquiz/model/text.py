"""Text from outside, made clean: whatever comes in by a form, a link, a file or storage.

It is cleaned where it comes in, so that what is kept and passed on is clean, and once more where
it is put on a screen: a message may quote what was refused.

Removed are control characters, characters that turn the direction of writing for all that
follows, halves of surrogate pairs, and code points that are no characters. They show nothing
themselves; what they do is to hide, reorder or break what is shown beside them.
"""

from __future__ import annotations

from typing import Final

_BLANKS: Final = "\x0b\x0c\r\x1c\x1d\x1e\x1f\x85"
"""Controls that stand between words."""

_REMOVED: Final = (
    *((0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x9F)),
    *((0x202A, 0x202E), (0x2066, 0x2069)),
    *((0xD800, 0xDFFF), (0xFFFE, 0xFFFF)),
)
"""The first and the last code point of each range that is removed."""


def clean(text: str) -> str:
    """Return a text without the characters that harm; its blanks and lines stay."""
    # Almost every text is printable, and each of them comes by here.
    return text if text.isprintable() else "".join(map(_clean_character, text))


def one_line(text: str) -> str:
    """Return a text on one line, clean, with single blanks between its words."""
    return " ".join(clean(text).split())


def several_lines(text: str) -> str:
    """Return a text of one or more lines, clean, each but the last ended by a line feed."""
    return clean(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _clean_character(char: str) -> str:
    if char in _BLANKS:
        return " "
    return "" if any(first <= ord(char) <= last for first, last in _REMOVED) else char
