"""What a reader gets on paper: a result on one page, a map on one sheet, or the text of a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from tests.browser.relationships import keep
from tests.browser.states import CLEAR, TOO_LITTLE, TWO_READINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.browser.quiz import Quiz

pytestmark = pytest.mark.browser

PAPERS: Final = ("A4", "Letter")


def pages(quiz: Quiz, paper: str) -> int:
    """Print the page, once its style for paper is there, and return how many pages that makes."""
    quiz.page.wait_for_function("document.querySelector('link[media=print]')?.sheet != null")
    quiz.page.emulate_media(media="null")  # else it is printed as if it were a screen
    printed = quiz.page.pdf(format=paper, prefer_css_page_size=True)
    return len(re.findall(rb"/Type\s*/Page\b", printed))


class TestResult:
    """Rule: a result is printed on one page, with nothing of the page around it."""

    @pytest.mark.parametrize("answers", [CLEAR, TWO_READINGS, TOO_LITTLE])
    def test_it_is_one_page(self, running: Quiz, answers: Mapping[str, Sequence[str]]) -> None:
        """Whoever takes it into a meeting takes one sheet."""
        running.field("name").fill("The city library")
        running.go_to_result(answers)
        assert [pages(running, paper) for paper in PAPERS] == [1, 1]

    def test_the_longest_becomes_smaller(self, running: Quiz) -> None:
        """All questions are answered, and as much is typed as can be."""
        running.field("name").fill("A long name " * 16)
        running.field("work").fill("A long piece of work " * 9)
        while running.shown in running.model.questions:
            running.answer_anything()
        running.press("show_result_button")
        while (more := running.button("more_questions_button").last).is_visible():
            running.go_by(more)
            while running.shown in running.model.questions:
                running.answer_anything()
        assert [pages(running, paper) for paper in PAPERS] == [1, 1]

    def test_the_page_around_it_stays_away(self, running: Quiz) -> None:
        """The reading is what matters."""
        running.field("name").fill("The city library")
        running.go_to_result(CLEAR)
        running.page.pdf()
        running.page.emulate_media(media="print")
        expect(running.heading).to_be_visible()
        expect(running.element.get_by_text("The city library")).to_be_visible()
        expect(running.page.get_by_role("heading", level=1)).to_be_hidden()
        expect(
            running.page.locator(":is(button, input, nav, header, footer):visible")
        ).to_have_count(0)

    def test_whoever_reads_the_page_prints_the_page(self, quiz: Quiz) -> None:
        """The result of last week is not what they want."""
        quiz.open()
        quiz.go_to_result(CLEAR)
        quiz.open("ideas/money/")
        expect(quiz.page.locator("link[media=print]")).to_be_attached()
        quiz.page.pdf()
        quiz.page.emulate_media(media="print")
        expect(quiz.page.get_by_role("heading", level=1)).to_be_visible()
        expect(quiz.heading).to_be_hidden()

    def test_whoever_has_the_quiz_before_them_prints_the_result(self, quiz: Quiz) -> None:
        """On the same page, further down."""
        quiz.open("ideas/money/")
        quiz.go_to_result(CLEAR)
        quiz.page.pdf()
        quiz.page.emulate_media(media="print")
        expect(quiz.page.get_by_role("heading", level=1)).to_be_hidden()
        expect(quiz.heading).to_be_visible()

    def test_a_button_prints_it(self, running: Quiz) -> None:
        """A phone has no keys for that."""
        running.go_to_result(CLEAR)
        running.page.evaluate("window.print = () => { document.title = 'printed'; }")
        running.button("print_button").click()
        expect(running.page).to_have_title("printed")


class TestMap:
    """Rule: the map is printed on one sheet."""

    @pytest.mark.parametrize("count", [3, 60])
    def test_it_is_one_sheet(self, quiz: Quiz, count: int) -> None:
        """To hang it on the wall."""
        keep(quiz, count)
        assert [pages(quiz, paper) for paper in PAPERS] == [1, 1]

    def test_a_phone_prints_the_same_sheet(self, quiz: Quiz) -> None:
        """On its screen all stands in one column, which would be cut on paper."""
        quiz.page.set_viewport_size({"width": 375, "height": 667})
        keep(quiz, 60)
        quiz.page.pdf()
        quiz.page.emulate_media(media="print")
        (sheet,) = [svg for svg in quiz.element.locator(".cx-map").all() if svg.is_visible()]
        assert float(sheet.get_attribute("width") or 0) > 900
        assert pages(quiz, "A4") == 1
