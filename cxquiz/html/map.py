"""The map as SVG, and the table that says the same.

Without any style the picture is drawn in the colour of the text around it. A page that wants
colours sets those of :data:`STYLE`; a picture on its own carries them along.
"""

from __future__ import annotations

import re
from math import hypot
from typing import TYPE_CHECKING, Final

from cxquiz.html.changes import change_texts
from cxquiz.html.markup import Markup, el, join
from cxquiz.map.places import PLACE_OF, PLACES, TRUNK
from cxquiz.map.shapes import HEADING_LEADING, HEADING_SIZE, LEADING, NAME_SIZE, SMALL_SIZE
from cxquiz.map.text_width import wrap
from cxquiz.model.types import join_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxquiz.map.items import Item, Row
    from cxquiz.map.shapes import Box, Heading, Layout, Line
    from cxquiz.model.types import Model
    from cxquiz.portfolio.portfolio import Changed

FONT: Final = (
    "'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', 'Noto Sans', sans-serif"
)

SIGNS: Final = "★☆↻ "
"""What a line of a box may begin with for the eye alone."""

_TRUNK_STROKE: Final = 1.6
_ARROW: Final = 8.0
_KEY_ROOM: Final = 14.0
_ROOMY: Final = 24.0

# On a light ground and on a dark one.
_COLOURS: Final = {
    "ink": ("#16323b", "#e6eef1"),
    "soft": ("#3d4f57", "#b9c6cc"),
    "paper": ("#fff", "#14212a"),
    TRUNK: ("#6b7f88", "#8fa3ac"),
    **{place.id: (place.light, place.dark) for place in PLACES},
}


def _style() -> str:
    """Return the rules for a picture on its own, in light and dark."""
    light, dark = (
        "".join(f"--cx-map-{name}:{pair[ground]};" for name, pair in _COLOURS.items())
        for ground in (0, 1)
    )
    rules = [
        f".cx-map{{color:var(--cx-map-ink);{light}}}",
        f"@media screen and (prefers-color-scheme:dark){{.cx-map{{{dark}}}}}",
        *(
            f".cx-map__{name}{{--cx-map-kind:var(--cx-map-{name})}}"
            for name in (*(place.id for place in PLACES), TRUNK)
        ),
        ".cx-map__line{stroke:var(--cx-map-kind)}",
        ".cx-map__head{fill:var(--cx-map-kind)}",
        ".cx-map__box{stroke:var(--cx-map-kind);fill:var(--cx-map-kind);fill-opacity:.07}",
        ".cx-map__heading{fill:var(--cx-map-kind);fill-opacity:1}",
        ".cx-map__soft{fill:var(--cx-map-soft);fill-opacity:1}",
        ".cx-map__me .cx-map__box{stroke:var(--cx-map-ink);fill:var(--cx-map-ink);fill-opacity:1}",
        ".cx-map__me text{fill:var(--cx-map-paper)}",
        ".cx-map a:focus-visible{outline:3px solid var(--cx-map-ink);outline-offset:2px}",
        # On its own it goes on one sheet.
        "@media print{@page{size:A4 landscape;margin:10mm}.cx-map:root{height:100vh;width:100vw}}",
    ]
    return "".join(rules)


STYLE: Final = _style()
"""The rules of a picture on its own."""


def anchor(identity: str) -> str:
    """Return an id for the row of a relationship; different ids never share one."""
    return "cx-rel-" + re.sub(r"[^A-Za-z0-9_-]", lambda found: f".{ord(found[0]):x}.", identity)


