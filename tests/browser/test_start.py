"""When Python starts, and what happens until it is ready."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import expect

from tests.browser.quiz import DESKTOP, PHONE, READING
from tests.browser.states import CLEAR

if TYPE_CHECKING:
    from tests.browser.quiz import Quiz

pytestmark = pytest.mark.browser

MOST_BYTES: Final = 4_200_000

# Takes down what the status region says, in the order in which it says it.
LISTEN: Final = """status => {
  window.said = [];
  new MutationObserver(() => {
    const text = status.textContent.trim();
    if (text) window.said.push(text);
  }).observe(status, { childList: true, characterData: true, subtree: true });
}"""


# Takes down what moves on the page, and of which element.
WATCH_SHIFTS: Final = """
const shifts = [];
const take = (entries) => entries.forEach((entry) => {
  shifts.push([entry.value, entry.sources.map((it) => it.node?.outerHTML?.slice(0, 80))]);
});
const observer = new PerformanceObserver((list) => take(list.getEntries()));
observer.observe({ type: "layout-shift", buffered: true });
window.takeShifts = () => {
  take(observer.takeRecords());
  return shifts;
};
"""


class TestIntent:
    """Rule: Python starts with the reader's first sign of intent, and never for reading."""

    def test_reading_starts_nothing(self, quiz: Quiz) -> None:
        """Who only reads does not pay 4 MB for it."""
        quiz.open(READING)
        quiz.page.get_by_role("heading", level=1).click()
        quiz.page.mouse.wheel(0, 2000)
        quiz.heading.hover()
        quiz.page.keyboard.press("Tab")
        quiz.catch_up()
        assert quiz.python_requests() == []

    def test_the_focus_starts_it(self, quiz: Quiz) -> None:
        """Who comes by keyboard finds Python on its way when the answer is chosen."""
        quiz.open(READING)
        quiz.choices.first.focus()
        quiz.server.wait_for("*.wasm.zst")

    def test_the_downloads_do_not_wait_for_the_worker(self, quiz: Quiz) -> None:
        """On a slow line each wait before the first download is felt."""
        quiz.server.hold("*/quiz/worker.mjs")
        quiz.open(READING)
        quiz.choices.first.focus()
        for name in ("pyodide", "pyodide.asm", "python_stdlib", "cxquiz", "model"):
            quiz.server.wait_for(f"*/runtime/{name}-*")

    def test_the_pointer_starts_it(self, quiz: Quiz) -> None:
        """A press on anything in the quiz is enough."""
        quiz.open(READING)
        quiz.heading.hover()
        quiz.page.mouse.down()
        quiz.server.wait_for("*.wasm.zst")

    @pytest.mark.browser_context_args(has_touch=True)
    def test_a_touch_starts_it(self, quiz: Quiz) -> None:
        """A phone has neither focus nor pointer before the first tap."""
        quiz.open(READING)
        quiz.heading.tap()
        quiz.server.wait_for("*.wasm.zst")

    def test_the_start_takes_no_focus(self, quiz: Quiz) -> None:
        """Who types a name while Python starts goes on typing."""
        quiz.open()
        quiz.field("name").focus()
        quiz.server.wait_for("*/pyodide.asm-*.js")
        expect(quiz.field("name")).to_be_focused()


