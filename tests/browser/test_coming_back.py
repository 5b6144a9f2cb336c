"""Changing an answer, going back, and coming back to a quiz that was left."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from cxquiz.quiz.session import RESULT
from tests.browser.quiz import READING, Quiz
from tests.browser.server import SUB_PATH, SiteServer
from tests.browser.states import CLEAR, GIVEN, ONE, OTHER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from cxquiz.model.types import Model

pytestmark = pytest.mark.browser


class TestChange:
    """Rule: each answer can be changed, and no other is lost by it."""

    def test_a_change_leads_straight_back_to_the_result(self, running: Quiz) -> None:
        """Putting one answer right takes one screen."""
        running.go_to_result(CLEAR)
        running.go_by(running.change_button(ONE))
        assert running.shown == ONE
        running.press("continue_button")
        assert running.shown == RESULT

    def test_a_changed_answer_stands_and_the_others_stay(self, running: Quiz) -> None:
        """The later answers do not have to be given again."""
        running.go_to_result(CLEAR)
        before = running.answers()
        running.go_by(running.change_button(ONE))
        running.answer(OTHER)
        running.go_on({})  # the quiz may need more now
        after = running.answers()
        changed = running.model.questions[ONE]
        assert [row for row in before if row not in after] == [
            row for row in before if row.startswith(changed.short)
        ]
        assert any(changed.options[OTHER].text in row for row in after)

    def test_the_answer_to_change_is_still_chosen(self, running: Quiz) -> None:
        """The reader sees what they said before."""
        running.go_to_result(CLEAR)
        running.go_by(running.change_button(ONE))
        expect(running.choice(GIVEN)).to_be_checked()

    def test_a_name_can_be_changed(self, running: Quiz) -> None:
        """A slip in the name does not cost the answers."""
        first = running.shown
        running.field("name").fill("The city libary")
        running.answer_anything()
        running.go_by(running.change_button(first))
        expect(running.field("name")).to_have_value("The city libary")
        running.field("name").fill("The city library")
        running.press("continue_button")
        expect(running.element).to_contain_text("The city library")


class TestBackButton:
    """Rule: the quiz's own Back leads to the question before, and nothing is lost."""

    def test_back_shows_the_question_before_with_its_answer(self, running: Quiz) -> None:
        """The reader looks again at what they said."""
        first = running.shown
        option = running.first_option()
        running.answer(option)
        running.press("back_button")
        assert running.shown == first
        expect(running.choice(option)).to_be_checked()

    def test_what_was_chosen_before_going_back_is_kept(self, running: Quiz) -> None:
        """Looking back costs nothing."""
        running.answer_anything()
        second, option = running.shown, running.first_option()
        running.choose(option)
        running.press("back_button")
        running.press("continue_button")
        if running.shown != second:  # it counts as answered and comes back by its Change alone
            running.go_by(running.change_button(second))
        expect(running.choice(option)).to_be_checked()


class TestHistory:
    """Rule: the browser's Back and Forward move between the screens."""

    def test_back_and_forward(self, running: Quiz) -> None:
        """The button that everybody knows does what everybody expects."""
        running.answer_anything()
        second = running.shown
        running.answer_anything()
        third = running.shown
        running.page.go_back()
        expect(running.screen).to_have_value(second)
        running.page.go_forward()
        expect(running.screen).to_have_value(third)

    def test_back_leads_to_the_first_question_and_forward_again(self, quiz: Quiz) -> None:
        """The first question is a screen like every other."""
        quiz.open()
        first = quiz.shown
        quiz.answer_anything()
        second = quiz.shown
        quiz.page.go_back()
        expect(quiz.screen).to_have_value(first)
        quiz.catch_up()
        quiz.page.go_forward()
        expect(quiz.screen).to_have_value(second)

    def test_back_leads_out_of_the_quiz(self, quiz: Quiz) -> None:
        """Nobody is caught in the quiz: enough Backs lead to the page before."""
        quiz.open("")
        start = quiz.page.url
        quiz.open()
        quiz.answer_anything()
        for _ in range(3):
            if quiz.page.url != start:
                quiz.page.go_back()
                quiz.catch_up()
        assert quiz.page.url == start

    def test_back_moves_the_focus_to_the_question(self, running: Quiz) -> None:
        """Who uses a screen reader hears where Back has led to."""
        running.answer_anything()
        running.answer_anything()
        running.page.go_back()
        expect(running.heading).to_be_focused()

    def test_an_answer_changed_after_back_costs_no_later_one(self, running: Quiz) -> None:
        """Many readers know no other way to correct an answer than the browser's Back."""
        for _ in range(4):
            running.answer_anything()
        answers = running.answers()
        for _ in range(3):
            running.page.go_back()
            running.catch_up()
        running.answer(list(running.model.questions[running.shown].options)[1])
        assert len(running.answers()) >= len(answers)


