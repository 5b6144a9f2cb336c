"""What a reader meets where something is missing, damaged, blocked or broken."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import pytest
import zstandard
from playwright.sync_api import expect

if TYPE_CHECKING:
    from tests.browser.quiz import Quiz
    from tests.browser.server import SiteServer

pytestmark = pytest.mark.browser


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Return a change that replaces a piece of a file, which must be there."""

    def change(content: bytes) -> bytes:
        assert content.count(old) == 1, f"{old!r} is not in the file"
        return content.replace(old, new)

    return change


def shortened(content: bytes) -> bytes:
    """Return the first half of a file."""
    return content[: len(content) // 2]


def altered(content: bytes) -> bytes:
    """Return a file with one bit changed in its middle."""
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]


def other_content(content: bytes) -> bytes:
    """Return a file that can be inflated, but holds one byte more."""
    return zstandard.compress(zstandard.decompress(content) + b" ")


def blocked(_: bytes) -> bytes:
    """Return what a filter shows in the place of what it blocks."""
    return b"<html>Blocked</html>"


WORKER: Final = "*/quiz/worker.mjs"

FILES: Final = {
    "decoder": "*/runtime/zstd-*.wasm",
    "loader": "*/runtime/pyodide-*.mjs",
    "loader's script": "*/runtime/pyodide.asm-*js",
    "WebAssembly": "*/runtime/pyodide.asm-*.wasm.zst",
    "standard library": "*/runtime/python_stdlib-*.zip.zst",
    "package": "*/runtime/cxquiz-*.zip.zst",
    "model": "*/runtime/model-*.zip.zst",
}
"""All files of the runtime."""

Fault = Callable[["SiteServer"], None]


def change_of(pattern: str, change: Callable[[bytes], bytes]) -> Fault:
    """Return the fault that the file whose path fits the pattern is changed."""
    return lambda server: server.change(pattern, change)


def faults_of(name: str, pattern: str) -> dict[str, Fault]:
    """Return what can happen to a file, by what it is called."""
    return {
        f"{name} missing": lambda server: server.miss(pattern),
        f"{name} breaks off": lambda server: server.cut(pattern),
        f"{name} cut short": change_of(pattern, shortened),
        f"{name} altered": change_of(pattern, altered),
        f"{name} blocked": change_of(pattern, blocked),
    }


FAULTS: Final[dict[str, Fault]] = {
    **{name: fault for file in FILES.items() for name, fault in faults_of(*file).items()},
    "package of another version": change_of(FILES["package"], other_content),
    "worker missing": lambda it: it.miss(WORKER),
    "exception in the worker": change_of(WORKER, lambda _: b"throw new Error('no');"),
    "exception in Python": change_of(WORKER, replaced(b"JSON.stringify(message.request)", b'"{}"')),
    "WebAssembly that cannot start": change_of(
        WORKER, replaced(b"WebAssembly.instantiate(module, imports)", b"Promise.reject('no')")
    ),
    "no WebAssembly": change_of(WORKER, lambda file: b"delete self.WebAssembly;\n" + file),
}


@pytest.fixture(autouse=True)
def _cached(server: SiteServer) -> None:
    """Let the browser cache every file, broken or not, as it may on GitHub Pages."""
    server.cache_control = "max-age=600"


def expect_failure(quiz: Quiz) -> None:
    """Expect the screen that says so, with the focus, and the table of all relationships."""
    expect(quiz.failure).to_be_focused()
    expect(quiz.element).to_contain_text(quiz.model.say("failure_text"))
    expect(quiz.table).to_be_visible()
    expect(quiz.table.get_by_role("rowheader")).to_have_count(len(quiz.model.relationships))


def answer_into_failure(quiz: Quiz) -> None:
    """Answer the question that is shown, and expect that Python gives up on it."""
    quiz.choose(quiz.first_option())
    quiz.button("continue_button").click()
    expect_failure(quiz)


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_said_and_trying_again_goes_on(quiz: Quiz, fault: Fault) -> None:
    """The reader learns what is wrong, can use the table, and loses no answer by it."""
    fault(quiz.server)
    quiz.open()
    first = quiz.shown
    quiz.field("name").fill("The city library")
    answer_into_failure(quiz)
    quiz.server.mend()
    quiz.button("failure_retry").click()
    expect(quiz.screen).not_to_have_value(first)
    expect(quiz.failure).to_have_count(0)
    expect(quiz.heading).to_be_focused()
    expect(quiz.element).to_contain_text("The city library")
    assert len(quiz.answers()) == 1


def test_the_paper_leaves_when_trying_again_helps(quiz: Quiz) -> None:
    """It was there in the quiz's stead; below a quiz that works it is only in the way."""
    quiz.server.miss("*.wasm.zst")
    quiz.open()
    first = quiz.shown
    answer_into_failure(quiz)
    quiz.server.mend()
    quiz.button("failure_retry").click()
    expect(quiz.screen).not_to_have_value(first)
    expect(quiz.paper).to_be_hidden()


