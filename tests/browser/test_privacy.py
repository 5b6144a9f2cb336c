"""Nothing leaves the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.states import CLEAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Request

    from tests.browser.conftest import OpenQuiz
    from tests.browser.quiz import Quiz

pytestmark = pytest.mark.browser

POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; "
    "connect-src 'self'"
)
"""What the quiz needs, and no more."""

# Asks another origin from inside a worker.
ASK_ELSEWHERE: Final = """() => new Promise((done) => {
  const code = "fetch('http://elsewhere.example/').catch(() => {}).then(() => postMessage(0))";
  new Worker(URL.createObjectURL(new Blob([code]))).onmessage = done;
})"""


@pytest.fixture(scope="module")
def session(open_quiz: OpenQuiz) -> Iterator[tuple[Quiz, list[Request]]]:
    """A whole session, from the start page to a result, and all that was asked in it."""
    with open_quiz() as quiz:
        asked: list[Request] = []
        # Playwright cannot take a method that is built in.
        quiz.page.context.on("request", lambda request: asked.append(request))  # noqa: PLW0108
        quiz.open("")
        quiz.open()
        quiz.field("name").fill("Anna-Private")
        quiz.go_to_result(CLEAR)
        yield quiz, asked


def test_a_whole_session_asks_no_other_origin(session: tuple[Quiz, list[Request]]) -> None:
    """No font, script or package comes from elsewhere, neither for the page nor the worker."""
    quiz, asked = session
    urls = [request.url for request in asked]
    assert [url for url in urls if not url.startswith((quiz.root, "blob:", "data:"))] == []
    assert quiz.server.strangers == []


def test_no_answer_is_in_any_request(session: tuple[Quiz, list[Request]]) -> None:
    """What a reader types about people and work stays with the reader."""
    quiz, asked = session
    sent = [f"{request.url} {request.post_data}" for request in asked]
    options = {one for some in CLEAR.values() for one in some if "_" in one}  # no other words
    assert [it for it in sent if any(word in it for word in ("Anna", *options))] == []
    assert [it for it in quiz.server.requests if "?" in it] == []


def test_a_strict_policy_is_enough(quiz: Quiz) -> None:
    """An organisation may forbid everything else: the browser itself then keeps answers in."""
    quiz.server.headers["Content-Security-Policy"] = POLICY
    quiz.server.errors_expected = True  # the theme's own scripts and styles are forbidden, too
    quiz.open()
    quiz.answer_anything()
    assert len(quiz.answers()) == 1


def test_a_worker_that_asks_another_origin_is_noticed(quiz: Quiz) -> None:
    """The rule above, which every test here checks at its end, sees into workers."""
    quiz.server.errors_expected = True  # the browser logs that nobody answers there
    quiz.open()
    quiz.page.evaluate(ASK_ELSEWHERE)
    assert quiz.server.strangers == ["http://elsewhere.example/"]
    quiz.server.strangers.clear()
