"""A browser, the built site on a server, and the quiz on it.

Two rules hold for every test here and are checked when it ends: nothing was asked of another
origin, and (unless the test made something go wrong) the page logged no error.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import expect

from tests.browser.quiz import DESKTOP, Quiz
from tests.browser.server import SiteServer

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from cxquiz.model.types import Model

BROWSERS: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The commands by which a machine's own Chromium goes; the first has no window, and is quicker."""

TIMEOUT: Final = 30_000
"""How long, in milliseconds, to wait for anything: a start of Python on a busy machine."""

expect.set_options(timeout=TIMEOUT)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Take the machine's own Chromium where there is one, else Playwright's."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    arguments = [
        # WebAssembly is compiled once, and quickly: no test runs so long that better code pays.
        "--js-flags=--liftoff-only",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")  # Chromium does not start as root otherwise
    own = {"args": arguments, **({"executable_path": found} if found else {})}
    return {**own, **browser_type_launch_args}


@pytest.fixture
def server(site: Path) -> Iterator[SiteServer]:
    """The site on a server, and so an origin, of the test's own."""
    with SiteServer(site) as server:
        yield server


def context_args(server: SiteServer) -> dict[str, Any]:
    """Return how a reader's browser is set up."""
    return {
        "proxy": {"server": server.origin, "bypass": "127.0.0.1"},
        "reduced_motion": "reduce",  # else colours fade while they are measured
        "viewport": {"width": DESKTOP[0], "height": DESKTOP[1]},
    }


@contextmanager
def watched(context: BrowserContext, server: SiteServer) -> Iterator[None]:
    """Watch whatever a browser does, and say at the end what it should not have done."""
    problems: list[str] = []
    context.set_default_timeout(TIMEOUT)
    context.on("weberror", lambda error: problems.append(str(error.error)))
    context.on(
        "console",
        lambda message: problems.append(message.text) if message.type == "error" else None,
    )
    yield
    assert server.strangers == [], "another origin was asked"
    assert server.errors_expected or problems == [], "the page logged errors"


@pytest.fixture
def browser_context_args(
    browser_context_args: dict[str, Any], server: SiteServer
) -> dict[str, Any]:
    """Set up the browser of one test."""
    return {**browser_context_args, **context_args(server)}


@pytest.fixture
def context(context: BrowserContext, server: SiteServer) -> Iterator[BrowserContext]:
    """The browser of one test, watched."""
    with watched(context, server):
        yield context


@pytest.fixture
def quiz(page: Page, server: SiteServer, model: Model) -> Quiz:
    """The quiz in a browser of the test's own, with no page open yet."""
    return Quiz(page, server, model)


OpenQuiz = Callable[[], AbstractContextManager[Quiz]]
"""Opens a quiz in a browser of its own, for fixtures that outlive a test."""


@pytest.fixture(scope="session")
def open_quiz(browser: Browser, site: Path, model: Model) -> OpenQuiz:
    """A way to open a quiz in a browser of its own; no page is open in it yet."""

    @contextmanager
    def opened() -> Iterator[Quiz]:
        with (
            SiteServer(site) as server,
            browser.new_context(**context_args(server)) as context,
            watched(context, server),
        ):
            yield Quiz(context.new_page(), server, model)

    return opened


@pytest.fixture(scope="session")
def shared_quiz(open_quiz: OpenQuiz) -> Iterator[Quiz]:
    """A quiz page for all tests that need no page of their own."""
    with open_quiz() as quiz:
        quiz.open()
        yield quiz


@pytest.fixture
def running(shared_quiz: Quiz) -> Iterator[Quiz]:
    """A quiz without answers on which Python runs: one for all tests.

    A start of Python takes seconds, so a test that uses this neither leaves the page nor
    sets faults.
    """
    shared_quiz.begin_anew()
    yield shared_quiz
    errors = shared_quiz.page.page_errors()
    shared_quiz.page.clear_page_errors()
    assert errors == []