def test_a_fault_takes_no_focus_from_elsewhere(quiz: Quiz) -> None:
    """Who reads on in another place of the page is not pulled back by bad news."""
    quiz.page.clock.install()
    quiz.server.hold("*.wasm.zst")
    quiz.open()
    quiz.choose(quiz.first_option())
    quiz.button("continue_button").click()
    expect(quiz.status).to_contain_text(quiz.model.say("loading_kept"))
    elsewhere = quiz.page.get_by_role("contentinfo").get_by_role("link").last
    elsewhere.focus()
    quiz.page.clock.fast_forward("00:31")
    expect(quiz.failure).to_be_visible()
    expect(elsewhere).to_be_focused()


def test_a_server_that_stays_silent_is_a_fault(quiz: Quiz) -> None:
    """Nobody looks at a progress bar for ever."""
    quiz.page.clock.install()
    quiz.server.hold("*/runtime/*")
    quiz.open()
    quiz.choose(quiz.first_option())
    quiz.button("continue_button").click()
    expect(quiz.status).to_contain_text(quiz.model.say("loading_kept"))
    quiz.page.clock.fast_forward("00:31")
    expect_failure(quiz)


def test_a_server_that_is_still_silent_is_a_fault_again(quiz: Quiz) -> None:
    """Trying again does not wait for ever either."""
    quiz.page.clock.install()
    quiz.server.hold(WORKER)
    quiz.open()
    quiz.choose(quiz.first_option())
    quiz.button("continue_button").click()
    expect(quiz.status).to_contain_text(quiz.model.say("loading_kept"))
    quiz.page.clock.fast_forward("00:31")
    expect_failure(quiz)
    quiz.button("failure_retry").click()
    expect(quiz.status).to_contain_text(quiz.model.say("loading_kept"))
    quiz.page.clock.fast_forward("00:31")
    expect_failure(quiz)


def test_a_fault_that_stays_is_said_again(quiz: Quiz) -> None:
    """Trying again without success ends in the same words, not in a spinner."""
    quiz.server.miss("*.wasm.zst")
    quiz.open()
    answer_into_failure(quiz)
    quiz.failure.evaluate("heading => { heading.dataset.said = 'before'; }")
    quiz.button("failure_retry").click()
    expect(quiz.element.locator("[data-said]")).to_have_count(0)
    expect_failure(quiz)


def test_the_words_about_a_fault_are_not_covered(quiz: Quiz) -> None:
    """Neither the header nor a button that floats lies upon them."""
    quiz.server.miss("*.wasm.zst")
    quiz.open()
    answer_into_failure(quiz)
    focused = quiz.focused()
    assert focused
    assert focused.seen


def test_a_fault_names_its_cause_for_the_it_support(quiz: Quiz) -> None:
    """Who asks a colleague for help can say what was missing."""
    quiz.server.miss("*.wasm.zst")
    quiz.open()
    answer_into_failure(quiz)
    details = quiz.element.get_by_text(re.compile(r"pyodide\.asm-\w+\.wasm\.zst: .* 404"))
    expect(details).to_be_hidden()
    quiz.element.get_by_text(quiz.model.say("failure_detail")).click()
    expect(details).to_be_visible()
    expect(quiz.element.get_by_text(quiz.model.say("failure_cause"))).to_be_visible()


def test_a_fault_nobody_waits_for_is_not_said(quiz: Quiz) -> None:
    """Somebody who only touched the quiz in passing is not troubled."""
    quiz.server.miss("*.wasm.zst")
    quiz.open()
    quiz.choices.first.focus()
    quiz.server.wait_for("*.wasm.zst")
    quiz.catch_up()
    expect(quiz.failure).to_have_count(0)
    expect(quiz.choices.first).to_be_focused()


def test_back_leads_out_of_a_failure(quiz: Quiz) -> None:
    """Where Python gives up in the middle, the browser's Back still shows the question before."""
    wears_out = replaced(
        b"const answer = await python;",
        b"const answer = await python; if (message.id === 3) throw new Error('worn out');",
    )
    quiz.server.change(WORKER, wears_out)
    quiz.open()
    quiz.answer_anything()
    second = quiz.shown
    quiz.answer_anything()
    answer_into_failure(quiz)
    quiz.page.go_back()
    expect(quiz.screen).to_have_value(second)
    expect(quiz.heading).to_be_visible()


def test_without_its_own_script_the_page_still_leads_to_the_paper(quiz: Quiz) -> None:
    """A filter that lets only half of the page through leaves questions and table in reach."""
    quiz.server.miss("*/quiz/quiz.mjs")
    quiz.open()
    quiz.page.get_by_role("link", name=quiz.model.say("paper_link")).click()
    expect(quiz.table).to_be_visible()
