"""The zones of the map: the trees of one place in columns, packed so that they are low."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cxquiz.map.boxes import IndentedTrees, heading_height, link
from cxquiz.map.chains import Tree
from cxquiz.map.places import BELOW, LEFT, PLACE_OF
from cxquiz.map.shapes import BOX_GAP, BOX_WIDTH, COLUMN_GAP, COLUMN_STEP, Heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cxquiz.map.boxes import Contents
    from cxquiz.map.shapes import Box, Canvas


class Block(NamedTuple):
    """A tree of a zone, with the columns and the height that it takes."""

    tree: Tree
    columns: int
    height: float


class Stack(NamedTuple):
    """Blocks below one another, with the columns that the widest of them takes."""

    columns: int
    blocks: list[Block]


class Zone:
    """The trees of one place, in stacks beside one another.

    Attributes:
        place: The id of the place.
        sign: -1 where chains grow to the left, 1 where they grow to the right.
        stacks: The stacks, the first one nearest to me.
        columns: How many columns it has.
        height: How high it is, without its heading.
        heading_height: How high its heading is, with the space below it.
    """

    def __init__(self, contents: Contents, place: str, most: int) -> None:
        """Measure the zone.

        Args:
            contents: What is to be laid out.
            place: The id of the place; chains of suppliers grow to the left, all others to the
                right.
            most: How many columns there are.
        """
        self.place = place
        self.sign = -1 if PLACE_OF[place].side == LEFT else 1
        self._contents = contents
        self._most = most
        self._indented = IndentedTrees(contents, BOX_WIDTH)
        self.stacks = packed([self._block(tree) for tree in contents.trees[place]], most)
        self.columns = sum(stack.columns for stack in self.stacks)
        self.height = max(_height(stack.blocks) for stack in self.stacks)
        # Below me a line comes down before each stack, and the heading is to be in no line's way.
        below = PLACE_OF[place].side == BELOW
        across = self.stacks[0].columns if below else self.columns
        self._heading = contents.heading(place, across * COLUMN_STEP - COLUMN_GAP)
        self.heading_height = heading_height(self._heading)

    def put_heading(self, canvas: Canvas, x: float, bottom: float) -> None:
        """Put the heading above the zone.

        Args:
            canvas: What to put it on.
            x: Where it begins.
            bottom: Where the space below it ends.
        """
        y = bottom - self.heading_height
        number = self._contents.counts[self.place]
        canvas.headings.append(Heading(self.place, x, y, self._heading, number))

    def put(self, canvas: Canvas, x: float, y: float) -> list[list[Box]]:
        """Put the boxes at a point and return the roots of each stack.

        Args:
            canvas: What to put them on.
            x: Where the column that is nearest to me begins.
            y: Where all columns begin.
        """
        roots: list[list[Box]] = []
        column = 0
        for stack in self.stacks:
            at, top = x + self.sign * column * COLUMN_STEP, y
            roots.append([])
            for block in stack.blocks:
                if block.tree.length() > self._most:
                    roots[-1].append(self._indented.put(canvas, block.tree, at, top))
                else:
                    roots[-1].append(self._put(canvas, block.tree, at, top))
                top += block.height + BOX_GAP
            column += stack.columns
        return roots

    def _block(self, tree: Tree) -> Block:
        length = tree.length()
        if length > self._most:  # not each link can have a column of its own
            return Block(tree, 1, self._indented.height(tree))
        return Block(tree, length, self._tree_height(tree))

    def _tree_height(self, tree: Tree) -> float:
        """Return the height of a tree whose links stand beside one another."""
        own = self._indented.height(_without_chain(tree))
        return max(own, _total(self._tree_height(child) for child in tree.children))

    def _put(self, canvas: Canvas, tree: Tree, x: float, y: float) -> Box:
        """Put a tree at a point, each link beside the one before it; return the root's box."""
        box = self._indented.put(canvas, _without_chain(tree), x, y)
        top = y
        level = box.middle
        for child in tree.children:
            found = self._put(canvas, child, x + self.sign * COLUMN_STEP, top)
            top += self._tree_height(child) + BOX_GAP
            meets = found.middle
            if child is tree.children[0]:  # both begin at the same height: the line runs straight
                level = meets = min(box.middle, found.middle)
            if self.sign > 0:
                begin, turn, end = x + BOX_WIDTH, x + BOX_WIDTH + COLUMN_GAP / 2, found.x
            else:
                begin, turn, end = x, x - COLUMN_GAP / 2, found.x + BOX_WIDTH
            way = [(begin, level), (turn, level), (turn, meets), (end, meets)]
            link(canvas, tree, child, *way)
        return box


class Zones:
    """The zones of a map, in any number of columns; each one is measured once."""

    def __init__(self, contents: Contents) -> None:
        """Take what is to be laid out.

        Args:
            contents: What is to be laid out.
        """
        self.contents = contents
        self._found: dict[tuple[str, int], Zone] = {}

    def row(self, places: Sequence[str], columns: int) -> list[Zone]:
        """Return zones beside one another that share columns, as low as they can be.

        Args:
            places: The ids of their places; there is somebody at each of them.
            columns: How many columns they share: at least one for each.
        """
        share = dict.fromkeys(places, 1)
        for _ in range(columns - len(places)):
            tallest = max(places, key=lambda place: self._zone(place, share[place]).height)
            share[tallest] += 1
        return [self._zone(place, share[place]) for place in places]

    def _zone(self, place: str, most: int) -> Zone:
        """Return the zone of a place in so many columns."""
        if (place, most) not in self._found:
            self._found[place, most] = Zone(self.contents, place, most)
        return self._found[place, most]


def _without_chain(tree: Tree) -> Tree:
    """Return a tree without what comes after it in a chain."""
    return Tree(tree.item, tree.advisers)


def _total(heights: Iterable[float]) -> float:
    """Return the height of things below one another."""
    return sum(height + BOX_GAP for height in heights) - BOX_GAP


def _height(blocks: Iterable[Block]) -> float:
    return _total(block.height for block in blocks)


def packed(blocks: Sequence[Block], most: int) -> list[Stack]:
    """Put blocks into stacks of at most so many columns together, as low as they can be.

    Blocks of the same number of columns stand together, where there is room for that; the order
    is kept among them.

    Args:
        blocks: The blocks.
        most: How many columns there are.
    """
    if not blocks:
        return []
    groups: dict[int, list[Block]] = {}
    for block in blocks:
        groups.setdefault(block.columns, []).append(block)
    if sum(groups) > most:
        groups = {max(groups): list(blocks)}
    least = int(max(block.height for block in blocks))
    highest = int(_height(blocks)) + 1
    while least < highest:
        middle = (least + highest) // 2
        if sum(stack.columns for stack in _stacks(groups, middle)) <= most:
            highest = middle
        else:
            least = middle + 1
    return _stacks(groups, highest)


def _stacks(groups: dict[int, list[Block]], limit: float) -> list[Stack]:
    """Return stacks that are no higher than that."""
    found: list[Stack] = []
    for columns, group in groups.items():
        left = -1.0
        for block in group:
            if left < block.height:
                found.append(Stack(columns, []))
                left = limit + BOX_GAP
            found[-1].blocks.append(block)
            left -= block.height + BOX_GAP
    return found
