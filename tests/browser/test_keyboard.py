"""The quiz with the keyboard alone, and where the focus goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from cxquiz.comparison.mirror import mirrored
from cxquiz.quiz.links import ASK, link_to
from cxquiz.quiz.session import COMPARED, LAST, RESULT, Session
from tests.browser.quiz import DESKTOP, PHONE

if TYPE_CHECKING:
    from tests.browser.quiz import Focused, Quiz

pytestmark = pytest.mark.browser

# More stops than any page has between its top and its end.
MANY: Final = 150


def stops(quiz: Quiz, key: str) -> list[Focused]:
    """Move through the whole page by a key, and return what has the focus each time."""
    skip_link = quiz.page.locator(".md-skip")  # the first thing on the page
    if key == "Tab":
        skip_link.focus()
    else:
        quiz.page.get_by_role("contentinfo").get_by_role("link").last.focus()
    found: list[Focused] = []
    for _ in range(MANY):
        quiz.page.keyboard.press(key)
        stop = quiz.focused()
        if stop is None:
            return found
        found.append(stop)
    pytest.fail(f"the focus is still on the page after {MANY} times {key}")


def tab_to(quiz: Quiz, selector: str) -> None:
    """Press Tab until an element that the selector fits has the focus."""
    for _ in range(MANY):
        quiz.page.keyboard.press("Tab")
        if quiz.page.evaluate("it => document.activeElement.matches(it)", selector):
            return
    pytest.fail(f"Tab does not lead to {selector}")


def test_the_keyboard_alone_takes_a_reader_to_a_result(quiz: Quiz) -> None:
    """Who uses no mouse comes from the top of a page to a result by Tab, Space and Enter."""
    quiz.open()
    press = quiz.page.keyboard.press
    tab_to(quiz, "#cx-name")
    quiz.page.keyboard.type("The city library")
    while (screen := quiz.shown) != RESULT:
        if screen != LAST:
            tab_to(quiz, ".cx-choice input")
            press("Space")
            expect(quiz.choices.first).to_be_checked()
        tab_to(quiz, "button[value=continue]")
        press("Enter")
        expect(quiz.screen).not_to_have_value(screen)
        expect(quiz.heading).to_be_focused()
    expect(quiz.element).to_contain_text("The city library")


def test_arrows_choose_and_nothing_more(running: Quiz) -> None:
    """An arrow key moves between the answers; it must not send one that is only passed by."""
    while running.model.questions[running.shown].kind != "one":
        running.press("skip_button")
    running.element.evaluate(
        "quiz => quiz.addEventListener('submit', () => { quiz.dataset.sent = 'yes'; })"
    )
    tab_to(running, ".cx-choice input")
    running.page.keyboard.press("Space")
    running.page.keyboard.press("ArrowDown")
    expect(running.choices.nth(1)).to_be_checked()
    expect(running.choices.nth(1)).to_be_focused()
    expect(running.element).not_to_have_attribute("data-sent", "yes")


def test_a_new_question_takes_the_focus_to_its_heading(running: Quiz) -> None:
    """A screen reader says the new question, and Tab goes on from there to its answers."""
    running.answer_anything()
    expect(running.heading).to_be_focused()
    expect(running.heading).to_have_text(running.model.questions[running.shown].text)
    running.page.keyboard.press("Tab")
    expect(running.choices.first).to_be_focused()


def test_starting_again_meets_the_names_first(running: Quiz) -> None:
    """Who is to be judged next is asked before the first question, by keyboard too."""
    running.answer_anything()
    running.press("restart_button")
    expect(running.element.locator("#cx-focus")).to_be_focused()
    running.page.keyboard.press("Tab")
    expect(running.field("name")).to_be_focused()


def test_the_title_names_the_question(running: Quiz) -> None:
    """Tabs, history and screen readers tell the screens apart by the document's title."""
    running.answer_anything()
    assert running.page.title().startswith(running.model.questions[running.shown].text)


def test_a_missing_answer_is_said_and_takes_the_focus(running: Quiz) -> None:
    """Who pressed Continue too early hears at once what is missing."""
    running.button("continue_button").click()
    expect(running.errors).to_be_focused()
    expect(running.errors).to_contain_text(running.model.say("error_title"))


