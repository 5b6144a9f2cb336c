"""What a reader does with pages besides reading: print them, sort a table, scroll a wide one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from macros.runtime.manifest import ROOT
from tests.browser.quiz import PHONE

if TYPE_CHECKING:
    from tests.browser.quiz import Quiz

pytestmark = pytest.mark.browser

WORKSHEETS: Final = sorted(
    path.stem for path in (ROOT / "docs" / "practice" / "worksheets").glob("*.md")
)
TABLE: Final = ".sortable table"


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("worksheet", WORKSHEETS)
def test_a_worksheet_fits_one_sheet(quiz: Quiz, worksheet: str, paper: str) -> None:
    """A workshop prints it once for everybody; a second sheet would hold two lines."""
    quiz.open(f"practice/worksheets/{worksheet}/")
    printed = quiz.page.pdf(format=paper)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


class TestSorting:
    """Rule: the table of all ten can be sorted by each of its columns."""

    def test_the_first_press_sorts_up_and_the_second_down(self, quiz: Quiz) -> None:
        """As in any program with tables; a screen reader hears which."""
        quiz.open("relationships/")
        head = quiz.page.locator(f"{TABLE} th").first
        names = quiz.page.locator(f"{TABLE} tbody tr td:first-child")
        before = names.all_inner_texts()
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", "ascending")
        assert names.all_inner_texts() == sorted(before)
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", "descending")
        assert names.all_inner_texts() == sorted(before, reverse=True)

    def test_only_one_column_is_said_to_be_sorted(self, quiz: Quiz) -> None:
        """The others no longer are."""
        quiz.open("relationships/")
        for head in quiz.page.locator(f"{TABLE} th").all()[:2]:
            head.get_by_role("button").click()
        expect(quiz.page.locator(f"{TABLE} th[aria-sort]")).to_have_count(1)


def test_a_wide_table_can_be_scrolled_by_the_keyboard(quiz: Quiz) -> None:
    """On a phone with a keyboard, or zoomed in, the last column is not out of reach."""
    quiz.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    quiz.open("quiz/how-good-is-it/")
    wide = quiz.page.locator(".md-typeset__scrollwrap[tabindex='0']")
    expect(wide.first).to_have_attribute("role", "group")
    expect(wide.first).to_have_attribute("aria-label", re.compile(r"\w"))
