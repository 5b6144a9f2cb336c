"""Two people, two browsers: one asks, the other answers, and both see where they differ."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from cxquiz.comparison.mirror import mirrored
from cxquiz.formats.portfolio_json import to_text
from cxquiz.portfolio.portfolio import keep, version
from cxquiz.quiz.links import link_to
from cxquiz.quiz.session import Session
from tests.browser.conftest import context_args, watched
from tests.browser.quiz import Quiz
from tests.browser.states import CLEAR, ONE, TWO_READINGS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from cxquiz.model.types import Model
    from tests.browser.server import SiteServer

pytestmark = pytest.mark.browser


@pytest.fixture
def other(browser: Browser, server: SiteServer, model: Model) -> Iterator[Quiz]:
    """The quiz in another person's browser; they read the mirrored questions."""
    with browser.new_context(**context_args(server)) as context, watched(context, server):
        yield Quiz(context.new_page(), server, mirrored(model))


def link_in(quiz: Quiz, label: str) -> str:
    """Return the link in the field with that label."""
    field = quiz.element.get_by_label(quiz.model.say(label), exact=True)
    expect(field).to_be_visible()
    return field.input_value()


def shared_link(quiz: Quiz) -> str:
    """Return the fragment of a link to a clear result."""
    return link_to(quiz.model, Session(entries=CLEAR))


def open_sharing(quiz: Quiz) -> None:
    """Open the part of the result with the links."""
    quiz.element.get_by_text(quiz.model.say("share_title")).click()


class TestBothSides:
    """Rule: a question goes out as a link and the answer comes back as one."""

    def test_ask_answer_compare_and_back(self, quiz: Quiz, other: Quiz) -> None:
        """Neither browser tells a server anything, and both end with the same comparison."""
        quiz.open()
        quiz.field("name").fill("The city library")
        quiz.go_to_result(TWO_READINGS)
        open_sharing(quiz)
        other.page.goto(link_in(quiz, "ask_label"))
        expect(other.heading).to_have_text(other.model.say("invited_title"))
        expect(other.heading).to_be_focused()
        assert "The city library" not in other.element.inner_text()
        other.press("invited_button")
        other.go_to_result(CLEAR)
        expect(other.heading).to_have_text(other.model.say("both_title"))
        theirs = other.element.locator(".cx-card h4").all_inner_texts()

        quiz.page.goto(link_in(other, "send_label"))
        expect(quiz.heading).to_have_text(quiz.model.say("both_title"))
        mine = quiz.element.locator(".cx-card h4").all_inner_texts()
        assert mine == theirs[::-1]
        expect(quiz.element).to_contain_text("The city library")
        expect(quiz.element).to_contain_text(quiz.model.say("differ_changes_title"))
        assert not any("cx1" in path for path in quiz.server.asked_for("*"))

    def test_it_can_be_done_by_keyboard_alone(self, quiz: Quiz, other: Quiz) -> None:
        """From the result to the link, and from the link to the comparison."""
        quiz.open()
        quiz.go_to_result(CLEAR)
        summary = quiz.element.get_by_text(quiz.model.say("share_title"))
        while summary.evaluate("it => it !== document.activeElement"):
            quiz.page.keyboard.press("Tab")
        quiz.page.keyboard.press("Enter")
        quiz.page.keyboard.press("Tab")
        field = quiz.element.get_by_label(quiz.model.say("ask_label"), exact=True)
        expect(field).to_be_focused()
        link = field.input_value()

        other.page.goto(link)
        expect(other.heading).to_be_focused()
        other.page.keyboard.press("Tab")
        other.page.keyboard.press("Enter")
        expect(other.screen).not_to_have_value("invited")
        for _ in range(4):
            before = other.shown
            while other.page.evaluate("document.activeElement.name") != before:
                other.page.keyboard.press("Tab")
            other.page.keyboard.press("Space")
            other.page.keyboard.press("Enter")
            expect(other.screen).not_to_have_value(before)
        finish = other.button("show_now_button").or_(other.button("show_result_button"))
        while other.shown in other.model.questions and not finish.is_visible():
            other.answer_anything()
        while finish.evaluate("it => it !== document.activeElement"):
            other.page.keyboard.press("Tab")
        other.page.keyboard.press("Enter")
        expect(other.heading).to_have_text(other.model.say("both_title"))
        expect(other.heading).to_be_focused()