class TestIdle:
    """Rule: on the quiz's own page Python starts ahead of the first answer."""

    def test_it_starts_when_the_page_is_idle(self, quiz: Quiz) -> None:
        """Who opens the quiz is about to answer, and then does not wait."""
        quiz.open()
        quiz.server.wait_for("*.wasm.zst")

    @pytest.mark.parametrize("line", [{"saveData": True}, {"effectiveType": "3g"}])
    def test_it_waits_where_data_is_dear(self, quiz: Quiz, line: dict[str, object]) -> None:
        """Who asked to save data, or has a slow line, downloads for an answer alone."""
        connection = json.dumps(line)
        quiz.page.add_init_script(
            f"Object.defineProperty(navigator, 'connection', {{ value: {connection} }})"
        )
        quiz.open()
        quiz.page.wait_for_load_state("networkidle")
        assert quiz.python_requests() == []
        quiz.choices.first.focus()
        quiz.server.wait_for("*.wasm.zst")

    def test_it_waits_until_the_page_is_seen(self, quiz: Quiz) -> None:
        """A page opened in the background takes nothing from the one that is read."""
        quiz.page.add_init_script(
            "Object.defineProperty(document, 'visibilityState',{ value: 'hidden', writable: true })"
        )
        quiz.open()
        quiz.page.wait_for_load_state("networkidle")
        assert quiz.python_requests() == []
        quiz.page.evaluate(
            "document.visibilityState = 'visible';"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
        quiz.server.wait_for("*.wasm.zst")


class TestSize:
    """Rule: the way to the first result costs little, also where the host compresses nothing."""

    def test_everything_until_the_first_result(self, quiz: Quiz) -> None:
        """The page, its styles, scripts and pictures, and Python: on a slow line bytes decide."""
        quiz.open()
        quiz.go_to_result(CLEAR)
        assert quiz.server.bytes_sent <= MOST_BYTES

    def test_nothing_is_downloaded_twice(self, quiz: Quiz) -> None:
        """The worker finds what the page has asked for."""
        quiz.server.cache_control = "max-age=600"
        quiz.open()
        quiz.answer_anything()
        asked = quiz.python_requests()
        assert sorted(asked) == sorted(set(asked))


class TestLayout:
    """Rule: what a reader reads stays where it is while the quiz comes to life."""

    @pytest.mark.parametrize(("width", "height"), [DESKTOP, PHONE], ids=["desktop", "phone"])
    @pytest.mark.parametrize("path", ["quiz/", "relationships/partner/"])
    def test_nothing_moves_while_the_page_loads(
        self, quiz: Quiz, path: str, width: int, height: int
    ) -> None:
        """Who has begun to read would lose the line, or press the wrong thing."""
        quiz.page.set_viewport_size({"width": width, "height": height})
        quiz.page.add_init_script(WATCH_SHIFTS)
        quiz.open(path)
        quiz.element.scroll_into_view_if_needed()
        quiz.catch_up()
        assert quiz.page.evaluate("takeShifts()") == []


class TestEarlyAnswer:
    """Rule: an answer given before Python is ready is kept and goes on by itself."""

    @pytest.fixture
    def early(self, quiz: Quiz) -> Quiz:
        """A quiz whose first answer waits for Python."""
        quiz.server.hold("*.wasm.zst")
        quiz.open()
        quiz.field("name").fill("The city library")
        quiz.choose(quiz.first_option())
        quiz.status.evaluate(LISTEN)
        quiz.button("continue_button").click()
        expect(quiz.status).to_contain_text(quiz.model.say("loading_kept"))
        return quiz

    def test_it_goes_on_by_itself(self, early: Quiz) -> None:
        """The reader has nothing to press twice."""
        first = early.shown
        early.server.mend()
        expect(early.screen).not_to_have_value(first)
        expect(early.heading).to_be_focused()
        expect(early.element).to_contain_text("The city library")
        assert len(early.answers()) == 1

    def test_it_takes_no_focus_from_elsewhere(self, early: Quiz) -> None:
        """Who reads on in another place of the page meanwhile stays there."""
        first = early.shown
        elsewhere = early.page.get_by_role("contentinfo").get_by_role("link").last
        elsewhere.focus()
        early.server.mend()
        expect(early.screen).not_to_have_value(first)
        expect(elsewhere).to_be_focused()

    def test_it_is_said_once(self, early: Quiz) -> None:
        """A screen reader that repeats "please wait" is worse than silence."""
        first = early.shown
        early.server.mend()
        expect(early.screen).not_to_have_value(first)
        assert early.page.evaluate("said") == [early.model.say("loading_kept")]
        expect(early.status).to_be_empty()

    def test_the_form_stays_while_it_waits(self, early: Quiz) -> None:
        """The reader still sees what they answered."""
        expect(early.choice(early.first_option())).to_be_checked()
        expect(early.status.get_by_role("progressbar")).to_be_visible()

    def test_the_words_come_into_view(self, early: Quiz) -> None:
        """Who pressed Continue at the lower edge of the window sees that something happens."""
        expect(early.status.get_by_role("progressbar")).to_be_in_viewport(ratio=1)

    def test_it_survives_a_reload(self, early: Quiz) -> None:
        """Who grows impatient and reloads finds the answer in the form."""
        option = early.first_option()
        early.page.reload()
        expect(early.field("name")).to_have_value("The city library")
        expect(early.choice(option)).to_be_checked()

    def test_pressing_twice_answers_once(self, early: Quiz) -> None:
        """An impatient second press does not skip a question."""
        early.button("continue_button").click()
        first = early.shown
        early.server.mend()
        expect(early.screen).not_to_have_value(first)
        early.answer_anything()
        assert len(early.answers()) == 2
