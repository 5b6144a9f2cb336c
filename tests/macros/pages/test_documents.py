"""Reading the pages as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from macros.pages.documents import Call, PageError, read_pages

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """---
title: A page
---

# A page

Said {{ cite("glen-2017", 'hayes') }}. {{ covers("G1") }}

{{ relationship_quiz() }}
"""


def write(docs: Path, name: str, text: str) -> None:
    """Write a page."""
    (docs / name).parent.mkdir(parents=True, exist_ok=True)
    (docs / name).write_text(text, encoding="utf-8")


def test_a_page_is_known_by_its_path_and_its_title(tmp_path: Path) -> None:
    """Tables link to it by the one and name it by the other."""
    write(tmp_path, "a/b.md", PAGE)
    assert [(page.path, page.title) for page in read_pages(tmp_path)] == [("a/b.md", "A page")]


def test_a_page_without_a_title_is_called_by_its_path(tmp_path: Path) -> None:
    """The tables stay readable until somebody gives it one."""
    write(tmp_path, "a.md", "# A\n")
    assert [page.title for page in read_pages(tmp_path)] == ["a.md"]


def test_calls_are_found_with_their_lines(tmp_path: Path) -> None:
    """Whichever quotes they are written with, and no others than those that are counted."""
    write(tmp_path, "a.md", PAGE)
    (page,) = read_pages(tmp_path)
    assert page.calls == (Call("cite", ("glen-2017", "hayes"), 7), Call("covers", ("G1",), 7))


def test_calls_of_one_macro_can_be_asked_for(tmp_path: Path) -> None:
    """Who counts claims need not look at citations."""
    write(tmp_path, "a.md", PAGE)
    (page,) = read_pages(tmp_path)
    assert [call.macro for call in page.calls_of("covers")] == ["covers"]


def test_a_page_that_has_changed_is_read_anew(tmp_path: Path) -> None:
    """The server of `make serve` runs on while somebody writes."""
    write(tmp_path, "a.md", PAGE)
    read_pages(tmp_path)
    write(tmp_path, "a.md", PAGE.replace("A page", "Another page"))
    assert [page.title for page in read_pages(tmp_path)] == ["Another page"]


def test_a_broken_macro_is_reported_with_page_and_line(tmp_path: Path) -> None:
    """A reader of the message goes right there."""
    write(tmp_path, "a.md", 'A\n\n{{ cite("glen-2017" }}\n')
    with pytest.raises(PageError, match=r"docs/a\.md, line 3: .* Correct the macro there"):
        read_pages(tmp_path)


def test_an_argument_that_is_not_plain_text_is_refused(tmp_path: Path) -> None:
    """It could not be counted."""
    write(tmp_path, "a.md", "\n{{ covers(page.title) }}\n")
    with pytest.raises(PageError, match=r"docs/a\.md, line 2: .* plain texts in quotes"):
        read_pages(tmp_path)
