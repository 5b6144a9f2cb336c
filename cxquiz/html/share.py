"""Links to send: to a result, to the other side, to a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxquiz.formats.link import is_signed
from cxquiz.html.components import actions, button, text_field
from cxquiz.html.markup import Markup, el
from cxquiz.quiz.links import ASK, link_to
from cxquiz.quiz.steps import BY_FIELD

if TYPE_CHECKING:
    from cxquiz.model.types import Model
    from cxquiz.quiz.session import Session

COPY = "cx-copy"
"""The name of the buttons that copy a field; their value is its id."""

QUIZ_PAGE = "quiz/"
"""The page that links lead to, seen from the site's root."""


def share(model: Model, session: Session, *, address: str) -> Markup:
    """Return the part of a result with the ways to share it and to hear others.

    Args:
        model: The model.
        session: The session, with answers.
        address: The address of the site's root, with a slash at the end.
    """
    say = model.say
    return el(
        "details",
        el("summary", say("share_title")),
        el("p", say("share_privacy"), class_="cx-hint"),
        el("h4", say("ask_title")),
        el("p", say("ask_text")),
        link_field(model, "cx-link-ask", say("ask_label"), link(model, session, address, ASK)),
        el("h4", say("share_result_title")),
        el("p", say("share_result_text")),
        link_field(model, "cx-link-share", say("share_label"), link(model, session, address)),
        own_name(model, session),
        names_switch(model, session),
        el("h4", say("others_title")),
        el("p", say("others_text")),
        actions(button("compare", say("others_button"))),
        class_="cx-details cx-share",
        open=session.names or (bool(session.by) and not session.opened),
    )


def link(model: Model, session: Session, address: str, purpose: str = "") -> str:
    """Return a link to a session's answers; see :func:`cxquiz.quiz.links.link_to`."""
    return f"{address}{QUIZ_PAGE}#{link_to(model, session, purpose)}"


def link_field(model: Model, name: str, label: str, address: str) -> Markup:
    """Return a field with a link in it, and a button that copies it.

    Args:
        model: The model.
        name: The field's id.
        label: What the link is for.
        address: The link.
    """
    return el(
        "div",
        el("label", label, for_=name, class_="cx-label"),
        el("input", type="text", readonly=True, id=name, value=address, class_="cx-input"),
        el(
            "button",
            model.say("copy_button"),
            el("span", f" {label}", class_="cx-hidden"),
            type="button",
            name=COPY,
            value=name,
            class_="cx-button cx-button--secondary",
        ),
        class_="cx-link",
    )


def own_name(model: Model, session: Session) -> Markup | None:
    """Return the field for the name under which the reader's own answers go out."""
    if session.opened:
        return None
    say = model.say
    return el(
        "div",
        el("label", say("by_label"), for_=BY_FIELD, class_="cx-label"),
        el("p", say("by_hint"), id="cx-by-hint", class_="cx-hint"),
        text_field(
            BY_FIELD,
            session.by,
            enter="sign",
            autocomplete="name",
            aria_describedby="cx-by-hint",
        ),
        button("sign", say("by_button")),
        class_="cx-link",
    )


def names_switch(model: Model, session: Session) -> Markup | None:
    """Return the button that puts what was typed into the links, or leaves it out again."""
    texts = [question.id for question in model.context.values() if question.kind == "text"]
    typed = any(session.answers.get(name) for name in texts)
    if not typed and not any(map(is_signed, session.against)):
        return None
    wish, text = ("off", "names_off") if session.names else ("on", "names_on")
    return actions(button(f"names:{wish}", model.say(text), look="link", name="cx-names"))
