"""What the quiz costs a reader who only reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from macros.assets.search import SEARCH_TEXTS
from tests.bench.weight import weight_of_quiz

if TYPE_CHECKING:
    from pathlib import Path

    from cxquiz.model.types import Model

MOST_BYTES: Final = 12 * 1024

_MATERIAL: Final = "assets/javascripts/"


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


def test_the_search_does_not_find_the_quiz(site: Path, model: Model, *, in_material: bool) -> None:
    """It stands on every page, so it would be found on each, and downloaded with each."""
    texts = (site / (SEARCH_TEXTS if in_material else "search.json")).read_text("utf-8")
    assert "#cx-" not in texts
    assert model.say("no_script") not in texts