def render_map(
    model: Model,
    layout: Layout,
    *,
    standalone: bool = False,
    links: bool = True,
    name: str = "cx-map",
) -> Markup:
    """Return the map as SVG.

    Each box is a link to the relationship's row in the table (see :func:`anchor`), so the
    keyboard reaches it and a screen reader hears all that it says. On its own the picture has
    no links, and carries its style and its key along.

    Args:
        model: The model, for its words.
        layout: The map, laid out.
        standalone: Whether the picture stands on its own, as a file.
        links: Whether there is a table for the boxes to lead to.
        name: What the ids of its title and description begin with.
    """
    places = join_texts(_heading_text(model, heading) for heading in layout.headings)
    me = " ".join(text for _, text in layout.me.lines)
    key = wrap(model.say("map_key"), SMALL_SIZE, layout.width - 2 * _KEY_ROOM, 4)
    room = _KEY_ROOM + len(key) * LEADING["note"] + 12 if standalone else 0.0
    height = layout.height + room
    return el(
        "svg",
        el("title", model.say("map_title"), id=f"{name}-title"),
        el(
            "desc",
            model.say("map_desc", me=me, places=places),
            " ",
            model.say("map_key"),
            id=f"{name}-desc",
        ),
        el("style", Markup(STYLE)) if standalone else None,
        el(
            "rect",
            width=_number(layout.width),
            height=_number(height),
            style="fill:var(--cx-map-paper)",
        )
        if standalone
        else None,
        el("g", *map(_line, layout.lines), aria_hidden="true"),
        _me(layout.me),
        *_places(model, layout, links=links and not standalone),
        *(
            _text(line, _KEY_ROOM, layout.height + 16 + place * 14.0, SMALL_SIZE, soft=True)
            for place, line in enumerate(key if standalone else ())
        ),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_number(layout.width)} {_number(height)}",
        width=_number(layout.width),
        height=_number(height),
        class_="cx-map",
        role="group" if not standalone else "img",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
        font_family=FONT,
        fill="currentColor",
    )


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _heading_text(model: Model, heading: Heading) -> str:
    place = model.say(PLACE_OF[heading.place].name_key)
    return model.say("map_heading", place=place, number=heading.number)


def _places(model: Model, layout: Layout, *, links: bool) -> Iterator[Markup]:
    """Yield the boxes under their headings, in the order of the headings."""
    headings = {heading.place: heading for heading in layout.headings}
    for place, heading in headings.items():
        texts = [
            el(
                "text",
                line,
                x=_number(heading.x),
                y=_number(heading.y + 11 + number * HEADING_LEADING),
                font_size=_number(HEADING_SIZE),
                font_weight="700",
                class_="cx-map__heading",
            )
            for number, line in enumerate(heading.lines)
        ]
        boxes = [box for box in layout.boxes if _group_of(box, headings) == place]
        yield el(
            "g",
            el("g", *texts, aria_hidden="true"),
            *(_box(box, links=links) for box in boxes),
            role="list",
            aria_label=_heading_text(model, heading),
            class_=f"cx-map__{place}",
        )
    rest = [box for box in layout.boxes if not _group_of(box, headings)]
    if rest:
        yield el("g", *(_box(box, links=links) for box in rest), role="list")


def _group_of(box: Box, headings: Iterable[str]) -> str:
    return box.item.place if box.item.place in headings else ""


def _me(box: Box) -> Markup:
    return el("g", _frame(box, 12.0, 2.0), *_lines(box), class_="cx-map__me")


def _box(box: Box, *, links: bool) -> Markup:
    item = box.item
    shapes = [_frame(box, 7.0, 2.6 if item.rank == 0 else 1.3), *_lines(box)]
    whole = said(item)
    inner = join(el("title", whole), *shapes)
    if links and item.id and not item.rest:
        inner = el("a", inner, href=f"#{anchor(item.id)}", aria_label=whole)
    return el("g", inner, role="listitem", class_=f"cx-map__{item.place}")


def said(item: Item) -> str:
    """Return all that a box says, in full."""
    parts = (item.name, item.mark.lstrip(SIGNS), item.kind, *item.notes, item.before.lstrip(SIGNS))
    return join_texts(part for part in parts if part)


def _frame(box: Box, radius: float, stroke: float) -> Markup:
    return el(
        "rect",
        x=_number(box.x),
        y=_number(box.y),
        width=_number(box.width),
        height=_number(box.height),
        rx=_number(radius),
        stroke="currentColor",
        stroke_width=_number(stroke),
        stroke_dasharray=None if box.item.certain else "6 4",
        fill_opacity="0.05",
        class_="cx-map__box",
    )


def _lines(box: Box) -> Iterator[Markup]:
    high = sum(LEADING[role] for role, _ in box.lines)
    y = box.y + (box.height - high) / 2
    for role, text in box.lines:
        size = NAME_SIZE if role == "name" else SMALL_SIZE
        y += LEADING[role]
        yield el(
            "text",
            text,
            x=_number(box.x + box.width / 2),
            y=_number(y - 4),
            font_size=_number(size),
            font_weight="700" if role in ("name", "mark") else None,
            font_style="italic" if role == "note" else None,
            text_anchor="middle",
            fill_opacity=None if role in ("name", "mark") else "0.85",
            class_=None if role in ("name", "mark") else "cx-map__soft",
        )


def _text(text: str, x: float, y: float, size: float, *, soft: bool) -> Markup:
    return el(
        "text",
        text,
        x=_number(x),
        y=_number(y),
        font_size=_number(size),
        class_="cx-map__soft" if soft else None,
    )


