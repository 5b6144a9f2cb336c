"""From a page to a result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import expect

from cxquiz.classifier.reading import assess
from cxquiz.quiz.session import RESULT
from macros.release.release import OFFLINE_PAGE
from macros.runtime.manifest import ROOT
from tests.browser.server import SUB_PATH
from tests.browser.states import CLEAR

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.quiz import Quiz

pytestmark = pytest.mark.browser

NOT_FOUND: Final = "404.html"


def address(source: Path) -> str:
    """Return the address, below the site's root, of the page that a Markdown file becomes."""
    path = source.relative_to(ROOT / "docs").with_suffix("")
    folder = path.parent if path.name == "index" else path
    return "" if folder.as_posix() == "." else f"{folder.as_posix()}/"


PAGES: Final = sorted(map(address, (ROOT / "docs").rglob("*.md")))


def test_the_mouse_takes_a_reader_to_a_result(quiz: Quiz) -> None:
    """A reader names a relationship, answers, and reads what it is, why, and what to do."""
    quiz.open()
    quiz.field("name").fill("The printer round the corner")
    quiz.field("work").fill("The annual report")
    while (question := quiz.shown) in CLEAR:
        for option in CLEAR[question]:
            text = quiz.model.questions[question].options[option].text
            quiz.element.get_by_role("group").get_by_text(text, exact=True).click()
        quiz.press("continue_button")
    quiz.press("show_result_button")
    label = assess(quiz.model, CLEAR).labels[0]
    expect(quiz.heading).to_have_text(quiz.model.relationships[label].name)
    expect(quiz.element).to_contain_text("The printer round the corner")
    for title in ("why_title", "next_steps_title", "changes_title", "answers_title"):
        expect(quiz.element.get_by_role("heading", name=quiz.model.say(title))).to_be_visible()


@pytest.mark.parametrize("place", [*PAGES, NOT_FOUND, OFFLINE_PAGE])
def test_every_page_leads_to_a_result(quiz: Quiz, place: str) -> None:
    """Whatever page a reader has come to, the quiz is there and works."""
    quiz.open(place)
    while quiz.shown in quiz.model.questions:
        quiz.answer_anything()
    quiz.press("show_result_button")
    expect(quiz.screen).to_have_value(RESULT)
    expect(quiz.heading).to_be_focused()


def test_no_page_is_left_out(site: Path) -> None:
    """The test above visits every page that the site tells search engines about."""
    sitemap = ET.parse(site / "sitemap.xml")  # noqa: S314 - our own build wrote it
    places = [place.text or "" for place in sitemap.iterfind("{*}url/{*}loc")]
    assert sorted(urlsplit(place).path.removeprefix(SUB_PATH) for place in places) == PAGES


def test_an_address_that_does_not_exist_has_the_quiz_too(quiz: Quiz) -> None:
    """A reader who followed an old link, at any depth, finds the quiz in working order."""
    quiz.server.errors_expected = True  # the browser logs that the page does not exist
    quiz.open("no/such/page/")
    quiz.answer_anything()
    expect(quiz.heading).to_be_focused()


def test_nothing_is_chosen_for_the_reader(running: Quiz) -> None:
    """An answer that is only a default would be taken for the reader's own."""
    for _ in range(3):
        expect(running.choices.and_(running.page.locator(":checked"))).to_have_count(0)
        running.answer_anything()


def test_a_question_can_be_skipped(running: Quiz) -> None:
    """Who cannot say goes on without an answer."""
    first = running.shown
    running.press("skip_button")
    assert running.shown != first
    assert any(running.model.say("not_answered") in row for row in running.answers())


def test_the_optional_page_sharpens_the_advice(running: Quiz) -> None:
    """What a reader adds on the last page comes back in the result."""
    running.go_to_last(CLEAR)
    running.field("beneficiary").fill("The readers of the report")
    running.field("called").select_option("partner")
    running.press("show_result_button")
    expect(running.element).to_contain_text("The readers of the report")


@pytest.mark.parametrize("mid_quiz", [True, False], ids=["mid-quiz", "result"])
def test_starting_again_forgets_the_answers(running: Quiz, *, mid_quiz: bool) -> None:
    """The next relationship is not coloured by the last one."""
    first = running.shown
    running.field("name").fill("The city library")
    if mid_quiz:
        running.answer_anything()
    else:
        running.go_to_result(CLEAR)
    running.press("restart_button")
    assert running.shown == first
    expect(running.field("name")).to_have_value("")
    assert running.answers() == []
    assert "library" not in str(running.kept())


def test_forced_colours_still_show_the_choice(running: Quiz) -> None:
    """Windows' high contrast takes our colours away; the chosen answer is still told apart."""
    running.choose(running.first_option())
    running.page.emulate_media(forced_colors="active")
    rows = running.element.locator(".cx-choice")
    borders = rows.evaluate_all("all => all.map((row) => getComputedStyle(row).borderTopWidth)")
    assert borders[0] not in borders[1:]
