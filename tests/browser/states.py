"""Every state of the quiz, and how a reader comes there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect

from cxquiz.authoring.model_file import load_model
from cxquiz.comparison.mirror import mirrored
from cxquiz.quiz.links import ASK, link_to
from cxquiz.quiz.session import Session
from tests.browser.relationships import keep

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tests.browser.quiz import Quiz

SUPPLIER: Final = {
    "organisation": ["different"],
    "use": ["none"],
    "money": ["we_pay"],
    "buying": ["none"],
    "direction": ["for_us"],
    "failure": ["separate"],
    "decisions": ["we"],
    "reporting": ["no"],
    "oversight": ["none"],
    "distance": ["direct"],
}
"""Answers with a clear reading."""

CUSTOMER_OR_PARTNER: Final = {
    "organisation": ["different"],
    "use": ["use"],
    "money": ["trade"],
    "buying": ["sign"],
    "direction": ["together"],
    "failure": ["both"],
    "decisions": ["together"],
    "reporting": ["no"],
    "oversight": ["none"],
    "distance": ["direct"],
}
"""Answers with two readings."""

TOO_LITTLE: Final = {"organisation": ["different"], "use": ["pass_on"]}
"""Answers that are not enough to say anything."""


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
    quiz.go_to_last(SUPPLIER)


def _clear(quiz: Quiz) -> None:
    _name_it(quiz)
    quiz.go_to_result(SUPPLIER)
    expect(quiz.element.locator(".cx-verdict--clear")).to_be_visible()


def _two_readings(quiz: Quiz) -> None:
    _name_it(quiz)
    quiz.go_to_result(CUSTOMER_OR_PARTNER)
    expect(quiz.element.locator(".cx-verdict--two-readings")).to_be_visible()


def _not_enough(quiz: Quiz) -> None:
    quiz.go_to_result(TOO_LITTLE)
    expect(quiz.element.locator(".cx-verdict--not-enough")).to_be_visible()


def _nothing(quiz: Quiz) -> None:
    quiz.go_to_result({})
    expect(quiz.heading).to_have_text(quiz.model.say("result_none_title"))


def _link(answers: Mapping[str, Sequence[str]], purpose: str = "") -> str:
    entries = {question: tuple(options) for question, options in answers.items()}
    return link_to(load_model(), Session(entries=entries), purpose)


def _shared(quiz: Quiz) -> None:
    quiz.go_to_result(SUPPLIER)
    quiz.element.get_by_text(quiz.model.say("share_title")).click()
    expect(quiz.element.get_by_label(quiz.model.say("share_label"), exact=True)).to_be_visible()


def _invited(quiz: Quiz) -> None:
    quiz.follow(_link(CUSTOMER_OR_PARTNER, ASK))
    expect(quiz.heading).to_have_text(quiz.model.say("invited_title"))


def _both_sides(quiz: Quiz) -> None:
    _invited(quiz)
    invited = quiz.with_model(mirrored(quiz.model))
    invited.press("invited_button")
    for _ in range(5):
        invited.answer_anything()
    invited.press("show_now_button")
    expect(quiz.heading).to_have_text(quiz.model.say("both_title"))


def _team(quiz: Quiz) -> None:
    quiz.follow(_link(CUSTOMER_OR_PARTNER))
    quiz.element.get_by_text(quiz.model.say("share_title")).click()
    quiz.press("others_button")
    links = "\n".join(map(_link, (SUPPLIER, SUPPLIER, TOO_LITTLE)))
    quiz.element.get_by_label(quiz.model.say("add_label")).fill(links)
    quiz.button("add_button").click()
    expect(quiz.element).to_contain_text(quiz.model.say("differ_changes_title"))
    expect(quiz.button("people_save")).to_be_visible()


def _relationships(quiz: Quiz) -> None:
    _name_it(quiz)
    quiz.go_to_result(SUPPLIER)
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
