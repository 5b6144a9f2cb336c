"""The part of a result that keeps it; the list itself is in :mod:`cxquiz.html.portfolio`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxquiz.html.components import actions, button, text_field
from cxquiz.html.markup import Markup, el
from cxquiz.quiz.steps import NAME_FIELD

if TYPE_CHECKING:
    from cxquiz.model.types import Model
    from cxquiz.quiz.session import Session


def keep_part(model: Model, session: Session) -> Markup:
    """Return the part of a result that keeps it under a name."""
    say = model.say
    name = "".join(session.entries.get("name", ()))
    return el(
        "section",
        el("h4", say("mine_keep_title")),
        el("p", say("mine_keep_text")),
        el("label", say("mine_keep_label"), for_=NAME_FIELD, class_="cx-label"),
        text_field(NAME_FIELD, name, enter="keep", autocomplete="off"),
        actions(
            button("keep", say("mine_keep_button")), button("relationships", say("mine_button"))
        ),
        class_="cx-section cx-keep",
    )
