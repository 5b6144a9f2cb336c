"""The quiz as it stands in a page before any script has run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cxquiz.authoring.paper import PAPER, render_paper
from cxquiz.html.components import actions
from cxquiz.html.markup import Markup, el, join
from cxquiz.html.screens import render_step
from cxquiz.quiz.session import Session, current_screen
from cxquiz.quiz.steps import Step

if TYPE_CHECKING:
    from cxquiz.model.types import Model

ELEMENT: Final = "cx-quiz"
"""The element to which the browser's script gives life."""


def render_page_quiz(
    model: Model, *, first: str | None = None, root: str, **attributes: str
) -> Markup:
    """Return the quiz for a page: the first question, the states of the script, the paper.

    Args:
        model: The model.
        first: The question that it begins with, if not with the one that tells most.
        root: The address of the site's root as seen from the page, with a slash at the end.
        attributes: What else the script reads on the quiz element. ``runtime``: what it needs to
            start Python, as JSON. ``lens``: the questions that the page is about, with blanks
            between; they are asked first. ``start``: “idle” if Python may start as soon as the
            page is idle, instead of at the reader's first sign of intent.
    """
    session = Session()
    step = Step(session, current_screen(model, session, [first] if first else []))
    return el(
        "div",
        el(
            "section",
            el("h2", model.say("quiz_title"), id="cx-title", class_="cx-title"),
            # First, so that nobody fills in a form that nothing will answer.
            el("noscript", el("p", model.say("no_script"), class_="cx-notice")),
            el(
                ELEMENT,
                el("div", render_step(model, step, root=root).html, data_cx="screen"),
                el("div", role="status", data_cx="status"),
                el("div", role="status", data_cx="notice"),
                el("template", _loading(model, "loading_kept"), data_cx="loading"),
                el("template", _loading(model, "loading_link"), data_cx="opening"),
                el("template", _failure(model), data_cx="failure"),
                el("template", _resume(model), data_cx="resume"),
                el("template", el("p", model.say("storage_notice")), data_cx="storage"),
                el("template", el("p", model.say("copied")), data_cx="copied"),
                el("template", el("p", model.say("mine_full")), data_cx="full"),
                el(
                    "button",
                    model.say("mine_button"),
                    type="button",
                    class_="cx-button cx-button--link",
                    hidden=True,
                    data_cx="mine",
                ),
                el("template", el("p", model.say("copy_failed")), data_cx="copy-failed"),
                root=root,
                **attributes,
            ),
            el(
                "p",
                model.say("private_note"),
                " ",
                el("a", model.say("paper_link"), href=f"#{PAPER}"),
                class_="cx-note",
            ),
            class_="cx",
            aria_labelledby="cx-title",
        ),
        render_paper(model, root=root),
        class_="cx-block",
        data_search_exclude=True,
    )


def _loading(model: Model, wording: str) -> Markup:
    """Return what stands under the form while Python starts and an answer, or a link, waits."""
    return el(
        "div",
        el("p", model.say(wording)),
        el("progress", aria_label=model.say("loading_progress"), max="1", data_cx="progress"),
        class_="cx-loading",
    )


def _script_button(text: str, name: str) -> Markup:
    """Return a button for which the page's script, and not Python, has the answer."""
    return el("button", text, type="button", class_="cx-button cx-button--primary", data_cx=name)


def _resume(model: Model) -> Markup:
    """Return what stands in the screen's place where only Python can tell what was last on it."""
    return join(
        el("p", model.say("resume_text")),
        actions(_script_button(model.say("resume_button"), "go-on")),
    )


def _failure(model: Model) -> Markup:
    """Return the screen for when Python cannot run; the script adds the detail."""
    return el(
        "div",
        el(
            "h3",
            model.say("failure_title"),
            tabindex="-1",
            class_="cx-heading",
            data_cx="failure-heading",
        ),
        el("p", model.say("failure_text")),
        el("p", model.say("failure_way_on")),
        actions(_script_button(model.say("failure_retry"), "retry")),
        el(
            "details",
            el("summary", model.say("failure_detail")),
            el("p", model.say("failure_cause")),
            el("p", el("code", data_cx="detail")),
        ),
        class_="cx-failure",
    )