def test_an_error_is_in_the_title(running: Quiz) -> None:
    """The title is the first that a screen reader says of a page, so the error comes first."""
    running.button("continue_button").click()
    expect(running.errors).to_be_focused()
    assert running.page.title().startswith("Error: ")
    running.answer_anything()
    assert not running.page.title().startswith("Error: ")


def test_an_error_leads_to_the_answers(running: Quiz) -> None:
    """The message is a link, so that putting it right takes one key."""
    running.button("continue_button").click()
    expect(running.errors).to_be_focused()
    running.page.keyboard.press("Tab")
    running.page.keyboard.press("Enter")
    expect(running.choices.first).to_be_focused()


def test_an_error_is_tied_to_its_question(running: Quiz) -> None:
    """Who comes back to the answers hears the error with the question."""
    running.button("continue_button").click()
    expect(running.errors).to_be_focused()
    group = running.element.get_by_role("group")
    message = running.errors.get_by_role("link").inner_text()
    expect(group).to_have_accessible_description(re.compile(re.escape(message)))


@pytest.mark.parametrize("key", ["n", "p", "s", "f", ".", ",", "/"])
def test_a_letter_on_an_answer_does_not_leave_the_page(running: Quiz, key: str) -> None:
    """Material's one-letter shortcuts would throw a reader out of the quiz."""
    address = running.page.url
    running.choices.first.focus()
    running.page.keyboard.press(key)
    running.catch_up()
    assert running.page.url == address
    expect(running.choices.first).to_be_focused()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_the_focus_is_never_hidden(running: Quiz, key: str, size: tuple[int, int]) -> None:
    """Who moves by keyboard always sees where they are, in both directions."""
    for _ in range(3):
        running.answer_anything()
    running.page.set_viewport_size({"width": size[0], "height": size[1]})
    assert [stop.element for stop in stops(running, key) if not stop.seen] == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_navigation_can_be_reached(running: Quiz, size: tuple[int, int]) -> None:
    """The menu of a narrow screen opens by touch alone; who enlarged the page has keys, too."""
    running.page.set_viewport_size({"width": size[0], "height": size[1]})
    links = [stop for stop in stops(running, "Tab") if "md-nav__link" in stop.element]
    assert links
    assert [stop.element for stop in links if not stop.seen] == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_new_question_is_not_covered(running: Quiz, size: tuple[int, int]) -> None:
    """Neither the header nor a button that floats lies upon the question to read."""
    running.page.set_viewport_size({"width": size[0], "height": size[1]})
    for _ in range(4):
        running.answer_anything()
        expect(running.heading).to_be_focused()
        focused = running.focused()
        assert focused
        assert focused.seen


def test_the_focus_is_always_marked(running: Quiz) -> None:
    """Who moves by keyboard sees a ring around whatever a key will act on."""
    for _ in range(3):
        running.answer_anything()
    assert [stop.element for stop in stops(running, "Tab") if not stop.marked] == []


@pytest.mark.parametrize("screen", ["first", "last"])
def test_enter_goes_on_also_where_other_answers_wait(quiz: Quiz, screen: str) -> None:
    """The browser would press the first button of the form, and change to those."""
    quiz.open()
    quiz.answer_anything()
    own = Session(entries={"use": ("none",)})
    quiz.follow(link_to(quiz.model, own, ASK))
    quiz.press("invited_button")
    asked = quiz.with_model(mirrored(quiz.model))
    if screen == "last":
        asked.go_to_last({})
    expect(asked.button("aside_button")).to_be_visible()
    asked.element.locator("input:visible").first.press("Enter")
    if screen == "last":
        expect(asked.screen).to_have_value(COMPARED)
    else:
        expect(asked.errors).to_be_focused()


def test_enter_in_the_field_for_a_name_keeps_the_result(quiz: Quiz) -> None:
    """Here too, other answers wait."""
    quiz.open()
    quiz.answer_anything()
    quiz.follow(link_to(quiz.model, Session(entries={"use": ("none",)})))
    expect(quiz.button("aside_button")).to_be_visible()
    field = quiz.element.get_by_label(quiz.model.say("mine_keep_label"))
    field.fill("The city library")
    field.press("Enter")
    expect(quiz.heading).to_have_text(quiz.model.say("mine_title"))
