"""The boxes of the map: what is written in them, how high that makes them, and trees of them.

Where there is no room beside a box, those behind it stand below it, each one a bit further in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cxquiz.map.items import Item
from cxquiz.map.places import LEFT, PLACE_OF
from cxquiz.map.shapes import (
    BOX_GAP,
    HEADING_LEADING,
    HEADING_SIZE,
    LEADING,
    NAME_SIZE,
    SMALL_SIZE,
    Box,
)
from cxquiz.map.text_width import wrap

if TYPE_CHECKING:
    from cxquiz.map.chains import Chains, Tree
    from cxquiz.map.shapes import Canvas
    from cxquiz.model.types import Model

_PADDING: Final = 9.0
"""The space between a box and its text."""

_BELOW_LETTERS: Final = 2.0
"""So much of the last line is empty, and is taken for a part of the padding."""

_HEADING_GAP: Final = 4.0
"""The space between a heading and what is below it."""

_INDENT: Final = 22.0
"""How much further in those behind a box are than the box."""

_DEEPEST_INDENT: Final = 4
"""From here on they are no further in."""

# Where in that space the lines to them run: those with a say in it have one of their own, since
# their arrows run the other way.
_LINE_AT: Final = 0.45
_ADVISERS_LINE_AT: Final = 0.2

# No text has more lines than this.
_MARK_LINES: Final = 1
_NAME_LINES: Final = 3
_KIND_LINES: Final = 2
_NOTE_LINES: Final = 2
_HEADING_LINES: Final = 4


class Contents:
    """What is to be laid out, with the texts of its boxes and headings."""

    def __init__(self, model: Model, chains: Chains, me: str) -> None:
        """Take what is to be laid out.

        Args:
            model: The model, for its words.
            chains: All that is to be on the map.
            me: What to call the middle.
        """
        self.trees = chains.trees
        self.counts = chains.counts
        self._model = model
        self._me = me
        self._texts: dict[tuple[str, float], tuple[tuple[tuple[str, str], ...], float]] = {}

    def height(self, item: Item, width: float) -> float:
        """Return the height of a box of that width."""
        return self._text(item, width)[1]

    def box(self, item: Item, x: float, y: float, width: float) -> Box:
        """Return the box of an item."""
        lines, height = self._text(item, width)
        return Box(item, x, y, width, height, lines)

    def me_box(self, x: float, y: float, width: float, height: float) -> Box:
        """Return the box that I am; its item has no id, and its place is no place."""
        item = Item(id="", name=self._me, place="me", kind="")
        lines = tuple(_lines("name", self._me, width - 2 * _PADDING, _NAME_LINES))
        return Box(item, x, y, width, height, lines)

    def heading(self, place: str, room: float) -> tuple[str, ...]:
        """Return the heading of a place, in lines that fit into the room."""
        name = self._model.say(PLACE_OF[place].name_key)
        text = self._model.say("map_heading", place=name, number=self.counts[place])
        return tuple(wrap(text, HEADING_SIZE, room, _HEADING_LINES, bold=True))

    def _text(self, item: Item, width: float) -> tuple[tuple[tuple[str, str], ...], float]:
        """Return the lines of a box of that width, and its height."""
        key = (item.id, width)
        if key not in self._texts:
            room = width - 2 * _PADDING
            lines = [
                *_lines("mark", item.mark, room, _MARK_LINES),
                *_lines("name", item.name, room, _NAME_LINES),
                *_lines("kind", item.kind, room, _KIND_LINES),
                *(line for note in item.notes for line in _lines("note", note, room, _NOTE_LINES)),
                *_lines("note", item.before, room, _NOTE_LINES),
            ]
            height = sum(LEADING[role] for role, _ in lines) + 2 * _PADDING - _BELOW_LETTERS
            self._texts[key] = tuple(lines), height
        return self._texts[key]


def _lines(role: str, text: str, room: float, most: int) -> list[tuple[str, str]]:
    bold = role in ("name", "mark")
    size = NAME_SIZE if role == "name" else SMALL_SIZE
    return [(role, line) for line in wrap(text, size, room, most, bold=bold)]


def heading_height(lines: tuple[str, ...]) -> float:
    """Return how high a heading of these lines is, with the space below it."""
    return len(lines) * HEADING_LEADING + _HEADING_GAP


class IndentedTrees:
    """Trees in one column, each box under the one before it."""

    def __init__(self, contents: Contents, width: float) -> None:
        """Take the width of the column.

        Args:
            contents: What is to be laid out.
            width: How wide the column is.
        """
        self._contents = contents
        self._width = width

    def height(self, tree: Tree, depth: int = 0) -> float:
        """Return how high a tree is.

        Args:
            tree: The tree.
            depth: How many boxes are before it.
        """
        own = self._contents.height(tree.item, self._width_at(depth))
        return own + sum(BOX_GAP + self.height(other, depth + 1) for other in tree.behind)

    def put(self, canvas: Canvas, tree: Tree, x: float, y: float, depth: int = 0) -> Box:
        """Put a tree at a point and return the box of its root.

        Args:
            canvas: What to put it on.
            tree: The tree.
            x: Where it begins.
            y: The same from above.
            depth: How many boxes are before it.
        """
        box = self._contents.box(tree.item, x, y, self._width_at(depth))
        canvas.boxes.append(box)
        below = y + box.height
        inset = _INDENT if depth < _DEEPEST_INDENT else 0.0
        for other in tree.behind:
            apart = tree.children and _advises(other, tree)
            at = _ADVISERS_LINE_AT if apart else _LINE_AT
            lane = x + _INDENT * at if inset else x - _INDENT * (1 - at)
            found = self.put(canvas, other, x + inset, below + BOX_GAP, depth + 1)
            begin = (lane, y + box.height) if inset else (x, box.middle)
            way = [begin, (lane, begin[1]), (lane, found.middle), (found.x, found.middle)]
            link(canvas, tree, other, *way)
            below += BOX_GAP + self.height(other, depth + 1)
        return box

    def _width_at(self, depth: int) -> float:
        return self._width - _INDENT * min(depth, _DEEPEST_INDENT)


def link(canvas: Canvas, before: Tree, tree: Tree, *points: tuple[float, float]) -> None:
    """Draw a line from one link of a chain to the next.

    Args:
        canvas: What to draw it on.
        before: The tree that the line comes from.
        tree: One of those behind it.
        points: Where it runs.
    """
    place = tree.item.place
    if _advises(tree, before):
        canvas.line(place, *points, at_start=True)
        return
    serves = PLACE_OF[place].side == LEFT
    canvas.line(place, *points, at_start=serves, at_end=not serves, stop=tree.item.stops)


def _advises(tree: Tree, before: Tree) -> bool:
    return any(tree is adviser for adviser in before.advisers)
