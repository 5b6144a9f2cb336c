"""Relationships that a reader keeps, put into their browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect

from cxquiz.formats.portfolio_json import to_text
from cxquiz.portfolio.portfolio import Kept, version
from tests.browser.server import SUB_PATH
from tests.cxquiz.examples import ideal_answers

if TYPE_CHECKING:
    from cxquiz.model.types import Model
    from cxquiz.portfolio.portfolio import Portfolio
    from tests.browser.quiz import Quiz

KEY: Final = f"cxquiz:{SUB_PATH}:relationships"
"""Where the page keeps them."""


def many(model: Model, count: int) -> Portfolio:
    """Return so many relationships, of all kinds, some of them reached through others."""
    labels = list(model.relationships)
    return tuple(
        Kept(
            f"r{number}",
            f"Party number {number}",
            version(model, ideal_answers(model, labels[number % len(labels)]), kept="2026-01-31"),
            via=f"r{number - 1}" if number % 6 == 5 else "",
        )
        for number in range(count)
    )


def keep(quiz: Quiz, count: int) -> None:
    """Put so many relationships into the browser, and show them."""
    quiz.open()
    text = to_text(many(quiz.model, count))
    quiz.page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
    quiz.page.reload()
    quiz.element.locator("[data-cx=mine]").click()
    expect(quiz.heading).to_have_text(quiz.model.say("mine_title"))
