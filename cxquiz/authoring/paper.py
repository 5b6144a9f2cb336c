"""What needs no script: the quiz on paper, and the table of all relationships."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cxquiz.html.markup import Markup, el

if TYPE_CHECKING:
    from cxquiz.model.types import Model, Question

PAPER: Final = "cx-paper"
"""The id of the quiz on paper, to which links and the browser's script lead."""


def render_paper(model: Model, *, root: str) -> Markup:
    """Return all questions and the table of all relationships, for reading and printing.

    Args:
        model: The model.
        root: The address of the site's root, with a slash at the end, for links.
    """
    return el(
        "section",
        el("h2", model.say("paper_title"), id="cx-paper-title", tabindex="-1"),
        el("p", model.say("paper_lead")),
        el("ol", *(_question(model, question) for question in model.questions.values())),
        render_glance(model, root=root),
        id=PAPER,
        class_="cx-paper",
        aria_labelledby="cx-paper-title",
    )


def _question(model: Model, question: Question) -> Markup:
    tick_all = model.say("tick_all") if question.kind == "many" else None
    return el(
        "li",
        el("strong", question.text),
        " " if tick_all else None,
        tick_all,
        el("ul", *(el("li", option.text) for option in question.options.values())),
        class_="cx-paper__question",
    )


def render_glance(model: Model, *, root: str) -> Markup:
    """Return the table of all relationships.

    Args:
        model: The model.
        root: The address of the site's root, with a slash at the end, for links.
    """
    columns = ("glance_relationship", "glance_meaning", "glance_tell")
    return el(
        "div",
        el(
            "table",
            el("caption", model.say("glance_title")),
            el("thead", el("tr", *(el("th", model.say(name), scope="col") for name in columns))),
            el(
                "tbody",
                *(
                    el(
                        "tr",
                        el("th", el("a", item.name, href=root + item.page), scope="row"),
                        el("td", item.short),
                        el("td", el("ul", *(el("li", sign) for sign in item.criteria))),
                    )
                    for item in model.relationships.values()
                ),
            ),
        ),
        class_="cx-glance",
        # A wide table scrolls inside its own box; the keyboard must be able to reach it.
        tabindex="0",
        role="region",
        aria_label=model.say("glance_title"),
    )
