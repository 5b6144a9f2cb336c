"""The search finds what readers look for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.searching import Search
from tests.browser.server import SUB_PATH
from tests.site.built import Site
from tests.site.glossary import GLOSSARY, entries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.conftest import OpenQuiz

pytestmark = pytest.mark.browser

AMONG_THE_FIRST: Final = 2
"""A reader looks at so many results before trying another word."""


@pytest.fixture(scope="module")
def search(open_quiz: OpenQuiz, *, in_material: bool) -> Iterator[Callable[[str], list[str]]]:
    """A way to search, in one browser for all terms: it returns addresses, the best first."""
    with open_quiz() as quiz:
        quiz.open()
        found = Search(quiz.page, in_material=in_material)
        yield lambda words: [page.removeprefix(quiz.root) for page in found.pages(words)]


def test_every_term_of_the_glossary_is_found(
    search: Callable[[str], list[str]], site: Path
) -> None:
    """Its entry, or the page that the entry leads to, is the first or the second result."""
    built = Site(site, SUB_PATH)
    glossary = built.page(GLOSSARY).address
    missed = {
        entry.term: first
        for entry in entries(built)
        for first in [search(entry.term)[:AMONG_THE_FIRST]]
        if not {glossary, *entry.leads_to} & set(first)
    }
    assert missed == {}, "the search shows other pages first"


@pytest.mark.parametrize("word", ["chargeback", "stakeholder", "ticket"])
def test_a_word_in_small_letters_finds_its_page(
    search: Callable[[str], list[str]], site: Path, word: str
) -> None:
    """People type as they think, and leave the search to sort it out."""
    built = Site(site, SUB_PATH)
    leads_to = {
        entry.term.lower(): {*entry.leads_to, built.page(GLOSSARY).address}
        for entry in entries(built)
    }
    assert set(search(word)[:AMONG_THE_FIRST]) & leads_to[word]
