"""Maps to try things on: relationships in all places, with chains and long names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

from cxquiz.map.items import Item
from cxquiz.map.places import IN_MODEL, OPEN
from cxquiz.map.shapes import HEADING_SIZE, NAME_SIZE, SMALL_SIZE, Box, Heading
from cxquiz.map.text_width import width
from cxquiz.model.text import one_line
from tests.cxquiz.strategies import HOSTILE, Strategy

if TYPE_CHECKING:
    from cxquiz.map.shapes import Layout

WIDTHS: Final = (343.0, 320.0, 752.0, 960.0, 1200.0, 1856.0)
"""Of a phone, of the column on a page, of a sheet and of a large window."""

NAMES: Final = (
    "Finance",
    "The regional office for procurement and supply of the northern district",
    "Donaudampfschifffahrtsgesellschaftskapitän",
    "医院的病人们和他们的家人以及所有的访客",
    "مستشفى المدينة",
    "W" * 200,
    "i",
    *map(one_line, HOSTILE[:-1]),
)


def _item(number: int, place: str, name: str, extra: tuple[bool, bool, int]) -> Item:
    uncertain, noted, via = extra
    return Item(
        id=f"r{number}",
        name=name,
        place=place,
        kind="Intermediary customer, or: Employee as customer",
        notes=("also: Partner; Supplier",) * noted + ("Two readings",) * uncertain,
        mark="★ Primary customer" if number % 9 == 0 else "",
        certain=not uncertain,
        via=f"r{via}" if via >= 0 else "",
        rank=0 if number % 9 == 0 else 2,
        before="↻ before: Intermediary customer" * noted,
    )


def item(name: str, place: str, via: str = "", **more: object) -> Item:
    """Return an item whose name is its id."""
    return replace(Item(id=name, name=name, place=place, kind=place, via=via), **more)  # type: ignore[arg-type] # any field


def items(most: int = 60, least: int = 1) -> Strategy[list[Item]]:
    """Relationships of a map, up to so many."""
    extra = st.tuples(st.booleans(), st.booleans(), st.integers(min_value=-60, max_value=most))
    place = st.sampled_from([*IN_MODEL, OPEN]) | st.sampled_from(["served", "supply", "end"])
    row = st.tuples(place, st.sampled_from(NAMES), extra)
    rows = st.lists(row, min_size=least, max_size=most)
    return rows.map(lambda found: [_item(number, *one) for number, one in enumerate(found)])


@dataclass(frozen=True)
class Rectangle:
    """A part of the picture."""

    name: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Rectangle) -> bool:
        """Say whether the two have more than an edge in common."""
        return (
            self.left < other.right - 0.5
            and other.left < self.right - 0.5
            and self.top < other.bottom - 0.5
            and other.top < self.bottom - 0.5
        )

    def inside(self, layout: Layout) -> bool:
        """Say whether it is inside the picture as a whole."""
        fits = self.left >= 0 and self.top >= 0
        return fits and self.right <= layout.width and self.bottom <= layout.height


def box_of(box: Box) -> Rectangle:
    """Return where a box is."""
    return Rectangle(box.item.id, box.x, box.y, box.x + box.width, box.y + box.height)


def heading_of(heading: Heading) -> Rectangle:
    """Return where a heading is."""
    wide = max(width(line, HEADING_SIZE, bold=True) for line in heading.lines)
    bottom = heading.y + 15 * len(heading.lines)
    return Rectangle(heading.place, heading.x, heading.y, heading.x + wide, bottom)


def labels(layout: Layout) -> list[Rectangle]:
    """Return where all is that can be read."""
    boxes = [box_of(box) for box in (layout.me, *layout.boxes)]
    return [*boxes, *map(heading_of, layout.headings)]


def segments(layout: Layout) -> list[Rectangle]:
    """Return where all lines run, each piece for itself."""
    found = []
    for line in layout.lines:
        for (x0, y0), (x1, y1) in zip(line.points, line.points[1:], strict=False):
            edges = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            found.append(Rectangle(line.place, *edges))
    return found


def boxes(layout: Layout) -> dict[str, Rectangle]:
    """Return where each item is, and I am, as ``me``."""
    found = {box.item.id or "me": box for box in (layout.me, *layout.boxes)}
    return {
        name: Rectangle(name, box.x, box.y, box.x + box.width, box.y + box.height)
        for name, box in found.items()
    }


def check(layout: Layout) -> None:
    """Check all that holds for every map."""
    found = labels(layout)
    for one, other in combinations(found, 2):
        assert not one.overlaps(other), (one, other)
    lines = segments(layout)
    for label in found:
        assert label.inside(layout), label
        for line in lines:
            assert not line.overlaps(shrunk(label)), (label, line)
    assert all(line.inside(layout) for line in lines)
    for box in layout.boxes:
        for role, text in box.lines:
            size = NAME_SIZE if role == "name" else SMALL_SIZE
            assert width(text, size, bold=role in ("name", "mark")) <= box.width - 8
    assert lines or all(box.item.place in ("aside", OPEN) for box in layout.boxes)


def shrunk(label: Rectangle) -> Rectangle:
    """Return a label without the edge that lines may touch."""
    return Rectangle(label.name, label.left + 1, label.top + 1, label.right - 1, label.bottom - 1)
