"""What a map consists of once it is laid out: boxes, lines and headings, and how large they are.

A layout puts them on a :class:`Canvas`, wherever that begins; a :class:`Picture` of it is then
moved so that it begins at 0, with a margin around all of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from cxquiz.map.places import PLACE_OF
from cxquiz.map.text_width import width as text_width

if TYPE_CHECKING:
    from cxquiz.map.items import Item

# Sizes are in the units of the picture; on a screen they are pixels.

NAME_SIZE: Final = 13.0
"""How large the letters of a name are."""

SMALL_SIZE: Final = 11.0
"""How large the letters of all else in a box are."""

HEADING_SIZE: Final = 12.0
"""How large the letters of a heading are."""

LEADING: Final = {"mark": 15.0, "name": 16.5, "kind": 14.0, "note": 14.0}
"""How high each kind of line in a box is."""

HEADING_LEADING: Final = 15.0
"""How high a line of a heading is."""

MARGIN: Final = 14.0
"""What is left empty around a picture."""

BOX_WIDTH: Final = 164.0
"""How wide a box is where there are columns."""

COLUMN_GAP: Final = 32.0
"""The space between two columns; lines run in its middle."""

COLUMN_STEP: Final = BOX_WIDTH + COLUMN_GAP
"""How far it is from one column to the next."""

BOX_GAP: Final = 9.0
"""The space between boxes below one another."""

ZONE_GAP: Final = 20.0
"""The space between places."""

SMALL: Final = 620.0
"""A picture that is no larger than this looks well in any shape."""


class Point(NamedTuple):
    """A point of the picture."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its lines of text: pairs of what a line is for and what it says."""

    item: Item
    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[str, str], ...]

    @property
    def middle(self) -> float:
        """The height of the middle."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line between boxes, with arrowheads at its ends.

    Attributes:
        place: The place in whose manner it is drawn, or :data:`cxquiz.map.places.TRUNK`.
        points: Where it runs.
        at_start: Whether there is an arrowhead where it begins.
        at_end: Whether there is one where it ends.
        stop: Whether a chain should stop here.
    """

    place: str
    points: tuple[Point, ...]
    at_start: bool = False
    at_end: bool = False
    stop: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a place, in lines, with how many stand there."""

    place: str
    x: float
    y: float
    lines: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A map, laid out. Of what it holds, nothing lies outside of its width and height."""

    width: float
    height: float
    me: Box
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    headings: tuple[Heading, ...]


class Canvas:
    """What has been put into the picture so far."""

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.lines: list[Line] = []
        self.headings: list[Heading] = []

    def line(self, place: str, *points: tuple[float, float], **ends: bool) -> None:
        """Draw a line.

        Args:
            place: What it belongs to; see :class:`Line`.
            points: Where it runs; those in which it does not turn are left out.
            ends: What else a :class:`Line` is told.
        """
        found: list[Point] = []
        for x, y in points:
            point = Point(x, y)
            if found and found[-1] == point:
                continue
            if len(found) > 1 and (
                found[-2].x == found[-1].x == x or found[-2].y == found[-1].y == y
            ):
                found.pop()
            found.append(point)
        if len(found) > 1:
            self.lines.append(Line(place, tuple(found), **ends))

    def branch(self, place: str, *points: tuple[float, float]) -> None:
        """Draw a line from my side to somebody, with the arrowheads of their place.

        Args:
            place: The id of their place.
            points: Where it runs.
        """
        arrows = PLACE_OF[place]
        self.line(place, *points, at_start=arrows.arrow_at_me, at_end=arrows.arrow_at_them)


class Frame(NamedTuple):
    """Where a picture begins and how large it is."""

    left: float
    top: float
    width: float
    height: float


class Picture(NamedTuple):
    """All that is in the picture, wherever it begins."""

    canvas: Canvas
    me: Box
    margin: float = MARGIN

    def frame(self) -> Frame:
        """Return where the picture begins and how large it is, with its margin."""
        boxes = [self.me, *self.canvas.boxes]
        points = [point for line in self.canvas.lines for point in line.points]
        headings = [
            (heading, max(text_width(line, HEADING_SIZE, bold=True) for line in heading.lines))
            for heading in self.canvas.headings
        ]
        left = min(*(box.x for box in boxes), *(point.x for point in points), self.me.x)
        right = max(
            self.me.x + self.me.width,
            *(box.x + box.width for box in boxes),
            *(point.x for point in points),
            *(heading.x + wide for heading, wide in headings),
        )
        top = min(self.me.y, *(box.y for box in boxes), *(one.y for one, _ in headings))
        bottom = max(
            self.me.y + self.me.height,
            *(box.y + box.height for box in boxes),
            *(point.y for point in points),
        )
        margins = 2 * self.margin
        return Frame(
            left - self.margin, top - self.margin, right - left + margins, bottom - top + margins
        )

    def layout(self) -> Layout:
        """Return the picture, moved so that it begins at 0."""
        frame = self.frame()

        def moved(x: float, y: float) -> Point:
            return Point(round(x - frame.left, 1), round(y - frame.top, 1))

        def box_moved(box: Box) -> Box:
            x, y = moved(box.x, box.y)
            return Box(box.item, x, y, box.width, box.height, box.lines)

        return Layout(
            width=round(frame.width, 1),
            height=round(frame.height, 1),
            me=box_moved(self.me),
            boxes=tuple(map(box_moved, self.canvas.boxes)),
            lines=tuple(
                Line(
                    line.place,
                    tuple(moved(x, y) for x, y in line.points),
                    line.at_start,
                    line.at_end,
                    line.stop,
                )
                for line in self.canvas.lines
            ),
            headings=tuple(
                Heading(one.place, *moved(one.x, one.y), one.lines, one.number)
                for one in self.canvas.headings
            ),
        )
