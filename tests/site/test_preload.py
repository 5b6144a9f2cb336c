"""What the page asks for ahead of need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from tests.bench.weight import modules_of_quiz

if TYPE_CHECKING:
    from pathlib import Path


def test_every_module_of_the_page_is_asked_for_at_once(site: Path) -> None:
    """One that is missing costs a round trip, which is long on a phone."""
    page = LexborHTMLParser((site / "quiz" / "index.html").read_text("utf-8"))
    preloaded = {
        str(link.attributes["href"]).rpartition("/")[2]
        for link in page.css("link[rel=modulepreload]")
    }
    assert preloaded == modules_of_quiz(site) - {"quiz.mjs"}
