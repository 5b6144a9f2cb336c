"""My relationships as a report in Markdown: by place, with what to do next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cxquiz.html.changes import change_texts
from cxquiz.html.map import SIGNS
from cxquiz.map.items import rows_of
from cxquiz.map.places import OPEN, PLACES
from cxquiz.model.dates import months_later
from cxquiz.model.types import join_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxquiz.map.items import Item, Row
    from cxquiz.model.types import Model
    from cxquiz.portfolio.portfolio import Portfolio

# What Markdown or HTML would read as more than a character.
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|>~=:$^&<@/])")


def escape(text: str) -> str:
    """Return a text of one line or several that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def render_markdown(model: Model, portfolio: Portfolio, *, today: str = "") -> str:
    """Return the report.

    Args:
        model: The model to judge by.
        portfolio: The relationships.
        today: The reader's date, such as ``2026-11-22``, or an empty text.
    """
    date = months_later(model, today, 0)
    key = "markdown_lead" if date else "markdown_count"
    lines = [
        f"# {model.say('markdown_title')}",
        "",
        model.say(key, number=len(portfolio), **({"date": date} if date else {})),
    ]
    rows = rows_of(model, portfolio)
    names = {one.id: one.name for one in portfolio}
    for place in PLACES:
        here = [row for row in rows if row.item.place == place.id]
        if here:
            name = model.say(place.name_key)
            heading = model.say("map_heading", place=name, number=len(here))
            lines += ["", f"## {heading}"]
        for row in sorted(here, key=lambda row: (row.item.rank, row.kept.name)):
            lines += ["", f"### {escape(row.kept.name)}", ""]
            lines += [f"- {line}" for line in _facts(model, row, names)]
    return "\n".join(lines) + "\n"


def _facts(model: Model, row: Row, names: dict[str, str]) -> Iterator[str]:
    """Yield what there is to say of one relationship, a line each."""
    one, assessment, item, say = row.kept, row.assessment, row.item, model.say

    def line(key: str, value: str) -> str:
        return say("markdown_line", name=say(key), value=value)

    yield line("map_table_relationship", join_texts((f"**{item.kind}**", *_also(model, item))))
    yield line("map_table_sure", model.verdicts[assessment.verdict].name)
    if item.mark:
        yield line("map_table_rank", item.mark.lstrip(SIGNS))
    if one.via in names:
        yield line("map_table_via", escape(names[one.via]))
    if one.now.kept:
        yield line("map_table_kept", one.now.kept)
    if row.changed:
        yield line("map_table_changed", escape(join_texts(change_texts(model, row.changed))))
    disputes = [rule.name for rule in model.disputes if rule.id in assessment.disputes]
    if disputes:
        yield line("disputes_title", join_texts(disputes))
    if assessment.primary is not None and item.place != OPEN:
        steps = model.relationships[assessment.primary].next_steps
        yield line("next_steps_title", " ".join(steps))
    if one.now.note:
        yield line("markdown_note", escape(one.now.note))


def _also(model: Model, item: Item) -> list[str]:
    """Return the notes of an item, but for how sure it is, which has a line of its own."""
    sure = {verdict.name for verdict in model.verdicts.values()}
    return [note for note in item.notes if note not in sure]
