"""Parts that several screens share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cxquiz.classifier.answers import subject
from cxquiz.html.markup import Markup, el, join
from cxquiz.model.types import join_texts
from cxquiz.quiz.session import LAST
from cxquiz.quiz.steps import ACTION_FIELD

if TYPE_CHECKING:
    from cxquiz.model.types import Model, Question
    from cxquiz.quiz.session import Session


PRINT: Final = "cx-print"
"""The name of the buttons that print what is shown."""


def heading(text: str, *, takes_focus: bool = True) -> Markup:
    """Return the screen's heading, which takes the focus when the screen changes."""
    focus = {"id": "cx-focus", "tabindex": "-1"} if takes_focus else {}
    return el("h3", text, **focus, class_="cx-heading")


def button(
    action: str, *children: Markup | str, look: str = "secondary", name: str | None = None
) -> Markup:
    """Return a button that submits the form with an action (see :mod:`cxquiz.quiz.steps`).

    Args:
        action: The action.
        children: What stands on it.
        look: ``primary``, ``secondary`` or ``link``.
        name: Its id, where something has to find it.
    """
    return el(
        "button",
        *children,
        type="submit",
        id=name,
        name=ACTION_FIELD,
        value=action,
        class_=f"cx-button cx-button--{look}",
    )


def page_button(name: str, text: str) -> Markup:
    """Return a button that the page answers by itself, without Python, by its name."""
    look = "cx-button cx-button--secondary"
    return el("button", text, type="button", name=name, class_=look)


def about(model: Model, session: Session) -> Markup | None:
    """Return the line that says whom it is about and for which piece of work."""
    name, work = subject(model, session.answers)
    if not name and not work:
        return None
    return el(
        "p",
        el("strong", name) if name else None,
        " " if name and work else None,
        el("span", work) if work else None,
        class_="cx-about",
    )


def notices(model: Model, session: Session) -> Markup:
    """Return what the reader must know first: what was lost, and what waits aside."""
    return join(
        dropped_notice(model, session),
        *(el("p", problem, class_="cx-notice") for problem in session.problems),
        _aside_notice(model, session),
    )


def _aside_notice(model: Model, session: Session) -> Markup | None:
    if session.aside is None:
        return None
    name = "".join(session.aside.entries.get("name", ()))
    text = model.say("aside_about", name=name) if name else model.say("aside_notice")
    return el(
        "div",
        el("p", text),
        actions(
            button("swap", model.say("aside_button")),
            button("forget", model.say("aside_forget"), look="link"),
        ),
        class_="cx-notice",
    )


def dropped_notice(model: Model, session: Session) -> Markup | None:
    """Return the word to the reader about stored answers that fit nothing any more."""
    if not session.dropped:
        return None
    ids = join_texts(session.dropped)
    return el("p", model.say("dropped_notice", ids=ids), class_="cx-notice")


def answers_so_far(model: Model, session: Session, *, leave_out: str = "") -> Markup | None:
    """Return the list of the answers, each with its own button to change it.

    Questions without an answer share one row: there may be many of them.

    Args:
        model: The model.
        session: The session.
        leave_out: The question that stands on the screen already.
    """
    listed = {*model.questions, *(question.id for question in model.on_screen(LAST))} - {leave_out}
    met = [entry for entry in session.entries.items() if entry[0] in listed]
    rows = [_answer_row(model, model.question(name), options) for name, options in met if options]
    skipped = [
        model.questions[name] for name, options in met if name in model.questions and not options
    ]
    if not rows and not skipped:
        return None
    return el(
        "section",
        el("h4", model.say("answers_title"), id="cx-answers-title"),
        el(
            "dl",
            *rows,
            _skipped_row(model, skipped) if skipped else None,
            class_="cx-answers",
        ),
        class_="cx-section cx-section--answers",
        aria_labelledby="cx-answers-title",
    )


def _answer_row(model: Model, question: Question, options: tuple[str, ...]) -> Markup:
    return el(
        "div",
        el("dt", question.short),
        el("dd", question.answer_text(options)),
        el("dd", _change_button(model, question, model.say("change_button"))),
        class_="cx-answers__row",
    )


def _skipped_row(model: Model, questions: list[Question]) -> Markup:
    return el(
        "div",
        el("dt", model.say("not_answered")),
        el("dd", *(_change_button(model, question, question.short) for question in questions)),
        class_="cx-answers__row cx-answers__row--skipped",
    )


def _change_button(model: Model, question: Question, text: str) -> Markup:
    target = question.id if question.id in model.questions else LAST
    return button(
        f"change:{target}",
        el("span", text, aria_hidden="true"),
        el("span", model.say("change_button_about", question=question.short), class_="cx-hidden"),
        look="link",
    )


def text_field(name: str, value: str, *, enter: str, **attributes: str) -> Markup:
    """Return a field for a line of text.

    Args:
        name: What it is sent as, and its id.
        value: What stands in it.
        enter: The action of the button that Enter in it presses.
        attributes: More attributes, as :func:`cxquiz.html.markup.el` takes them.
    """
    return el(
        "input",
        type="text",
        name=name,
        id=name,
        value=value,
        data_cx_enter=enter,
        class_="cx-input",
        **attributes,
    )


def file_field(label: str, hint: str, accept: str) -> Markup:
    """Return the field by which files come in; the page sends them as soon as they are chosen.

    Args:
        label: What it is for.
        hint: What to choose.
        accept: How the names of files end that are offered, with commas between.
    """
    return join(
        el("label", label, for_="cx-file", class_="cx-label"),
        el("p", hint, id="cx-file-hint", class_="cx-hint"),
        el(
            "input",
            type="file",
            id="cx-file",
            multiple=True,
            accept=accept,
            aria_describedby="cx-file-hint",
            class_="cx-input",
        ),
    )


def actions(*buttons: Markup | None) -> Markup:
    """Return the row of buttons under a form."""
    return el("div", join(*buttons), class_="cx-actions")
