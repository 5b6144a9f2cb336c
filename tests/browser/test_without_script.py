"""The page without JavaScript, and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.states import CLEAR

if TYPE_CHECKING:
    from tests.browser.quiz import Quiz

pytestmark = pytest.mark.browser

no_script = pytest.mark.browser_context_args(java_script_enabled=False)


def expect_paper(quiz: Quiz) -> None:
    """Expect all questions with all their options, and the table of all relationships."""
    for question in quiz.model.questions.values():
        item = quiz.paper.get_by_role("listitem").filter(has_text=question.text).first
        expect(item).to_be_visible()
        for option in question.options.values():
            expect(item.get_by_text(option.text, exact=True)).to_be_visible()
    expect(quiz.table.get_by_role("rowheader")).to_have_count(len(quiz.model.relationships))
    expect(quiz.table).to_be_visible()


@no_script
def test_questions_and_table_are_there(quiz: Quiz) -> None:
    """Where scripts are switched off, a reader can still think it through."""
    quiz.open()
    expect_paper(quiz)
    notice = quiz.page.locator("noscript .cx-notice")
    expect(notice).to_be_visible()
    expect(notice).to_have_text(quiz.model.say("no_script"))


@no_script
def test_questions_and_table_are_printed(quiz: Quiz) -> None:
    """A team can take the quiz into a meeting on paper."""
    quiz.page.emulate_media(media="print")
    quiz.open()
    expect_paper(quiz)


@no_script
def test_no_question_is_printed_twice(quiz: Quiz) -> None:
    """The quiz's own form has nothing to add to the questions on paper."""
    quiz.page.emulate_media(media="print")
    quiz.open()
    expect(quiz.element).to_be_hidden()


@no_script
def test_no_button_promises_anything(quiz: Quiz) -> None:
    """Nothing can be pressed that would do nothing."""
    quiz.open()
    expect(quiz.element.locator("button:visible")).to_have_count(0)


@no_script
def test_nothing_typed_is_sent(quiz: Quiz) -> None:
    """The page promises that answers never leave the browser; without its script, too."""
    quiz.open()
    quiz.field("name").fill("Anna Private")
    quiz.field("name").press("Enter")
    quiz.catch_up()
    assert [path for path in quiz.server.requests if "?" in path] == []
    assert "?" not in quiz.page.url


def test_the_paper_can_be_opened_and_printed(quiz: Quiz) -> None:
    """Where scripts run, one link leads to the same questions and table."""
    quiz.open()
    quiz.page.get_by_role("link", name=quiz.model.say("paper_link")).click()
    expect_paper(quiz)
    quiz.page.emulate_media(media="print")
    expect_paper(quiz)
    expect(quiz.element).to_be_hidden()


def test_a_result_is_printed_without_buttons(running: Quiz) -> None:
    """What a reader files or hands on is the reading, not the page around it."""
    running.field("name").fill("The city library")
    running.go_to_result(CLEAR)
    running.page.emulate_media(media="print")
    expect(running.heading).to_be_visible()
    expect(running.element.get_by_text("The city library")).to_be_visible()
    expect(running.element.locator("button:visible")).to_have_count(0)
