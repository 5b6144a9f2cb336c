"""The one renderer: accessible HTML for every screen of the quiz.

It runs when the site is built, so that the first question stands in the page before any
script, and in the reader's browser, so that every later screen looks the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxquiz.comparison.mirror import from_side
from cxquiz.html.question import render_last, render_question
from cxquiz.quiz.session import COMPARED, INVITED, LAST, RESULT

if TYPE_CHECKING:
    from cxquiz.html.markup import Markup
    from cxquiz.model.types import Model
    from cxquiz.quiz.steps import Step


@dataclass(frozen=True, slots=True)
class Screen:
    """What the page shows.

    Attributes:
        html: The screen's content.
        title: What the document's title should say of it.
        focus: The id of the element that takes the focus.
    """

    html: Markup
    title: str
    focus: str


def render_step(
    model: Model, step: Step, *, root: str, today: str = "", address: str = ""
) -> Screen:
    """Render the screen that a step leads to.

    Args:
        model: The model.
        step: The step: session, screen and errors.
        root: The address of the site's root, with a slash at the end, for links.
        today: The reader's date, such as ``2026-11-22``; dates are left out without it.
        address: The address of the site's root for links to send; ``root`` without it.
    """
    address = address or root
    model = from_side(model, step.session.side)
    if step.screen == RESULT:
        from cxquiz.html.result import render_result  # the first answer leads to a question

        html, title = render_result(model, step.session, root=root, today=today, address=address)
    elif step.screen in (COMPARED, INVITED):
        from cxquiz.html import comparison  # few readers compare

        if step.screen == INVITED:
            html, title = comparison.render_invited(model, step.session)
        else:
            html, title = comparison.render_compared(
                model, step.session, address=address, naming=step.focus == comparison.PEOPLE
            )
    elif step.screen == LAST:
        html, title = render_last(model, step)
    else:
        html, title = render_question(model, step)
    if step.errors:
        return Screen(html, model.say("error_prefix", title=title), "cx-errors")
    there = step.focus and f'id="{step.focus}"' in html
    return Screen(html, title, step.focus if there else "cx-focus")


__all__ = ["Screen", "render_step"]