def _line(line: Line) -> Markup:
    place = PLACE_OF.get(line.place)  # a trunk has none
    points = [(point.x, point.y) for point in line.points]
    # Two arrowheads on a short line must not touch.
    size = _ARROW * (0.72 if line.stop or (line.at_start and line.at_end) else 1)
    heads = []
    ends = [*((0, 1),) * line.at_start, *((-1, -2),) * line.at_end]
    for end, before in ends:
        heads.append(_head(points[before], points[end], size))
    for end, before in ends:
        points[end] = _nearer(points[end], points[before], size)
    path = "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points)
    return el(
        "g",
        el(
            "path",
            d=path,
            fill="none",
            stroke="currentColor",
            stroke_width=_number(place.stroke if place else _TRUNK_STROKE),
            stroke_dasharray=(place.dashes or None) if place else None,
            stroke_linejoin="round",
            class_="cx-map__line",
        ),
        *heads,
        _stop(line) if line.stop else None,
        class_=f"cx-map__{line.place}",
    )


def _nearer(
    end: tuple[float, float], other: tuple[float, float], size: float
) -> tuple[float, float]:
    """Return a point a bit before the end, so that a line ends inside its arrowhead."""
    length = hypot(other[0] - end[0], other[1] - end[1]) or 1.0
    part = min(size - 1, length) / length
    return end[0] + (other[0] - end[0]) * part, end[1] + (other[1] - end[1]) * part


def _head(before: tuple[float, float], end: tuple[float, float], size: float) -> Markup:
    length = hypot(end[0] - before[0], end[1] - before[1]) or 1.0
    x, y = (end[0] - before[0]) / length, (end[1] - before[1]) / length
    back = end[0] - x * size, end[1] - y * size
    half = size / 2
    corners = (
        end,
        (back[0] - y * half, back[1] + x * half),
        (back[0] + y * half, back[1] - x * half),
    )
    path = "M" + "L".join(f"{_number(a)} {_number(b)}" for a, b in corners) + "Z"
    return el("path", d=path, class_="cx-map__head")


def _stop(line: Line) -> Markup:
    """Return the two bars across a line before which a chain should stop."""
    (x0, y0), (x1, _) = line.points[-2], line.points[-1]
    x = (x0 + x1) / 2 if x1 - x0 > _ROOMY else x0 + 3
    path = "".join(
        f"M{_number(at)} {_number(y0 - 8)}V{_number(y0 + 8)}" for at in (x - 2.5, x + 2.5)
    )
    return el(
        "path",
        d=path,
        fill="none",
        stroke="currentColor",
        stroke_width="1.8",
        class_="cx-map__line",
    )


def render_map_table(model: Model, rows: Sequence[Row], *, root: str = "") -> Markup:
    """Return the table that says all that the map says.

    Args:
        model: The model, for its words.
        rows: The relationships, judged.
        root: The address of the site's root, with a slash at the end, for links; empty for
            none.
    """
    say = model.say
    columns = (
        "map_table_name",
        "map_table_relationship",
        "map_table_place",
        "map_table_sure",
        "map_table_via",
        "map_table_rank",
        "map_table_kept",
        "map_table_changed",
    )
    names = {row.kept.id: row.kept.name for row in rows}
    return el(
        "table",
        el("caption", say("map_table_title")),
        el("thead", el("tr", *(el("th", say(key), scope="col") for key in columns))),
        el("tbody", *(_row(model, row, names, root) for row in rows)),
        class_="cx-map-table",
    )


def _row(model: Model, row: Row, names: dict[str, str], root: str) -> Markup:
    one, assessment, item = row.kept, row.assessment, row.item
    kind: Markup | str = item.kind
    if assessment.primary is not None and root:
        kind = el("a", item.kind, href=root + model.relationships[assessment.primary].page)
    extra = [note for note in item.notes if note != model.verdicts[assessment.verdict].name]
    return el(
        "tr",
        el("th", one.name, scope="row"),
        el("td", kind, *(join(el("br"), note) for note in extra)),
        el("td", model.say(PLACE_OF[item.place].name_key)),
        el("td", model.verdicts[assessment.verdict].name),
        el("td", names.get(one.via, "")),
        el("td", item.mark.lstrip(SIGNS)),
        el("td", one.now.kept),
        el("td", *_changes(model, row.changed)),
        id=anchor(one.id),
    )


def _changes(model: Model, changed: Changed | None) -> Iterator[Markup | str]:
    if changed is None:
        yield model.say("map_changed_none")
        return
    texts = change_texts(model, changed)
    for number, text in enumerate(texts):
        yield join(el("br") if number else None, text)
