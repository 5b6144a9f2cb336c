"""Every state of the quiz, and how a reader comes there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect

from cxquiz.classifier import verdict
from cxquiz.classifier.reading import assess
from cxquiz.comparison.comparison import CHANGES, Voice, compare
from cxquiz.comparison.mirror import mirrored
from cxquiz.quiz.links import ASK, link_to
from cxquiz.quiz.session import Session
from tests.browser.relationships import keep
from tests.cxquiz.examples import MODEL, met, somebody

if TYPE_CHECKING:
    from collections.abc import Callable

    from cxquiz.classifier.answers import Answers
    from tests.browser.quiz import Quiz

CLEAR: Final = somebody(
    lambda given: (
        assess(MODEL, given).verdict == verdict.CLEAR and given.keys() == met(given).keys()
    )
)
"""Answers with a clear reading, to all that the quiz asks who gives them."""

ONE: Final = [name for name in CLEAR if MODEL.questions[name].kind == "one"][-1]
"""A question among them that takes one option."""
GIVEN: Final = CLEAR[ONE][0]
"""The option that was chosen there."""
OTHER: Final = next(option for option in MODEL.questions[ONE].options if option != GIVEN)
"""Another one."""

TWO_READINGS: Final = somebody(
    lambda given: (
        assess(MODEL, given).verdict == verdict.TWO_READINGS
        and compare(MODEL, [Voice("one", given), Voice("other", CLEAR)]).in_state(CHANGES)
    )
)
"""Answers with two readings, that differ from those above in what changes a reading."""

TOO_LITTLE: Final = dict([*CLEAR.items()][:1])
"""An answer that is not enough to say anything."""


def _name_it(quiz: Quiz) -> None:
    quiz.field("name").fill("The city library")
    quiz.field("work").fill("The reading room's new catalogue")


def _first(quiz: Quiz) -> None:
    expect(quiz.field("name")).to_be_visible()


def _middle(quiz: Quiz) -> None:
    _name_it(quiz)
    for _ in range(5):
        quiz.answer_anything()
    quiz.choose(quiz.first_option())


def _error(quiz: Quiz) -> None:
    _name_it(quiz)
    quiz.answer_anything()
    quiz.button("continue_button").click()
    expect(quiz.errors).to_be_focused()


def _last(quiz: Quiz) -> None:
    _name_it(quiz)
    quiz.go_to_last(CLEAR)


def _clear(quiz: Quiz) -> None:
    _name_it(quiz)
    quiz.go_to_result(CLEAR)
    expect(quiz.element.locator(".cx-verdict--clear")).to_be_visible()


def _two_readings(quiz: Quiz) -> None:
    _name_it(quiz)
    quiz.go_to_result(TWO_READINGS)
    expect(quiz.element.locator(".cx-verdict--two-readings")).to_be_visible()


def _not_enough(quiz: Quiz) -> None:
    quiz.go_to_result(TOO_LITTLE)
    expect(quiz.element.locator(".cx-verdict--not-enough")).to_be_visible()


def _nothing(quiz: Quiz) -> None:
    quiz.go_to_result({})
    expect(quiz.heading).to_have_text(quiz.model.say("result_none_title"))


def _link(answers: Answers, purpose: str = "") -> str:
    return link_to(MODEL, Session(entries=answers), purpose)


def _shared(quiz: Quiz) -> None:
    quiz.go_to_result(CLEAR)
    quiz.element.get_by_text(quiz.model.say("share_title")).click()
    expect(quiz.element.get_by_label(quiz.model.say("share_label"), exact=True)).to_be_visible()


def _invited(quiz: Quiz) -> None:
    quiz.follow(_link(TWO_READINGS, ASK))
    expect(quiz.heading).to_have_text(quiz.model.say("invited_title"))


def _both_sides(quiz: Quiz) -> None:
    _invited(quiz)
    invited = quiz.with_model(mirrored(quiz.model))
    invited.press("invited_button")
    invited.go_to_result(CLEAR)
    expect(quiz.heading).to_have_text(quiz.model.say("both_title"))


def _team(quiz: Quiz) -> None:
    quiz.follow(_link(TWO_READINGS))
    quiz.element.get_by_text(quiz.model.say("share_title")).click()
    quiz.press("others_button")
    links = "\n".join(map(_link, (CLEAR, CLEAR, TOO_LITTLE)))
    quiz.element.get_by_label(quiz.model.say("add_label")).fill(links)
    quiz.button("add_button").click()
    expect(quiz.element).to_contain_text(quiz.model.say("differ_changes_title"))
    expect(quiz.button("people_save")).to_be_visible()


def _relationships(quiz: Quiz) -> None:
    _name_it(quiz)
    quiz.go_to_result(CLEAR)
    quiz.press("mine_keep_button")
    expect(quiz.heading).to_have_text(quiz.model.say("mine_title"))
    expect(quiz.element.locator(".cx-map")).to_be_visible()


RUNNING_STATES: Final[dict[str, Callable[[Quiz], None]]] = {
    "first question": _first,
    "question in the middle": _middle,
    "error": _error,
    "last page": _last,
    "clear reading": _clear,
    "two readings": _two_readings,
    "not enough to say": _not_enough,
    "nothing answered": _nothing,
    "a shared result": _shared,
    "asked for the other side": _invited,
    "both sides": _both_sides,
    "several people": _team,
    "my relationships": _relationships,
}
"""States that one page with Python running can take on, one after another."""


def _loading(quiz: Quiz) -> None:
    quiz.server.hold("*.wasm.zst")
    quiz.open()
    quiz.choose(quiz.first_option())
    quiz.button("continue_button").click()
    expect(quiz.status).to_contain_text(quiz.model.say("loading_kept"))


def _failure(quiz: Quiz) -> None:
    quiz.server.miss("*.wasm.zst")
    quiz.open()
    quiz.choose(quiz.first_option())
    quiz.button("continue_button").click()
    expect(quiz.failure).to_be_focused()


def _kept_answers(quiz: Quiz) -> None:
    quiz.open()
    quiz.keep('{"answers": {"format": 1, "answers": [["organisation", ["same"]]]}}')
    expect(quiz.button("resume_button")).to_be_visible()


def _paper(quiz: Quiz) -> None:
    quiz.open()
    quiz.page.get_by_role("link", name=quiz.model.say("paper_link")).click()
    expect(quiz.table).to_be_visible()


def _storage_refused(quiz: Quiz) -> None:
    quiz.page.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };"
    )
    quiz.open()
    quiz.field("name").fill("The city library")
    expect(quiz.notice).to_have_text(quiz.model.say("storage_notice"))


def _larger_map(quiz: Quiz) -> None:
    keep(quiz, 12)
    quiz.button("mine_larger").click()
    expect(quiz.button("mine_larger_close")).to_be_visible()


PAGE_STATES: Final[dict[str, Callable[[Quiz], None]]] = {
    "loading": _loading,
    "failure": _failure,
    "answers kept without their screen": _kept_answers,
    "on paper": _paper,
    "storage refused": _storage_refused,
    "the map in the whole window": _larger_map,
}
"""States that take a page of their own."""
