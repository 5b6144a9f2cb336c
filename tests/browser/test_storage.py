"""What the browser keeps: what if it refuses, and what if somebody else has written it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import expect

from tests.browser.states import CLEAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.browser.conftest import OpenQuiz
    from tests.browser.quiz import Quiz

pytestmark = pytest.mark.browser

NAME: Final = """<img src=x onerror="pwned = 1"> & "O'Hara" </p><script>pwned = 1</script>"""

FULL: Final = """() => {
  for (let size = 2 ** 22; size >= 1; size /= 2) {
    try {
      for (let n = 0; ; n++) localStorage.setItem(`full-${size}-${n}`, "x".repeat(size));
    } catch {}
  }
}"""

FORBIDDEN: Final = """
const refuse = () => { throw new DOMException("The request was denied.", "SecurityError"); };
Storage.prototype.getItem = refuse;
Storage.prototype.setItem = refuse;
"""

# What must never come from storage into the page.
FOREIGN: Final = """quiz => [
  ...quiz.querySelectorAll("script, iframe, object, embed, img, svg, math, style, link, base"),
  ...[...quiz.querySelectorAll("*")].filter((element) =>
    [...element.attributes].some(({ name, value }) =>
      name.startsWith("on") || name === "style" || name === "formaction" ||
      (["href", "action", "src"].includes(name) &&
        new URL(value, document.baseURI).origin !== location.origin))),
].map((element) => element.outerHTML)"""

FORM: Final = '<form class="cx-form"><p class="cx-step">{}</p></form>'

MARKUP: Final = {
    "script": "<script>pwned = 1</script>",
    "event handler": '<p onclick="pwned = 1" onmouseover="pwned = 1">Press</p>',
    "broken image": '<img src="x" onerror="pwned = 1">',
    "javascript link": '<a href="javascript:pwned = 1">Go on</a>',
    "javascript link in disguise": '<a href=" java&Tab;script&colon;pwned = 1">Go on</a>',
    "foreign link": '<a href="https://elsewhere.example/">Go on</a>',
    "foreign link without scheme": '<a href="//elsewhere.example/">Go on</a>',
    "address that is none": '<a href="http://[">Go on</a>',
    "link to a site next door": '<a href="/other/">Go on</a>',
    "foreign form": '<form action="https://elsewhere.example/"><input name="name"></form>',
    "foreign button": '<button formaction="https://elsewhere.example/">Go on</button>',
    "frame": '<iframe srcdoc="<script>parent.pwned = 1</script>"></iframe>',
    "vector image": '<svg onload="pwned = 1"><a href="javascript:pwned = 1"></a></svg>',
    "style": '<p style="position: fixed; inset: 0">Over everything</p>',
    "parser's trap": '<noscript><p id="</noscript><img src=x onerror=pwned=1>"></noscript>',
}

VALUES: Final[dict[str, Any]] = {
    "null": None,
    "number": 42,
    "text": "text",
    "list": [1, 2],
    "html of a wrong kind": {"html": {"length": 1}},
    "title of a wrong kind": {"html": FORM.format("A"), "title": {"toString": None}},
    "form that hides its elements": {
        "html": '<form><input name="elements"></form>',
        "draft": [["name", "A"]],
    },
    "draft of a wrong kind": {"draft": "name"},
    "draft with empty rows": {"draft": [None, 1, [], ["name"]]},
    "draft with rows of a wrong kind": {"draft": [["name", {"toString": None, "valueOf": None}]]},
}


class TestRefused:
    """Rule: a browser that keeps nothing is told of, and the quiz works without it."""

    def test_storage_that_is_full(self, quiz: Quiz) -> None:
        """The reader knows that a reload would lose the answers, and can go on."""
        quiz.open()
        quiz.page.evaluate(FULL)
        quiz.field("name").fill("The city library")
        expect(quiz.notice).to_have_text(quiz.model.say("storage_notice"))
        quiz.answer_anything()
        expect(quiz.notice).to_have_text(quiz.model.say("storage_notice"))

    def test_it_is_said_once(self, quiz: Quiz) -> None:
        """A screen reader does not repeat with each question what cannot be helped."""
        quiz.page.add_init_script(FORBIDDEN)
        quiz.server.errors_expected = True
        quiz.open()
        quiz.field("name").fill("The city library")
        quiz.notice.locator("p").evaluate("said => { said.dataset.said = 'before'; }")
        for _ in range(2):
            quiz.answer_anything()
        expect(quiz.notice.locator("p")).to_have_attribute("data-said", "before")

    def test_storage_that_is_forbidden(self, quiz: Quiz) -> None:
        """Some organisations switch storage off; the quiz works there."""
        quiz.page.add_init_script(FORBIDDEN)
        quiz.server.errors_expected = True  # Material itself logs that it cannot keep its palette
        quiz.open()
        quiz.answer_anything()
        expect(quiz.notice).to_have_text(quiz.model.say("storage_notice"))
        quiz.answer_anything()
        assert len(quiz.answers()) == 2


@pytest.fixture(scope="module")
def one_page(open_quiz: OpenQuiz) -> Iterator[Quiz]:
    """A quiz page for all tests of what others wrote; each of them checks its errors itself."""
    with open_quiz() as quiz:
        quiz.server.errors_expected = True
        quiz.open()
        yield quiz


class TestWrittenByOthers:
    """Rule: what is read from storage can neither break the quiz nor become markup of its own."""

    def keep(self, quiz: Quiz, value: object) -> None:
        """Put a value into storage as if the quiz had kept it, and come back."""
        if isinstance(value, dict):
            runtime = quiz.element.get_attribute("runtime")
            value = {"build": runtime, "answers": None, "title": "", "draft": [], **value}
        quiz.keep(value if isinstance(value, str) else json.dumps(value))

    def expect_harmless(self, quiz: Quiz) -> None:
        """Expect a quiz that has started without an error and without foreign markup."""
        quiz.page.wait_for_function("customElements.get('cx-quiz') !== undefined")
        errors = quiz.page.page_errors(filter="since-navigation")
        assert [str(error) for error in errors] == []
        assert quiz.element.evaluate(FOREIGN) == []
        assert not quiz.page.evaluate("'pwned' in window")

    @pytest.mark.parametrize("html", MARKUP.values(), ids=MARKUP.keys())
    def test_markup_that_is_no_screen_is_not_shown(self, one_page: Quiz, html: str) -> None:
        """A page of the same origin cannot put its own words, links or scripts into the quiz."""
        self.keep(one_page, {"html": FORM.format("") + html, "draft": [["name", "A"]]})
        self.expect_harmless(one_page)
        expect(one_page.button("continue_button")).to_be_visible()

    @pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
    def test_rubbish_leaves_a_quiz_that_starts(self, one_page: Quiz, value: object) -> None:
        """Whatever an older version or an extension has left there, the quiz still opens."""
        self.keep(one_page, value)
        self.expect_harmless(one_page)

    def test_text_that_is_no_json_leaves_a_quiz_that_works(self, one_page: Quiz) -> None:
        """Half a value, as a browser that crashed may leave it, does no harm."""
        self.keep(one_page, '{"answers": {"form')
        one_page.answer_anything()
        assert len(one_page.answers()) == 1

    def test_answers_that_fit_nothing_are_left_out_with_a_word(self, one_page: Quiz) -> None:
        """Python looks at kept answers as at any others, and says what it cannot use."""
        rows = [["name", ["<img src=x onerror='pwned = 1'>"]], ["<b>no</b>", ["x"]], 7, [[]]]
        self.keep(one_page, {"answers": {"format": 1, "answers": rows}})
        one_page.button("resume_button").click()
        expect(one_page.element).to_contain_text("<b>no</b>")
        self.expect_harmless(one_page)

    def test_a_good_screen_is_shown(self, one_page: Quiz) -> None:
        """The tests above would prove nothing if no kept screen were shown at all."""
        self.keep(one_page, {"html": FORM.format("Kept from before")})
        expect(one_page.element).to_contain_text("Kept from before")


def test_what_a_reader_types_is_text(running: Quiz) -> None:
    """A name is shown as it was typed, on every screen, whatever it looks like."""
    running.field("name").fill(NAME)
    running.answer_anything()
    expect(running.element.get_by_text(NAME, exact=True)).to_be_visible()
    running.go_to_result(CLEAR)
    expect(running.element.get_by_text(NAME, exact=True)).to_be_visible()
    assert running.element.evaluate(FOREIGN) == []


def test_what_a_reader_typed_is_text_after_a_reload(quiz: Quiz) -> None:
    """The kept screen is as safe as the fresh one."""
    quiz.open()
    quiz.field("name").fill(NAME)
    quiz.answer_anything()
    quiz.page.reload()
    expect(quiz.element.get_by_text(NAME, exact=True)).to_be_visible()
    assert quiz.element.evaluate(FOREIGN) == []
