"""Laying out the map: the choice between me in the middle and all in one column.

A layout is reckoned from a table of widths (:mod:`cxquiz.map.text_width`), without a browser, so
it is the same everywhere, whatever the order in which the relationships came. It knows places and
texts only; :mod:`cxquiz.html.map` draws it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cxquiz.map.around import FEWEST_COLUMNS, ME_WIDTH, Around
from cxquiz.map.blocks import Zones
from cxquiz.map.boxes import Contents
from cxquiz.map.chains import chains_of
from cxquiz.map.column import Column
from cxquiz.map.places import LEFT, RIGHT, in_turn
from cxquiz.map.shapes import COLUMN_GAP, COLUMN_STEP, MARGIN, SMALL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxquiz.map.items import Item
    from cxquiz.map.shapes import Layout, Picture
    from cxquiz.model.types import Model

SHEET_WIDTH: Final = 1200
"""The width at which a map goes on a landscape sheet with letters that can be read."""

NARROW: Final = 720
"""Below this width all stands in one column."""

# How high a picture may be beside its width: where there is room for more columns, and at most.
_RATIO: Final = 0.62
_SHEET_RATIO: Final = 0.69

# How many columns a sheet has at most, and how many of them it has for long chains at least.
_WIDEST_SHEET: Final = 12
_WIDEST_CHAIN: Final = 8


def lay_out(
    model: Model,
    items: Iterable[Item],
    *,
    width: float = SHEET_WIDTH,
    sheet: bool = False,
    me: str = "",
) -> Layout:
    """Lay out a map.

    Args:
        model: The model, for its words.
        items: What is on the map, in any order.
        width: How wide it may be; below :data:`NARROW` all stands in one column.
        sheet: Whether it must go on one landscape sheet; with many relationships it then
            becomes wider, so that its letters become smaller on paper.
        me: What to call the middle; by default, "You".
    """
    contents = Contents(model, chains_of(model, items), me or model.say("map_me"))
    if width < NARROW:
        return Column(contents, width).picture().layout()
    return _around(contents, width, sheet=sheet).layout()


def _around(contents: Contents, width: float, *, sheet: bool) -> Picture:
    """Lay out around me, in as few columns as look well in that width, or on a sheet."""
    room = width - 2 * MARGIN - ME_WIDTH - COLUMN_GAP / 2
    most = max(FEWEST_COLUMNS, int(room / COLUMN_STEP))
    chains = sum(_longest(contents, side) for side in (LEFT, RIGHT))
    least = max(1, min(chains, _WIDEST_CHAIN if sheet else most))
    zones = Zones(contents)
    found: list[tuple[float, Picture]] = []
    for columns in range(least, (_WIDEST_SHEET if sheet else most) + 1):
        picture = Around(zones, columns).picture()
        frame = picture.frame()
        ratio = frame.height / max(frame.width, SMALL)
        if ratio <= (_RATIO if columns < most else _SHEET_RATIO):
            return picture
        found.append((ratio, picture))
    return min(found, key=lambda one: one[0])[1]


def _longest(contents: Contents, side: str) -> int:
    """Return how many links the longest chain of a side has."""
    trees = (tree for place in in_turn(side) for tree in contents.trees[place])
    return max((tree.length() for tree in trees), default=0)
