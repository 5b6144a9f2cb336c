"""All that the site links to or loads from itself is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from macros.pages.sources import entries
from tests.site.built import DOCUMENTS, Site

if TYPE_CHECKING:
    from pathlib import Path

    from cxquiz.model.types import Model

ANYWHERE: Final = {"404.html", "offline.html"}
"""Pages that stand in the place of others: of those that do not exist, or are not kept."""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_anchors_and_images_of_a_page_resolve(built: Site, name: str) -> None:
    """A reader who follows a link arrives."""
    page = built.page(name)
    broken = built.broken(page.address, page.links)
    assert broken == [], f"docs/{name} leads to places that do not exist"


@pytest.mark.parametrize("name", sorted(ANYWHERE))
def test_links_of_a_page_that_is_shown_anywhere_resolve(built: Site, name: str) -> None:
    """It is shown at any depth, so its links begin with the site's path."""
    assert built.broken(name, built.pages[name].links) == []


def test_the_pages_that_the_model_names_exist(built: Site, model: Model) -> None:
    """The result of the quiz links to them; no page of the site shows all of these links."""
    named = {(entry.kind, entry.name, entry.page) for entry in entries(model) if entry.page}
    broken = [it for it in sorted(named) if built.broken("", [it[2]])]
    assert broken == [], "model.toml names pages that do not exist"


def test_no_page_is_an_orphan(built: Site) -> None:
    """Every page can be reached from the start page by following links."""
    orphans = built.pages.keys() - built.reachable() - ANYWHERE
    assert sorted(orphans) == [], "nothing leads to these pages: link them, or add them to nav"


PAGES = {
    "index.html": '<h1 id="a">A</h1><a href="b/">B</a>',
    "b/index.html": '<h1 id="b">B</h1><img src="../b.png">',
    "b.png": "",
    "c/index.html": "<h1>C</h1>",
}


@pytest.fixture
def small(tmp_path: Path) -> Site:
    """A site of three pages, one of them an orphan."""
    for name, content in PAGES.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return Site(tmp_path, "/sub/")


@pytest.mark.parametrize(
    "link",
    ["b/", "b/#b", "#a", "/sub/b/", "b.png", "https://example.org/x", "mailto:a@example.org"],
)
def test_a_good_link_is_not_reported(small: Site, link: str) -> None:
    """Neither are links to other sites, which nobody here looks up."""
    assert small.broken("", [link]) == []


@pytest.mark.parametrize("link", ["b/#a", "#b", "d/", "d.png", "../b/x", "/sub/d/"])
def test_a_broken_link_is_reported(small: Site, link: str) -> None:
    """Be it the page, the anchor or the image that is missing."""
    assert small.broken("", [link]) == [link]


def test_an_orphan_is_found(small: Site) -> None:
    """It is a page that no chain of links leads to."""
    assert small.pages.keys() - small.reachable() == {"c/"}
