"""Parts that several screens share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxquiz.model import join_texts
from cxquiz.quiz import ACTION_FIELD
from cxquiz.render.markup import Markup, el, join

if TYPE_CHECKING:
    from cxquiz.model import Model, Question
    from cxquiz.session import Session


def heading(text: str, *, hidden_prefix: str = "") -> Markup:
    """Return the screen's heading, which takes the focus when the screen changes."""
    prefix = el("span", hidden_prefix, " ", class_="cx-hidden") if hidden_prefix else None
    return el("h3", prefix, text, id="cx-focus", tabindex="-1", class_="cx-heading")


def button(action: str, *children: Markup | str, look: str = "secondary") -> Markup:
    """Return a button that submits the form with an action (see :mod:`cxquiz.quiz`)."""
    return el(
        "button",
        *children,
        type="submit",
        name=ACTION_FIELD,
        value=action,
        class_=f"cx-button cx-button--{look}",
    )


def about(model: Model, session: Session) -> Markup | None:
    """Return the line that says whom it is about and for which piece of work."""
    name = "".join(session.entries.get("name", ()))
    work = "".join(session.entries.get("work", ()))
    if not name and not work:
        return None
    return el(
        "p",
        el("strong", model.say("about_name", name=name)) if name else None,
        " " if name and work else None,
        el("span", model.say("about_work", work=work)) if work else None,
        class_="cx-about",
    )


def dropped_notice(model: Model, session: Session) -> Markup | None:
    """Return the word to the reader about stored answers that fit nothing any more."""
    if not session.dropped:
        return None
    ids = join_texts(session.dropped)
    return el("p", model.say("dropped_notice", ids=ids), class_="cx-notice")


def answer_text(model: Model, question: Question, options: tuple[str, ...]) -> str:
    """Return an answer as the reader knows it."""
    if not options:
        return model.say("not_answered")
    if question.kind == "text":
        return options[0]
    return "; ".join(question.options[option].text for option in options)


def answers_so_far(model: Model, session: Session, *, leave_out: str = "") -> Markup | None:
    """Return the list of the answers, each with its own button to change it.

    Args:
        model: The model.
        session: The session.
        leave_out: The question that stands on the screen already.
    """
    rows = [
        _answer_row(model, question, session.entries[question.id])
        for question in (*model.questions.values(), *model.on_screen("last"))
        if question.id in session.entries and question.id != leave_out
        if question.id in model.questions or session.entries[question.id]
    ]
    if not rows:
        return None
    order = {question: place for place, question in enumerate(session.entries)}
    rows.sort(key=lambda row: order[row[0]])
    return el(
        "section",
        el("h4", model.say("answers_title"), id="cx-answers-title"),
        el("dl", *(row for _, row in rows), class_="cx-answers"),
        class_="cx-section cx-section--answers",
        aria_labelledby="cx-answers-title",
    )


def _answer_row(model: Model, question: Question, options: tuple[str, ...]) -> tuple[str, Markup]:
    target = question.id if question.id in model.questions else "last"
    change = button(
        f"change:{target}",
        el("span", model.say("change_button"), aria_hidden="true"),
        el("span", model.say("change_button_about", question=question.short), class_="cx-hidden"),
        look="link",
    )
    row = el(
        "div",
        el("dt", question.short),
        el("dd", answer_text(model, question, options)),
        el("dd", change, class_="cx-answers__change"),
        class_="cx-answers__row",
    )
    return question.id, row


def actions(*buttons: Markup | None) -> Markup:
    """Return the row of buttons under a form."""
    return el("div", join(*buttons), class_="cx-actions")