class TestTeam:
    """Rule: the reader sees who says what, and may put right whose answers these are."""

    def test_who_signed_is_named_and_the_others_can_be(self, quiz: Quiz, other: Quiz) -> None:
        """Without names nobody knows who should talk to whom."""
        ann = other.with_model(quiz.model)
        ann.open()
        ann.go_to_result(CLEAR)
        open_sharing(ann)
        signature = ann.element.get_by_label(ann.model.say("by_label"))
        signature.fill("Ann")
        before = link_in(ann, "share_label")
        ann.button("by_button").click()
        link = ann.element.get_by_label(ann.model.say("share_label"), exact=True)
        expect(link).not_to_have_value(before)
        expect(signature).to_be_focused()

        quiz.open()
        quiz.go_to_result(TWO_READINGS)
        open_sharing(quiz)
        quiz.press("others_button")
        links = f"{link.input_value()}\n{shared_link(quiz)}"
        quiz.element.get_by_label(quiz.model.say("add_label")).fill(links)
        quiz.button("add_button").click()
        views = quiz.element.locator("ul").first
        third = quiz.model.say("voice_other", number=3)
        expect(views).to_contain_text(f"(Ann; {third})")
        quiz.element.get_by_label(third).fill("Bob")  # who answered alike is shown at once
        quiz.element.get_by_label(third).press("Enter")
        expect(views).to_contain_text("(Ann; Bob)")
        leave = f"{quiz.model.say('people_leave_out')} Ann"
        quiz.element.get_by_role("button", name=leave).click()
        expect(views).to_contain_text("(Bob)")
        expect(quiz.element.locator("#cx-people")).to_be_focused()


class TestFiles:
    """Rule: what others saved as a file stands beside the reader's own answers."""

    def test_a_chosen_file_is_one_more_voice(self, quiz: Quiz, tmp_path: Path) -> None:
        """And a bad one that comes with it is named, and costs nothing."""
        saved = keep((), "The city library", version(quiz.model, CLEAR, kept="2026-01-31"))
        good, bad = tmp_path / "ann.json", tmp_path / "bob.json"
        good.write_text(to_text(saved), "utf-8")
        bad.write_text('{"kind": 1', "utf-8")
        quiz.open()
        quiz.field("name").fill("The city library")
        quiz.go_to_result(TWO_READINGS)
        open_sharing(quiz)
        quiz.press("others_button")
        quiz.element.get_by_label(quiz.model.say("add_files")).set_input_files([good, bad])
        expect(quiz.element).to_contain_text(quiz.model.say("differ_changes_title"))
        expect(quiz.element).to_contain_text(quiz.model.say("mine_refused", file="bob.json"))
        expect(quiz.heading).to_have_text(quiz.model.say("team_title"))
        expect(quiz.element.locator("[data-cx=mine]")).to_be_hidden()


class TestLinks:
    """Rule: a link shows what was sent, and costs the reader nothing that they had."""

    def test_a_shared_result_is_the_same_in_another_browser(self, quiz: Quiz, other: Quiz) -> None:
        """Without an account, a server or a file."""
        quiz.open()
        quiz.go_to_result(CLEAR)
        open_sharing(quiz)
        other.page.goto(link_in(quiz, "share_label"))
        expect(other.heading).to_have_text(quiz.heading.inner_text())
        assert sorted(other.answers()) == sorted(quiz.answers()[: len(CLEAR)])

    def test_the_own_answers_wait(self, quiz: Quiz) -> None:
        """Who looks at somebody else's result goes back to their own."""
        quiz.open()
        quiz.field("name").fill("The city library")
        quiz.answer_anything()
        shown = quiz.shown
        quiz.follow(shared_link(quiz))
        expect(quiz.element.locator(".cx-verdict--clear")).to_be_visible()
        quiz.press("aside_button")
        expect(quiz.screen).to_have_value(shown)
        expect(quiz.element).to_contain_text("The city library")

    def test_a_reload_goes_on_with_what_was_opened(self, quiz: Quiz) -> None:
        """The link is opened once; what is changed after it stays changed."""
        quiz.open()
        quiz.follow(shared_link(quiz))
        quiz.go_by(quiz.change_button(ONE))
        quiz.page.reload()
        expect(quiz.screen).to_have_value(ONE)
        assert "#" not in quiz.page.url

    def test_a_broken_link_says_so_and_the_quiz_goes_on(self, quiz: Quiz) -> None:
        """No error, no empty page."""
        quiz.open("quiz/#cx1mzz")
        expect(quiz.element).to_contain_text(quiz.model.say("link_damaged"))
        quiz.answer_anything()
        expect(quiz.element).not_to_contain_text(quiz.model.say("link_damaged"))

    def test_copying_is_said(self, quiz: Quiz) -> None:
        """Else nobody knows whether it worked."""
        quiz.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        quiz.open()
        quiz.follow(shared_link(quiz))
        open_sharing(quiz)
        copy = re.compile(f"^{quiz.model.say('copy_button')}.*{quiz.model.say('share_label')}$")
        quiz.element.get_by_role("button", name=copy).click()
        expect(quiz.status).to_have_text(quiz.model.say("copied"))
        copied = quiz.page.evaluate("navigator.clipboard.readText()")
        assert copied == link_in(quiz, "share_label")

    def test_where_copying_is_forbidden_the_link_is_selected(self, quiz: Quiz) -> None:
        """The reader copies it with the keyboard."""
        quiz.page.add_init_script(
            "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
        )
        quiz.open()
        quiz.follow(shared_link(quiz))
        open_sharing(quiz)
        quiz.element.get_by_role("button", name=quiz.model.say("copy_button")).first.click()
        expect(quiz.status).to_have_text(quiz.model.say("copy_failed"))
        selected = quiz.page.evaluate("getSelection().toString()")
        assert selected == link_in(quiz, "ask_label")
