"""The quiz on a page, as its reader uses it."""

from __future__ import annotations

import json
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from playwright.sync_api import Locator, Page, expect

from cxquiz.model.types import NOT_SURE
from cxquiz.quiz.session import LAST
from tests.browser.server import SUB_PATH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cxquiz.model.types import Model
    from tests.browser.server import SiteServer

READING: Final = "ideas/money/"
"""A page that readers open to read: Python starts there at a sign of intent alone."""

DESKTOP: Final = (1280, 800)
PHONE: Final = (375, 667)

STORAGE_KEY: Final = f"cxquiz:{SUB_PATH}:session"
"""Where the page keeps the session."""


# Where the focus is, whether it is marked, and whether it can be seen: the element's ends (of a
# choice: of its whole row) are inside the window, and nothing that floats lies upon them.
_FOCUSED: Final = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame().then(frame); // what floats appears after the page has scrolled
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const row = element.closest(".cx-choice") ?? element;
  const box = row.getBoundingClientRect();
  const places = box.height > innerHeight / 2 ? [] : [box.top + 1, box.bottom - 2].flatMap(
    (y) => [box.left + 4, (box.left + box.right) / 2, box.right - 4].map((x) => [x, y]));
  return {
    element: element.outerHTML.slice(0, 120),
    marked: [element, row].some((it) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(it);
      return outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
    }),
    seen: Boolean(element.closest(".md-header, .md-skip")) || places.every(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top !== null && (element.contains(top) || !top.closest(".md-header, .md-top"));
    }),
  };
}"""


@dataclass(frozen=True)
class Focused:
    """What has the focus, whether that is marked, and whether it can be seen."""

    element: str
    marked: bool
    seen: bool


class Quiz:
    """The quiz on a page.

    It finds things by what a reader sees or hears: by role and by the model's wording, so
    that a changed sentence changes no test. Only the current screen is told by the form's
    hidden field.
    """

    def __init__(
        self, page: Page, server: SiteServer, model: Model, sub_path: str = SUB_PATH
    ) -> None:
        """Watch a page.

        Args:
            page: The page.
            server: The server that it comes from.
            model: The model that the site was built with.
            sub_path: Where the site stands on the server.
        """
        self.page = page
        self.root = server.origin + sub_path
        self.server = server
        self.model = model
        self.element = page.locator("cx-quiz")
        self.status = self.element.locator("[data-cx=status]")
        self.notice = self.element.locator("[data-cx=notice]")
        self.paper = page.get_by_role("region", name=model.say("paper_title"))
        self.screen = self.element.locator("input[name=cx-screen]")
        self.heading = self.element.locator("#cx-focus")
        self.errors = self.element.locator("#cx-errors")
        self.choices = self.element.locator(".cx-choice input")
        self.failure = self.element.get_by_role("heading", name=model.say("failure_title"))
        self.table = page.get_by_role("table", name=model.say("glance_title"))

    def with_model(self, model: Model) -> Quiz:
        """Return the same quiz, as somebody finds it who is asked the questions of a model."""
        quiz = copy(self)
        quiz.model = model
        return quiz

    # What it shows

    @property
    def shown(self) -> str:
        """The id of the screen that is shown."""
        return self.screen.input_value()

    def button(self, wording: str) -> Locator:
        """Return the button with that wording (its key in the model)."""
        return self.element.get_by_role("button", name=self.model.say(wording), exact=True)

    def change_button(self, question: str) -> Locator:
        """Return the button that leads to an answer given before."""
        short = self.model.question(question).short
        name = self.model.say("change_button_about", question=short)
        return self.element.get_by_role("button", name=name)

    def field(self, question: str) -> Locator:
        """Return the field of an unscored question."""
        return self.element.get_by_label(self.model.context[question].text)

    def choice(self, option: str) -> Locator:
        """Return the radio button or checkbox of an option of the question that is shown."""
        options = self.model.questions[self.shown].options
        text = self.model.say("not_sure") if option == NOT_SURE else options[option].text
        return self.element.get_by_label(text, exact=True)

    def answers(self) -> list[str]:
        """Return the rows of "your answers so far", each as one line."""
        rows = self.element.locator(".cx-answers__row").all_inner_texts()
        return [" ".join(row.split()) for row in rows]

    def first_option(self) -> str:
        """Return the id of the first option of the question that is shown."""
        return next(iter(self.model.questions[self.shown].options))

    def focused(self) -> Focused | None:
        """Return what has the focus; nothing where that is the page as a whole."""
        found = self.page.evaluate(_FOCUSED)
        return Focused(**found) if found else None

    # What a reader does

    def open(self, path: str = "quiz/") -> None:
        """Open a page of the site."""
        self.page.goto(self.root + path)

    def follow(self, fragment: str) -> None:
        """Follow a link to answers, from the page that is open, and wait until it is opened."""
        self.page.evaluate("fragment => { location.hash = fragment; }", fragment)
        self.page.wait_for_function("!location.hash")

    def choose(self, *options: str) -> None:
        """Choose options of the question that is shown."""
        for option in options:
            self.choice(option).check()

    def press(self, wording: str) -> None:
        """Press a button that leads to another screen, and wait until it is there."""
        self.go_by(self.button(wording))

    def go_by(self, button: Locator) -> None:
        """Press a button that leads to another screen, and wait until it is there."""
        # Python may still be making the screen that the button stands on.
        expect(button).to_be_visible()
        before = self.shown
        button.click()
        expect(self.screen).not_to_have_value(before)

    def answer(self, *options: str) -> None:
        """Choose options, press Continue, and wait for the next screen."""
        self.choose(*options)
        self.press("continue_button")

    def answer_anything(self) -> None:
        """Give the first answer that there is, and go on."""
        self.answer(self.first_option())

    def go_on(self, answers: Mapping[str, Sequence[str]]) -> None:
        """Answer these questions and skip the others, as long as any is asked."""
        while (question := self.shown) in self.model.questions:
            if question in answers:
                self.answer(*answers[question])
            else:
                self.press("skip_button")

    def go_to_last(self, answers: Mapping[str, Sequence[str]]) -> None:
        """Answer these questions, skip the others, and come to the optional last page."""
        self.go_on(answers)
        expect(self.screen).to_have_value(LAST)

    def go_to_result(self, answers: Mapping[str, Sequence[str]]) -> None:
        """Answer these questions, skip the others, and come to the result."""
        self.go_to_last(answers)
        self.press("show_result_button")

    # What only a test does

    def begin_anew(self) -> None:
        """Throw the answers away on the page that is open, with Python running on.

        It sends what "Not now" sends; that button stands only where somebody asked.
        """
        self.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        self.page.emulate_media(color_scheme="light", forced_colors="none", media="screen")
        self.element.evaluate(
            """quiz => {
              const form = document.createElement("form");
              form.id = "begin-anew";
              form.innerHTML =
                '<input name="cx-action" value="restart"><input name="cx-screen" value="invited">';
              quiz.querySelector("[data-cx=screen]").replaceChildren(form);
              form.requestSubmit();
            }"""
        )
        expect(self.screen).not_to_have_value("invited")
        self.page.evaluate("scrollTo(0, 0); document.activeElement.blur()")

    def kept(self) -> dict[str, Any]:
        """Return what the browser keeps."""
        kept = self.page.evaluate("key => localStorage.getItem(key)", STORAGE_KEY)
        return dict(json.loads(kept)) if kept else {}

    def keep(self, value: str) -> None:
        """Put a value where the browser keeps the session, and open the page anew."""
        self.page.evaluate(
            "([key, value]) => localStorage.setItem(key, value)", [STORAGE_KEY, value]
        )
        self.page.reload()

    def catch_up(self) -> None:
        """Let the server answer once more: what the page has asked before is in its log then."""
        self.page.evaluate("fetch(document.baseURI, { cache: 'no-store' }).then((it) => it.text())")

    def python_requests(self) -> list[str]:
        """Return the requests so far that belong to Python."""
        patterns = ("*/quiz/worker.mjs", "*/quiz/runtime/*")
        return [path for pattern in patterns for path in self.server.asked_for(pattern)]
