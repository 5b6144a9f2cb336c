"""What the quiz costs a reader who only reads."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

import pytest
from selectolax.lexbor import LexborHTMLParser

from macros.searching import SEARCH_TEXTS
from tests.bench.weight import weight_of_quiz

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES: Final = 12 * 1024

_MATERIAL: Final = "assets/javascripts/"

only_mkdocs: Final = pytest.mark.skipif(
    "SITE_UNDER_TEST" in os.environ, reason="Zensical runs none of the steps that make it light"
)


@only_mkdocs
def test_an_untouched_page_is_hardly_heavier(site: Path) -> None:
    """Most readers of a page do not take the quiz on it."""
    parts = weight_of_quiz(site)
    assert sum(parts.values()) <= MOST_BYTES, parts


def test_no_script_of_ours_blocks(site: Path) -> None:
    """The text is there before any script of the quiz has arrived."""
    for page in site.rglob("*.html"):
        for script in LexborHTMLParser(page.read_text("utf-8")).css("script[src]"):
            attributes = script.attributes
            ours = _MATERIAL not in str(attributes["src"])
            assert not ours or attributes.get("type") == "module", f"{page}: {attributes}"


@only_mkdocs
def test_the_search_does_not_find_the_quiz(site: Path) -> None:
    """It stands on every page, so it would be found on each, and downloaded with each."""
    index = json.loads((site / SEARCH_TEXTS).read_text("utf-8"))
    found = [entry["location"] for entry in index["docs"] if "#cx-" in entry["location"]]
    assert found == []
