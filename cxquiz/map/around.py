"""The layout with me in the middle, for a screen or a sheet that is wide enough.

Whom I serve stands to the right, with chains through others to the end; who serves me to the
left; who has power over me above; partners and those I lead below, and at the bottom whatever
is no relationship or cannot be told yet.

To each side a line runs from me, the trunk, and branches run from it to the boxes. Where there
are several stacks beside one another, the trunk has a rail that runs along their upper ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cxquiz.map.places import ABOVE, BELOW, BOTTOM, LEFT, PLACE_OF, RIGHT, TRUNK, in_turn
from cxquiz.map.shapes import (
    BOX_WIDTH,
    COLUMN_GAP,
    COLUMN_STEP,
    SMALL,
    ZONE_GAP,
    Canvas,
    Picture,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxquiz.map.blocks import Zone, Zones
    from cxquiz.map.shapes import Box

ME_WIDTH: Final = 120.0
"""How wide the box is that I am."""

FEWEST_COLUMNS: Final = 2
"""There is always room for so many columns: one at each side of me."""

_ME_HEIGHT: Final = 58.0
_RAIL: Final = 12.0
"""The space between a rail and what hangs on it; at my sides it is in the middle of that space."""

_BOTTOM_GAP: Final = ZONE_GAP + 4.0
"""The space above the zones at the bottom, to which no line runs."""


class _Branch(NamedTuple):
    """Where a branch leaves the trunk: at that height, for a box or for a rail."""

    y: float
    box: bool = True


class _Extent(NamedTuple):
    """From where to where all boxes reach so far."""

    left: float
    right: float


class Around:
    """The layout with me in the middle, in so many columns."""

    def __init__(self, zones: Zones, columns: int) -> None:
        """Take what is to be laid out.

        Args:
            zones: The zones of the map.
            columns: How many columns there are at both sides of me, at most.
        """
        self._zones = zones
        self._contents = zones.contents
        self._columns = columns
        self._canvas = Canvas()

    def picture(self) -> Picture:
        """Return the picture."""
        left, right = self._sides()
        me, top, bottom = self._middle(left, right)
        edges = [(box.x, box.x + box.width) for box in (me, *self._canvas.boxes)]
        extent = _Extent(min(edge[0] for edge in edges), max(edge[1] for edge in edges))
        wide = extent.right - extent.left
        columns = max(FEWEST_COLUMNS, int((wide + COLUMN_GAP) / COLUMN_STEP))
        above, below, rest = (
            self._zones.row(places, max(columns, len(places))) if places else []
            for places in map(self._places, (ABOVE, BELOW, BOTTOM))
        )
        if above:
            self._above(above[0], me, top, extent)
        if below:
            bottom = self._below(below, me, bottom, extent)
        if rest:
            self._at_the_bottom(rest, bottom, extent)
        return Picture(self._canvas, me)

    def _places(self, side: str) -> list[str]:
        """Return the places of a side where there is somebody."""
        return [place for place in in_turn(side) if self._contents.trees[place]]

    def _sides(self) -> tuple[list[list[Zone]], list[list[Zone]]]:
        """Share the columns between left and right so that the taller side is lowest."""
        left, right = self._places(LEFT), self._places(RIGHT)
        best: tuple[float, list[list[Zone]], list[list[Zone]]] | None = None
        for number in range(self._columns + 1):
            on_left, on_right = max(number, len(left)), max(self._columns - number, len(right[:1]))
            if on_left + on_right > max(self._columns, len(left) + len(right[:1])):
                continue
            rows = [self._zones.row(left, on_left)] if left else []
            for split in _splits(right):
                if all(len(places) <= on_right for places in split):
                    others = [self._zones.row(places, on_right) for places in split]
                    tallest = max(_rows_height(rows), _rows_height(others))
                    if best is None or tallest < best[0]:
                        best = (tallest, rows, others)
        assert best is not None  # noqa: S101 - each place in a row of its own always fits
        return best[1], best[2]

    def _middle(self, left: list[list[Zone]], right: list[list[Zone]]) -> tuple[Box, float, float]:
        """Put me and both sides, and return where that begins and ends."""
        height = max(_rows_height(left), _rows_height(right), _ME_HEIGHT)
        on_right = _put_side(self._canvas, right, 1, (height - _rows_height(right)) / 2)
        middles = [branch.y for branch in on_right if branch.box]
        middle = min(middles, key=lambda y: abs(y - height / 2), default=height / 2)
        top = (height - _rows_height(left)) / 2
        if left:
            # Moved a bit, one of them is on a level with me, and its line runs straight.
            trial = _put_side(Canvas(), left, -1, top)
            moved = min((middle - branch.y for branch in trial if branch.box), key=abs, default=0.0)
            if 0 <= top + moved <= 2 * top or not right:
                top, middle = (top + moved, middle) if right else (top, middle - moved)
        sides = [(on_right, 1), (_put_side(self._canvas, left, -1, top), -1)]
        me = self._contents.me_box(0.0, middle - _ME_HEIGHT / 2, ME_WIDTH, _ME_HEIGHT)
        for branches, sign in sides:
            self._trunk(branches, me, sign)
        return me, min(0.0, me.y), max(height, me.y + me.height)

    def _trunk(self, branches: Sequence[_Branch], me: Box, sign: int) -> None:
        """Draw the line from me that all of a side hang on."""
        if not branches:
            return
        edge = me.x + me.width if sign > 0 else me.x
        x = edge + sign * COLUMN_GAP / 2
        # Where they serve me, the arrowhead is at me.
        self._canvas.line(TRUNK, (edge, me.middle), (x, me.middle), at_start=sign < 0)
        heights = [me.middle, *(branch.y for branch in branches)]
        self._canvas.line(TRUNK, (x, min(heights)), (x, max(heights)))

    def _above(self, zone: Zone, me: Box, top: float, extent: _Extent) -> None:
        """Put the zone above me, with the lines to it."""
        x = _beginning([zone], me, extent)
        rail = top - ZONE_GAP
        y = rail - _RAIL - zone.height
        zone.put_heading(self._canvas, x, y)
        middle = me.x + me.width / 2
        ends = [middle]
        lane = x - COLUMN_GAP / 2
        for stack, boxes in zip(zone.stacks, zone.put(self._canvas, x, y), strict=True):
            _put_branches(self._canvas, boxes, lane, 1)
            self._canvas.line(zone.place, (lane, boxes[0].middle), (lane, rail))
            ends.append(lane)
            lane += stack.columns * COLUMN_STEP
        self._canvas.line(zone.place, (min(ends), rail), (max(ends), rail))
        self._canvas.line(zone.place, (middle, rail), (middle, me.y), at_end=True)

    def _below(self, zones: list[Zone], me: Box, end: float, extent: _Extent) -> float:
        """Put the zones below me, with the lines to them, and return where they end."""
        x = _beginning(zones, me, extent)
        rail = end + ZONE_GAP
        inside = rail + _RAIL + max(zone.heading_height for zone in zones)
        middle = me.x + me.width / 2
        ends = [middle]
        for zone in zones:
            zone.put_heading(self._canvas, x, inside)
            for stack, boxes in zip(zone.stacks, zone.put(self._canvas, x, inside), strict=True):
                lane = x - COLUMN_GAP / 2
                _put_branches(self._canvas, boxes, lane, 1)
                self._canvas.line(TRUNK, (lane, rail), (lane, boxes[-1].middle))
                ends.append(lane)
                x += stack.columns * COLUMN_STEP
        self._canvas.line(TRUNK, (min(ends), rail), (max(ends), rail))
        both = any(PLACE_OF[zone.place].arrow_at_me for zone in zones)
        self._canvas.line(TRUNK, (middle, me.y + me.height), (middle, rail), at_start=both)
        return inside + max(zone.height for zone in zones)

    def _at_the_bottom(self, zones: list[Zone], end: float, extent: _Extent) -> None:
        """Put the zones to which no line runs."""
        x = extent.left
        inside = end + _BOTTOM_GAP + max(zone.heading_height for zone in zones)
        for zone in zones:
            zone.put_heading(self._canvas, x, inside)
            zone.put(self._canvas, x, inside)
            x += zone.columns * COLUMN_STEP


def _put_side(canvas: Canvas, rows: list[list[Zone]], sign: int, y: float) -> list[_Branch]:
    """Put the zones of a side, the right one where the sign is 1, and the lines among them.

    Returns:
        Where the trunk from me has to go to.
    """
    found: list[_Branch] = []
    begin = ME_WIDTH + COLUMN_GAP if sign > 0 else -COLUMN_GAP - BOX_WIDTH
    trunk = ME_WIDTH + COLUMN_GAP / 2 if sign > 0 else -COLUMN_GAP / 2
    for row in rows:
        inside = y + max(zone.heading_height for zone in row)
        rail = inside + _RAIL / 2
        inside += _RAIL if _has_rail(row) else 0.0
        x = begin
        lane = furthest = trunk
        for zone in row:
            leftmost = x if sign > 0 else x - (zone.columns - 1) * COLUMN_STEP
            zone.put_heading(canvas, leftmost, rail - _RAIL / 2)
            for stack, boxes in zip(zone.stacks, zone.put(canvas, x, inside), strict=True):
                _put_branches(canvas, boxes, lane, sign)
                if lane == trunk:
                    found += [_Branch(box.middle) for box in boxes]
                else:
                    canvas.line(TRUNK, (lane, rail), (lane, boxes[-1].middle))
                furthest = lane
                lane += sign * stack.columns * COLUMN_STEP
            x += sign * zone.columns * COLUMN_STEP
        if _has_rail(row):
            canvas.line(TRUNK, (trunk, rail), (furthest, rail))
            found.append(_Branch(rail, box=False))
        y = inside + max(zone.height for zone in row) + ZONE_GAP
    return found


def _put_branches(canvas: Canvas, boxes: Iterable[Box], lane: float, sign: int) -> None:
    """Draw the lines from a lane beside a stack to its boxes."""
    for box in boxes:
        edge = box.x if sign > 0 else box.x + box.width
        canvas.branch(box.item.place, (lane, box.middle), (edge, box.middle))


def _has_rail(row: Sequence[Zone]) -> bool:
    return sum(len(zone.stacks) for zone in row) > 1


def _splits(places: Sequence[str]) -> Iterator[list[list[str]]]:
    """Yield all ways to put places into rows, in their order."""
    if not places:
        yield []
    for size in range(1, len(places) + 1):
        for rest in _splits(places[size:]):
            yield [list(places[:size]), *rest]


def _rows_height(rows: Iterable[Sequence[Zone]]) -> float:
    """Return how high rows of zones below one another are."""
    heights = [
        max(zone.heading_height for zone in row)
        + (_RAIL if _has_rail(row) else 0.0)
        + max(zone.height for zone in row)
        for row in rows
    ]
    return sum(heights) + ZONE_GAP * max(len(heights) - 1, 0)


def _beginning(zones: Sequence[Zone], me: Box, extent: _Extent) -> float:
    """Return where zones above or below me begin: in the middle of all that is there.

    Where there is room, they are moved so that the line from me runs straight into the space
    before a column.
    """
    columns = sum(zone.columns for zone in zones)
    wide = columns * COLUMN_STEP - COLUMN_GAP
    middle = max((extent.left + extent.right - wide) / 2, extent.left)
    straight = me.x + me.width / 2 + COLUMN_GAP / 2
    steps = min(max(round((straight - middle) / COLUMN_STEP), 0), columns - 1)
    begin = straight - steps * COLUMN_STEP
    fits = extent.left <= begin and begin + wide <= max(extent.right, SMALL / 2)
    return begin if fits else middle