class TestComingBack:
    """Rule: the quiz goes on where the reader left it."""

    def test_reload(self, quiz: Quiz) -> None:
        """A reload shows the same question without Python, and the answers before it count."""
        quiz.open(READING)
        quiz.field("name").fill("The city library")
        for _ in range(2):
            quiz.answer_anything()
        shown, answers, asked = quiz.shown, quiz.answers(), quiz.python_requests()
        quiz.page.reload()
        expect(quiz.screen).to_have_value(shown)
        assert quiz.answers() == answers
        expect(quiz.element).to_contain_text("The city library")
        quiz.catch_up()
        assert quiz.python_requests() == asked
        quiz.answer_anything()
        assert len(quiz.answers()) == len(answers) + 1

    def test_another_page_goes_on_with_the_same_relationship(self, quiz: Quiz) -> None:
        """Reading on does not lose the answers, and starts Python only when it is needed."""
        quiz.open()
        quiz.field("name").fill("The city library")
        for _ in range(2):
            quiz.answer_anything()
        shown, answers, asked = quiz.shown, quiz.answers(), quiz.python_requests()
        quiz.open(READING)
        assert quiz.shown == shown
        assert quiz.answers() == answers
        quiz.catch_up()
        assert quiz.python_requests() == asked
        quiz.answer_anything()
        assert len(quiz.answers()) == len(answers) + 1

    def test_a_half_filled_form_survives_a_reload(self, quiz: Quiz) -> None:
        """What was typed and chosen, but not sent yet, is not to be typed twice."""
        quiz.open()
        option = quiz.first_option()
        quiz.field("name").fill("The city library")
        quiz.choose(option)
        quiz.page.reload()
        expect(quiz.field("name")).to_have_value("The city library")
        expect(quiz.choice(option)).to_be_checked()

    def test_an_answer_taken_off_stays_off_after_a_reload(self, quiz: Quiz) -> None:
        """What a reader unticked does not come back by itself."""
        quiz.open()
        while quiz.model.questions[quiz.shown].kind != "many":
            quiz.press("skip_button")
        question, option = quiz.shown, quiz.first_option()
        quiz.answer(option)
        quiz.go_by(quiz.change_button(question))
        quiz.choice(option).uncheck()
        quiz.page.reload()
        expect(quiz.choice(option)).not_to_be_checked()

    def test_a_screen_that_cannot_be_shown_waits_for_the_reader(self, quiz: Quiz) -> None:
        """Only Python can make it anew; it neither starts nor takes the focus by itself."""
        quiz.open(READING)
        quiz.answer_anything()
        shown, kept, asked = quiz.shown, quiz.kept(), quiz.python_requests()
        quiz.keep(json.dumps({**kept, "html": "<script></script>"}))
        expect(quiz.button("resume_button")).to_be_visible()
        quiz.catch_up()
        assert quiz.python_requests() == asked
        assert quiz.focused() is None
        quiz.button("resume_button").click()
        expect(quiz.screen).to_have_value(shown)
        expect(quiz.heading).to_be_focused()
        assert len(quiz.answers()) == 1

    def test_a_new_version_of_the_site_does_not_start_python(self, quiz: Quiz) -> None:
        """Somebody who answered last week and only reads today pays nothing for it."""
        quiz.open(READING)
        quiz.answer_anything()
        kept, asked = quiz.kept(), quiz.python_requests()
        quiz.keep(json.dumps({**kept, "build": "older"}))
        quiz.catch_up()
        assert quiz.python_requests() == asked


@pytest.fixture
def two_sites(page: Page, site: Path, model: Model) -> Iterator[tuple[Quiz, Quiz]]:
    """Two sites of one organisation, which share an origin on GitHub Pages."""
    with SiteServer(site, (SUB_PATH, "/other/")) as server:
        yield Quiz(page, server, model), Quiz(page, server, model, "/other/")


def test_two_sites_on_one_origin_keep_separate_answers(two_sites: tuple[Quiz, Quiz]) -> None:
    """One team's playbook does not overwrite the answers given in another's."""
    one, two = two_sites
    one.open()
    one.field("name").fill("The city library")
    two.open()
    expect(two.field("name")).to_have_value("")
    two.field("name").fill("The town hall")
    one.open()
    expect(one.field("name")).to_have_value("The city library")
