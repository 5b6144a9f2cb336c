"""What is not as it was the last time, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cxquiz.html.markup import Markup, el
from cxquiz.map.items import relationship_name
from cxquiz.model.dates import in_words
from cxquiz.model.types import join_texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxquiz.map.items import Row
    from cxquiz.model.types import Model
    from cxquiz.portfolio.portfolio import Changed, Kept

_MOST: Final = 6
"""So many changes are told above the map, the latest first; the table tells all."""


def change_texts(model: Model, changed: Changed) -> list[str]:
    """Say of one relationship, in its row of the table, what is not as it was the last time."""
    texts: list[str] = []
    if changed.is_read_otherwise:
        name = relationship_name(model, changed.primary[0])
        sure = model.verdicts.get(changed.verdict[0])
        before = join_texts(filter(None, (name, sure.name if sure else "", changed.since)))
        texts.append(model.say("map_changed_primary", before=before))
    if changed.questions:
        questions = join_texts(model.question(name).short for name in changed.questions)
        texts.append(model.say("map_changed_questions", questions=questions))
    return texts


def render_changes(model: Model, rows: Iterable[Row]) -> Markup | None:
    """Return the list of the readings that are not what they were, and when.

    Relationships that were answered again and read the same are named after it; where nothing
    was answered again and no reading has changed, there is nothing to return.
    """
    latest = sorted(rows, key=lambda row: row.kept.now.kept, reverse=True)
    found = [(row.kept, row.changed) for row in latest if row.changed]
    others = [_otherwise(model, one, it) for one, it in found if it.is_read_otherwise]
    same = [one.name for one, it in found if not it.is_read_otherwise]
    if not found:
        return None
    return el(
        "section",
        el("h4", model.say("mine_changed_title"), id="cx-changed-title"),
        el("ul", *(el("li", text) for text in _first(model, others))) if others else None,
        el("p", model.say("mine_changed_same", names=join_texts(_first(model, same))))
        if same
        else None,
        class_="cx-section",
        aria_labelledby="cx-changed-title",
    )


def _first(model: Model, texts: list[str]) -> list[str]:
    """Return the first texts, and how many more there are."""
    more = len(texts) - _MOST
    return [*texts[:_MOST], *([model.say("map_more", number=more)] if more > 0 else [])]


def _otherwise(model: Model, one: Kept, changed: Changed) -> str:
    """Say how a relationship was read before and is now, and on which days."""
    before, now = (
        _reading(model, *reading) for reading in zip(changed.primary, changed.verdict, strict=True)
    )
    since, kept = in_words(model, changed.since), in_words(model, one.now.kept)
    say, texts = model.say, {"name": one.name, "before": before, "now": now}
    if not one.earlier:
        return say("mine_changed_model", **texts)
    if not since or not kept:
        return say("mine_changed_undated", **texts)
    return say("mine_changed", **texts, since=since, kept=kept)


def _reading(model: Model, primary: str | None, verdict: str) -> str:
    name = relationship_name(model, primary)
    sure = model.verdicts.get(verdict)
    return model.say("mine_changed_reading", relationship=name, verdict=sure.name) if sure else name
