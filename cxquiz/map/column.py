"""The layout in one column, for a narrow screen: what comes to me, me, what goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cxquiz.map.boxes import IndentedTrees, heading_height
from cxquiz.map.places import ABOVE, BELOW, BOTTOM, LEFT, PLACE_OF, RIGHT, TRUNK, in_turn
from cxquiz.map.shapes import BOX_GAP, ZONE_GAP, Canvas, Heading, Picture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxquiz.map.boxes import Contents

_MARGIN: Final = 2.0
_ME_HEIGHT: Final = 44.0

_ARROW_ROOM: Final = 4.0
"""What is left empty above me besides, where an arrowhead comes down to me."""

_LANE: Final = 26.0
"""The space at the left of the boxes; the trunk runs in its middle."""

_BEFORE_ME: Final = in_turn(ABOVE, LEFT)
_AFTER_ME: Final = in_turn(BELOW, RIGHT)
_LAST: Final = in_turn(BOTTOM)


class Column:
    """The layout in one column."""

    def __init__(self, contents: Contents, width: float) -> None:
        """Take what is to be laid out.

        Args:
            contents: What is to be laid out.
            width: How wide the picture is.
        """
        self._contents = contents
        self._width = width - 2 * _MARGIN
        self._canvas = Canvas()
        self._trees = IndentedTrees(contents, self._width - _LANE)

    def picture(self) -> Picture:
        """Return the picture."""
        y, before = self._put(_BEFORE_ME, 0.0)
        if before:
            y += _ARROW_ROOM
        me = self._contents.me_box(0.0, y, self._width, _ME_HEIGHT)
        trunk = _LANE / 2
        if before:
            self._canvas.line(TRUNK, (trunk, before[0]), (trunk, y), at_end=True)
        y, after = self._put(_AFTER_ME, y + _ME_HEIGHT + ZONE_GAP)
        if after:
            there = (PLACE_OF[place] for place in _AFTER_ME if self._contents.trees[place])
            both = any(place.arrow_at_me for place in there)
            self._canvas.line(TRUNK, (trunk, me.y + me.height), (trunk, after[-1]), at_start=both)
        self._put(_LAST, y)
        return Picture(self._canvas, me, margin=_MARGIN)

    def _put(self, places: Iterable[str], y: float) -> tuple[float, list[float]]:
        """Put places below one another; return where it goes on, and where lines branch off."""
        middles: list[float] = []
        for place in places:
            trees = self._contents.trees[place]
            if not trees:
                continue
            x = _LANE
            lines = self._contents.heading(place, self._width - x)
            number = self._contents.counts[place]
            self._canvas.headings.append(Heading(place, x, y, lines, number))
            y += heading_height(lines)
            for tree in trees:
                box = self._trees.put(self._canvas, tree, x, y)
                if place not in _LAST:
                    self._canvas.branch(place, (_LANE / 2, box.middle), (x, box.middle))
                    middles.append(box.middle)
                y += self._trees.height(tree) + BOX_GAP
            y += ZONE_GAP - BOX_GAP
        return y, middles
