"""Every page has what readers find on every page."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Final

import pytest
from mkdocs.utils.meta import get_data

from macros.pages.documents import DOCS
from tests.site.built import DOCUMENTS

if TYPE_CHECKING:
    from tests.site.built import Site

WITHOUT_RELATED: Final = {
    "index.md": "it leads everywhere already",
    "quiz/index.md": "its result leads to the pages that belong to it",
}
"""Pages that need no section of related pages, with the reason."""

every_page: Final = pytest.mark.parametrize("name", DOCUMENTS)


def front_matter(name: str) -> dict[str, Any]:
    """Return the front matter of a page."""
    _, meta = get_data((DOCS / name).read_text(encoding="utf-8"))
    return dict(meta)


@every_page
@pytest.mark.parametrize("key", ["title", "description"])
def test_the_front_matter_names_it(name: str, key: str) -> None:
    """The navigation shows the title, and other sites' search results the description."""
    assert str(front_matter(name).get(key, "")).strip(), (
        f"docs/{name} has no {key} in its front matter"
    )


@every_page
def test_two_sentences_come_before_any_heading(built: Site, name: str) -> None:
    """They say for whom the page is, and what it gives."""
    blocks = built.page(name).blocks
    assert blocks[0].parents[-1] == "h1", f"docs/{name} does not begin with its title"
    opening = " ".join(it.text for it in takewhile(lambda it: not it.is_heading, blocks[1:]))
    assert len(re.findall(r"[.?!](?=\s|$)", opening)) >= 2, (
        f"docs/{name} has fewer than two sentences before its first heading: {opening!r}"
    )


@every_page
def test_related_pages_stand_at_its_end(built: Site, name: str) -> None:
    """Who has read a page is led on."""
    if name in WITHOUT_RELATED:
        pytest.skip(WITHOUT_RELATED[name])
    page = built.page(name)
    assert next(reversed(page.sections.values()), None) == "Related", (
        f"docs/{name} does not end with a section “Related”"
    )
    count = len(page.links_in("related"))
    assert 2 <= count <= 5, f"docs/{name} has {count} related pages; two to five help"


@every_page
def test_one_quiz_stands_on_it(built: Site, name: str) -> None:
    """The quiz is on every page; two would get in each other's way."""
    assert built.page(name).quizzes == 1, f"docs/{name} must not bring its own"
