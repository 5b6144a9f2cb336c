"""Every state of the quiz by the rules for accessible pages (WCAG 2.2 AA)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.quiz import DESKTOP, PHONE
from tests.browser.states import PAGE_STATES, RUNNING_STATES
from tests.browser.test_journey import NOT_FOUND, PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.conftest import OpenQuiz
    from tests.browser.quiz import Quiz

pytestmark = pytest.mark.browser

Scheme = Literal["light", "dark"]

SCHEMES: Final[dict[Scheme, str]] = {"light": "default", "dark": "slate"}
"""The names that Material gives to the colour schemes."""

STATES: Final = {**RUNNING_STATES, **PAGE_STATES}

ALL_PAGES: Final = "reference/everything/"
"""It has the texts of all others. Contrast is measured on those; here it would take minutes."""

NARROW: Final = 320

# What a finger must hit: of a choice that is its label, and as that is hit most, it is larger.
# A link in a sentence is exempt.
SMALL_TARGETS: Final = """block => {
  const targets = block.querySelectorAll(
    "button, summary, select, input[type=text], .cx-choice label, .cx-errors a, .cx-actions a");
  return [...targets]
    .map((target) => [target, target.getBoundingClientRect()])
    .filter(([target, { width, height }]) => {
      const least = target.closest(".cx-choice") ? 44 : 24;
      return width > 0 && (width < least || height < least);
    })
    .map(([target, { width, height }]) =>
      `${Math.round(width)} x ${Math.round(height)}: ${target.outerHTML.slice(0, 120)}`);
}"""


def set_size(page: Page, size: tuple[int, int]) -> None:
    """Set the window's size."""
    page.set_viewport_size({"width": size[0], "height": size[1]})


def violations(
    page: Page, scheme: Scheme, size: tuple[int, int], *, contrast: bool = True
) -> list[str]:
    """Return what axe finds in a colour scheme at a size."""
    page.emulate_media(color_scheme=scheme)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", SCHEMES[scheme])
    set_size(page, size)
    options = {
        "rules": {"color-contrast": {"enabled": contrast}},
        "resultTypes": ["violations"],  # of all that passes, one is enough
    }
    return [
        f"{scheme}, {size[0]} px: {violation['id']} {node['target']} {node['html'][:200]}"
        for violation in Axe().run(page, options=options).response["violations"]
        for node in violation["nodes"]
    ]


def wider_than_the_window(page: Page) -> str:
    """Return what scrolls sideways at the width of a page at 400 %, or nothing."""
    set_size(page, (NARROW, 640))
    width = page.evaluate("document.scrollingElement.scrollWidth")
    return "" if width <= NARROW else f"{page.url}: {width} px"


@pytest.fixture(scope="module", params=STATES.values(), ids=list(STATES))
def in_state(request: pytest.FixtureRequest, open_quiz: OpenQuiz) -> Iterator[Quiz]:
    """A quiz in each of its states."""
    if request.param in RUNNING_STATES.values():
        quiz: Quiz = request.getfixturevalue("shared_quiz")
        quiz.begin_anew()
        request.param(quiz)
        yield quiz
    else:
        with open_quiz() as quiz:
            request.param(quiz)
            yield quiz


class TestStates:
    """Rule: each state of the quiz can be seen, read and operated by everybody."""

    def test_axe_finds_nothing(self, in_state: Quiz) -> None:
        """Nobody is shut out by names, roles, contrast or structure."""
        found = [
            violation
            for scheme in SCHEMES
            for size in (DESKTOP, PHONE)
            for violation in violations(in_state.page, scheme, size)
        ]
        assert found == []

    def test_nothing_scrolls_sideways(self, in_state: Quiz) -> None:
        """Who enlarges the page four times reads down, not to and fro."""
        assert wider_than_the_window(in_state.page) == ""

    def test_targets_are_large_enough(self, in_state: Quiz) -> None:
        """Who has unsteady hands hits what they aim at."""
        set_size(in_state.page, PHONE)
        assert in_state.page.locator(".cx-block").evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("place", [*PAGES, NOT_FOUND])
def test_axe_finds_nothing_on_any_page(quiz: Quiz, place: str) -> None:
    """What stands around the quiz is as accessible as the quiz."""
    quiz.open(place)
    contrast = place != ALL_PAGES
    found = [
        *violations(quiz.page, "light", DESKTOP, contrast=contrast),
        *violations(quiz.page, "dark", PHONE, contrast=contrast),
    ]
    assert found == []


def test_no_page_scrolls_sideways(quiz: Quiz) -> None:
    """Who enlarges a page four times reads down, not to and fro."""
    found = []
    for place in (*PAGES, NOT_FOUND):
        quiz.open(place)
        found.append(wider_than_the_window(quiz.page))
    assert [page for page in found if page] == []
