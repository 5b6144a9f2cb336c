"""Nothing leaves the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.browser.states import SUPPLIER

if TYPE_CHECKING:
    from tests.browser.quiz import Quiz

pytestmark = pytest.mark.browser

# Asks another origin from inside a worker.
ASK_ELSEWHERE: Final = """() => new Promise((done) => {
  const code = "fetch('http://elsewhere.example/').catch(() => {}).then(() => postMessage(0))";
  new Worker(URL.createObjectURL(new Blob([code]))).onmessage = done;
})"""


def test_a_whole_session_asks_no_other_origin(quiz: Quiz) -> None:
    """No font, script or package comes from elsewhere, neither for the page nor the worker."""
    asked: list[str] = []
    quiz.page.context.on("request", lambda request: asked.append(request.url))
    quiz.open("")
    quiz.open()
    quiz.field("name").fill("The city library")
    quiz.go_to_result(SUPPLIER)
    assert [url for url in asked if not url.startswith((quiz.root, "blob:", "data:"))] == []
    assert any(url.endswith(".wasm") for url in asked)
    assert quiz.server.strangers == []


def test_a_worker_that_asks_another_origin_is_noticed(quiz: Quiz) -> None:
    """The rule above, which every test here checks at its end, sees into workers."""
    quiz.server.errors_expected = True  # the browser logs that nobody answers there
    quiz.open()
    quiz.page.evaluate(ASK_ELSEWHERE)
    assert quiz.server.strangers == ["http://elsewhere.example/"]
    quiz.server.strangers.clear()


def test_no_answer_is_in_any_request(quiz: Quiz) -> None:
    """What a reader types about people and work stays with the reader."""
    sent: list[str] = []
    quiz.page.context.on(
        "request", lambda request: sent.append(f"{request.url} {request.post_data}")
    )
    quiz.open()
    quiz.field("name").fill("Anna-Private")
    quiz.go_to_result(SUPPLIER)
    assert [it for it in sent if "Anna" in it or "we_pay" in it] == []
    assert [it for it in quiz.server.requests if "?" in it] == []
