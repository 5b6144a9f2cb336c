"""The map: where every relationship stands around me, and which way the lines run.

Whom I serve stands to the right, with chains through others to the end; who serves me to the
left; who has power over me above; partners and those I lead below, and at the bottom whatever
is no relationship or cannot be told yet. On a narrow screen all of it stands in one column.

The layout is reckoned from a table of widths (:mod:`cxquiz.map.text_width`), without a browser, so
it is the same everywhere, whatever the order in which the relationships came. It knows places and
texts only; :mod:`cxquiz.html.map` draws it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from cxquiz.classifier.reading import assess
from cxquiz.classifier.verdict import NOT_ENOUGH, TWO_READINGS
from cxquiz.map.text_width import width as text_width
from cxquiz.map.text_width import wrap
from cxquiz.model.types import join_texts
from cxquiz.portfolio.portfolio import PRIMARY, SUPPORTING, circles, what_changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cxquiz.classifier.reading import Assessment
    from cxquiz.model.types import Model
    from cxquiz.portfolio.portfolio import Changed, Kept

OPEN: Final = "open"
"""The place of what cannot be told yet."""

MOST: Final = 60
"""No more relationships than this get a box of their own; the others are counted."""

SHEET_WIDTH: Final = 1200
"""The width at which a map goes on a landscape sheet with letters that can be read."""

NARROW: Final = 720
"""Below this width all stands in one column."""

PLACE_NAMES: Final = {
    "over": "map_over",
    "supply": "map_supply",
    "beside": "map_beside",
    "led": "map_led",
    "served": "map_served",
    "influence": "map_influence",
    "end": "map_end",
    "inside": "map_inside",
    OPEN: "map_open",
    "aside": "map_aside",
}
"""The wording that names each place."""

_DEEPEST: Final = 12
_DEEPEST_OF_MANY: Final = 5

# Sizes, in the units of the picture; on a screen they are pixels.
_MARGIN: Final = 14.0
_BOX: Final = 164.0
_GUTTER: Final = 32.0
_PITCH: Final = _BOX + _GUTTER
_ME: Final = 120.0
_GAP: Final = 9.0
_ZONE_GAP: Final = 20.0
_PAD: Final = 9.0
_INDENT: Final = 22.0
_LANE: Final = 26.0
_ME_HEIGHT: Final = 58.0
_BUS: Final = 12.0

# How high a picture may be beside its width: where there is room for more columns, and at most.
_RATIO: Final = 0.62
_SHEET_RATIO: Final = 0.69
# What is no larger than this looks well in any shape.
_SMALL: Final = 620.0
_WIDEST_SHEET: Final = 12
_WIDEST_CHAIN: Final = 8
_DEEPEST_INDENT: Final = 4

NAME_SIZE: Final = 13.0
SMALL_SIZE: Final = 11.0
HEADING_SIZE: Final = 12.0
LEADING: Final = {"mark": 15.0, "name": 16.5, "kind": 14.0, "note": 14.0}
"""How high each kind of line in a box is."""

HEADING_LEADING: Final = 15.0
"""How high a line of a heading is."""

_HEADING_LINES: Final = 4

_RIGHT: Final = ("served", "influence", "end", "inside")
_BELOW: Final = ("beside", "led")
_BOTTOM: Final = (OPEN, "aside")
_NO_LINE: Final = frozenset(_BOTTOM)
_TOWARDS_ME: Final = frozenset(["over", "supply"])
_ORDER: Final = ("over", "supply", *_BELOW, *_RIGHT, *_BOTTOM)


@dataclass(frozen=True, slots=True)
class Item:
    """One relationship as the map tells it.

    Attributes:
        id: Its id; unique on the map.
        name: Who it is.
        place: One of :data:`cxquiz.model.types.PLACES`, or :data:`OPEN`.
        kind: What they are, in a few words.
        notes: What else to say of it, each on a line of its own.
        mark: The rank, or that a chain should stop here, in words; mostly empty.
        certain: Whether the reading says one thing.
        via: The id of the item that it is reached through, or empty.
        rank: 0 for the primary customer, 1 for a supporting one, 2 for all others.
        stops: Whether a chain should stop before it.
        number: How many relationships it stands for.
        before: That it was read otherwise the last time, and how; mostly empty.
    """

    id: str
    name: str
    place: str
    kind: str
    notes: tuple[str, ...] = ()
    mark: str = ""
    certain: bool = True
    via: str = ""
    rank: int = 2
    stops: bool = False
    number: int = 1
    before: str = ""


class Point(NamedTuple):
    """A place in the picture."""

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
    """A line between boxes, drawn in the manner of a place, with arrowheads at its ends."""

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


@dataclass(slots=True)
class _Tree:
    """An item with those behind it."""

    item: Item
    advisers: list[_Tree] = field(default_factory=list)
    children: list[_Tree] = field(default_factory=list)

    def all(self) -> Iterator[_Tree]:
        yield self
        for tree in (*self.advisers, *self.children):
            yield from tree.all()


def items_of(model: Model, portfolio: Iterable[Kept]) -> list[Item]:
    """Read each relationship and say what the map tells of it.

    Args:
        model: The model to judge by, with its words.
        portfolio: The relationships.
    """
    return [item_of(model, one, assess(model, one.now.answers)) for one in portfolio]


def item_of(model: Model, one: Kept, assessment: Assessment) -> Item:
    """Return what the map tells of one relationship.

    Args:
        model: The model that it was judged by.
        one: The relationship.
        assessment: What its answers come to.
    """
    names = [model.relationships[label].name for label in assessment.labels]
    verdict = assessment.verdict
    place = OPEN
    notes: list[str] = []
    if assessment.primary is None:
        kind = model.say("map_nothing")
    elif verdict == NOT_ENOUGH:
        kind = model.say("map_perhaps", relationship=names[0])
    else:
        place = model.relationships[assessment.primary].place
        kind, others = names[0], names[1:]
        if verdict == TWO_READINGS:
            kind, others = model.say("map_either", one=names[0], other=names[1]), names[2:]
        if others:
            notes.append(model.say("map_also", relationships=join_texts(others)))
    if verdict in (NOT_ENOUGH, TWO_READINGS):
        notes.append(model.verdicts[verdict].name)
    stops = place == "aside"
    mark = {PRIMARY: "map_primary", SUPPORTING: "map_supporting"}.get(one.rank)
    if stops and one.via:
        mark = "map_stop"
    return Item(
        id=one.id,
        name=one.name,
        place=place,
        kind=kind,
        notes=tuple(notes),
        mark=model.say(mark) if mark else "",
        certain=verdict not in (NOT_ENOUGH, TWO_READINGS),
        via=one.via,
        rank={PRIMARY: 0, SUPPORTING: 1}.get(one.rank, 2),
        stops=stops,
        before=_before(model, what_changed(model, one, assessment)),
    )


def _before(model: Model, changed: Changed | None) -> str:
    """Return what of the reading was otherwise the last time: the relationship, or how sure."""
    if changed is None or not changed.reading:
        return ""
    primary, verdict = changed.primary, changed.verdict
    if primary[0] != primary[1]:
        return model.say("map_before", before=relationship_name(model, primary[0]))
    sure = model.verdicts.get(verdict[0])
    return model.say("map_before", before=sure.name if sure else verdict[0])


def relationship_name(model: Model, identity: str | None) -> str:
    """Return a relationship's name, also where the model knows it no more, or there is none."""
    known = model.relationships.get(identity or "")
    return known.name if known else identity or model.say("map_nothing")


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
    forest, counts = _forest(items)
    deepest = _DEEPEST if sum(counts.values()) <= MOST else _DEEPEST_OF_MANY
    for place, trees in forest.items():
        forest[place] = _thinned(model, trees, deepest)
    _limit(model, forest)
    desk = _Desk(model, forest, counts, me or model.say("map_me"))
    if width < NARROW:
        return _Column(desk, width).layout()
    return _spread(desk, width, sheet=sheet)


def _forest(items: Iterable[Item]) -> tuple[dict[str, list[_Tree]], Counter[str]]:
    """Sort the items by place and into chains; count those of each place."""
    ordered = sorted(items, key=lambda item: (item.rank, item.name.casefold(), item.id))
    known = {item.id: item for item in ordered}
    ways = {item.id: _way(item, known) for item in ordered}
    for identity in circles(ways):
        ways[identity] = ""
    trees = {item.id: _Tree(item) for item in ordered}
    forest: dict[str, list[_Tree]] = {place: [] for place in _ORDER}
    for item in ordered:
        before = trees[ways[item.id]] if ways[item.id] else None
        if before is None:
            forest[item.place].append(trees[item.id])
        elif item.place == "influence" and before.item.place != "influence":
            before.advisers.append(trees[item.id])
        else:
            before.children.append(trees[item.id])
    for tree in trees.values():
        # Somebody with a say in the purchase who is a link of a chain as well.
        linked = [adviser for adviser in tree.advisers if adviser.children or adviser.advisers]
        tree.children += linked
        tree.advisers = [adviser for adviser in tree.advisers if adviser not in linked]
    counts: Counter[str] = Counter()
    for place, roots in forest.items():
        for tree in (tree for root in roots for tree in root.all()):
            counts[place if place in _TOWARDS_ME else tree.item.place] += tree.item.number
    return forest, counts


def _way(item: Item, known: Mapping[str, Item]) -> str:
    """Return the item before this one in a chain; overseers stay above, whoever they are by."""
    before = known.get(item.via)
    if before is None or item.place == "over" or before.place == "over":
        return ""
    return item.via if (item.place == "supply") == (before.place == "supply") else ""


def _more(model: Model, trees: Sequence[_Tree]) -> _Tree:
    """Return what stands for trees that are not shown."""
    item = trees[0].item
    number = sum(one.item.number for tree in trees for one in tree.all())
    name = model.say("map_more", number=number)
    kinds = {tree.item.kind for tree in trees}
    kind = item.kind if len(kinds) == 1 else ""
    return _Tree(
        Item(id=f"{item.id} …", name=name, place=item.place, kind=kind, rank=3, number=number)
    )


def _thinned(model: Model, trees: list[_Tree], deepest: int) -> list[_Tree]:
    """Cut chains that are longer than any picture is wide."""
    if not deepest and trees:
        return [_more(model, trees)]
    for tree in trees:
        tree.children = _thinned(model, tree.children, deepest - 1)
    return trees


def _limit(model: Model, forest: dict[str, list[_Tree]]) -> None:
    """Show no more than :data:`MOST` boxes: cut each row of siblings to the same length."""

    def shown(trees: Sequence[_Tree], most: int) -> int:
        kept = trees if len(trees) <= most else trees[: most - 1]
        return (len(trees) > most) + sum(
            1 + shown(tree.children, most) + shown(tree.advisers, most) for tree in kept
        )

    def cut(trees: list[_Tree], most: int) -> list[_Tree]:
        if len(trees) > most:
            trees = [*trees[: most - 1], _more(model, trees[most - 1 :])]
        for tree in trees:
            tree.children, tree.advisers = cut(tree.children, most), cut(tree.advisers, most)
        return trees

    longest = max(map(len, (*forest.values(), *_siblings(forest))), default=0)
    most = longest
    for most in range(min(longest, MOST), 0, -1):
        if sum(shown(trees, most) for trees in forest.values()) <= MOST:
            break
    for place, trees in forest.items():
        forest[place] = cut(trees, max(most, 1))


def _siblings(forest: Mapping[str, Sequence[_Tree]]) -> Iterator[list[_Tree]]:
    for trees in forest.values():
        for root in trees:
            for tree in root.all():
                yield from (tree.children, tree.advisers)


class _Desk:
    """What is to be laid out, with the sizes of its boxes."""

    def __init__(
        self, model: Model, forest: dict[str, list[_Tree]], counts: Counter[str], me: str
    ) -> None:
        self.model = model
        self.forest = forest
        self.counts = counts
        self.me = me
        self._texts: dict[tuple[str, float], tuple[tuple[tuple[str, str], ...], float]] = {}
        self._zones: dict[tuple[str, int], _Zone] = {}

    def text(self, item: Item, width: float) -> tuple[tuple[tuple[str, str], ...], float]:
        """Return the lines of a box of that width, and its height."""
        key = (item.id, width)
        if key not in self._texts:
            room = width - 2 * _PAD
            lines = [
                *_lines("mark", item.mark, room, 1),
                *_lines("name", item.name, room, 3),
                *_lines("kind", item.kind, room, 2),
                *(line for note in item.notes for line in _lines("note", note, room, 2)),
                *_lines("note", item.before, room, 2),
            ]
            height = sum(LEADING[role] for role, _ in lines) + 2 * _PAD - 2
            self._texts[key] = tuple(lines), height
        return self._texts[key]

    def box(self, item: Item, x: float, y: float, width: float) -> Box:
        lines, height = self.text(item, width)
        return Box(item, x, y, width, height, lines)

    def me_box(self, x: float, y: float, width: float, height: float) -> Box:
        item = Item(id="", name=self.me, place="me", kind="")
        lines = tuple(_lines("name", self.me, width - 2 * _PAD, 3))
        return Box(item, x, y, width, height, lines)

    def heading(self, place: str, room: float) -> tuple[str, ...]:
        name = self.model.say(PLACE_NAMES[place])
        text = self.model.say("map_heading", place=name, number=self.counts[place])
        return tuple(wrap(text, HEADING_SIZE, room, _HEADING_LINES, bold=True))

    def zone(self, place: str, most: int) -> _Zone:
        """Return the zone of a place in so many columns."""
        if (place, most) not in self._zones:
            self._zones[place, most] = _Zone(self, place, most)
        return self._zones[place, most]

    def row(self, places: Sequence[str], columns: int) -> list[_Zone]:
        """Return zones beside one another that share columns, as low as they can be."""
        share = dict.fromkeys(places, 1)
        for _ in range(columns - len(places)):
            tallest = max(places, key=lambda place: self.zone(place, share[place]).inner)
            share[tallest] += 1
        return [self.zone(place, share[place]) for place in places]

    def depth(self, tree: _Tree) -> int:
        return 1 + max(map(self.depth, tree.children), default=0)


def _lines(role: str, text: str, room: float, most: int) -> list[tuple[str, str]]:
    bold = role in ("name", "mark")
    size = NAME_SIZE if role == "name" else SMALL_SIZE
    return [(role, line) for line in wrap(text, size, room, most, bold=bold)]


class _Canvas:
    """What has been put into the picture so far."""

    def __init__(self) -> None:
        self.boxes: list[Box] = []
        self.lines: list[Line] = []
        self.headings: list[Heading] = []

    def line(self, place: str, *points: tuple[float, float], **ends: bool) -> None:
        """Draw a line; points in which it does not turn are left out."""
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


def _arrows(place: str) -> dict[str, bool]:
    """Say at which ends a line has arrowheads that runs from me, or from before, to somebody."""
    return {
        "at_start": place == "beside" or place in _TOWARDS_ME,
        "at_end": place not in _TOWARDS_ME,
    }


class _Indented:
    """Trees in one column, each one under the one before it."""

    def __init__(self, desk: _Desk, width: float) -> None:
        self.desk = desk
        self.width = width

    def height(self, tree: _Tree, depth: int = 0) -> float:
        own = self.desk.text(tree.item, self._width(depth))[1]
        behind = (self.height(other, depth + 1) for other in (*tree.advisers, *tree.children))
        return own + sum(_GAP + height for height in behind)

    def place(self, canvas: _Canvas, tree: _Tree, x: float, y: float, depth: int = 0) -> Box:
        """Put a tree at a place and return the box of its root."""
        box = self.desk.box(tree.item, x, y, self._width(depth))
        canvas.boxes.append(box)
        below = y + box.height
        inset = _INDENT if depth < _DEEPEST_INDENT else 0.0
        for other in (*tree.advisers, *tree.children):
            # Those with a say in it have a lane of their own: their arrows run the other way.
            advises = any(other is adviser for adviser in tree.advisers)
            side = 0.2 if advises and tree.children else 0.45
            lane = x + _INDENT * side if inset else x - _INDENT * (1 - side)
            found = self.place(canvas, other, x + inset, below + _GAP, depth + 1)
            begin = (lane, y + box.height) if inset else (x, box.middle)
            way = [begin, (lane, begin[1]), (lane, found.middle), (found.x, found.middle)]
            canvas.line(other.item.place, *way, **_link(tree, other))
            below += _GAP + self.height(other, depth + 1)
        return box

    def _width(self, depth: int) -> float:
        return self.width - _INDENT * min(depth, _DEEPEST_INDENT)


def _link(before: _Tree, tree: _Tree) -> dict[str, bool]:
    """Say which ends a line has that runs from one link of a chain to the next."""
    if any(tree is adviser for adviser in before.advisers):
        return {"at_start": True}
    ends = _arrows("supply" if tree.item.place == "supply" else "served")
    return {**ends, "stop": tree.item.stops}


class _Block(NamedTuple):
    """A tree of a zone, with the columns and the height that it takes."""

    tree: _Tree
    columns: int
    height: float


class _Strip(NamedTuple):
    """Blocks below one another."""

    columns: int
    blocks: list[_Block]


class _Zone:
    """The trees of one place, in strips beside one another."""

    def __init__(self, desk: _Desk, place: str, most: int) -> None:
        """Measure the zone.

        Args:
            desk: What is to be laid out.
            place: The place; chains of suppliers grow to the left, all others to the right.
            most: How many columns there are.
        """
        self.desk = desk
        self.place = place
        self.sign = -1 if place == "supply" else 1
        self.most = most
        self._rows = _Indented(desk, _BOX)
        self.strips = _packed([self._block(tree) for tree in desk.forest[place]], most)
        self.columns = sum(strip.columns for strip in self.strips)
        self.inner = max(_height(strip.blocks) for strip in self.strips)
        across = self.strips[0].columns if place in _BELOW else self.columns
        self.heading = desk.heading(place, across * _PITCH - _GUTTER)
        self.head = len(self.heading) * HEADING_LEADING + 4

    def _block(self, tree: _Tree) -> _Block:
        depth = self.desk.depth(tree)
        if depth > self.most:
            return _Block(tree, 1, self._rows.height(tree))
        return _Block(tree, depth, self._height(tree))

    def _height(self, tree: _Tree) -> float:
        own = self._own(tree)
        return max(own, _total(self._height(child) for child in tree.children))

    def _own(self, tree: _Tree) -> float:
        """Return the height of a box with those who have a say under it."""
        if tree.advisers:
            return self._rows.height(_without_chain(tree))
        return self.desk.text(tree.item, _BOX)[1]

    def put_heading(self, canvas: _Canvas, x: float, bottom: float) -> None:
        """Put the heading above a place."""
        number = self.desk.counts[self.place]
        canvas.headings.append(Heading(self.place, x, bottom - self.head, self.heading, number))

    def put(self, canvas: _Canvas, x: float, y: float) -> list[list[Box]]:
        """Put the boxes at a place and return the roots of each strip."""
        roots: list[list[Box]] = []
        column = 0
        for strip in self.strips:
            at, top = x + self.sign * column * _PITCH, y
            roots.append([])
            for block in strip.blocks:
                if self.desk.depth(block.tree) > self.most:
                    roots[-1].append(self._rows.place(canvas, block.tree, at, top))
                else:
                    roots[-1].append(self._put(canvas, block.tree, at, top))
                top += block.height + _GAP
            column += strip.columns
        return roots

    def _put(self, canvas: _Canvas, tree: _Tree, x: float, y: float) -> Box:
        box = self._rows.place(canvas, _without_chain(tree), x, y)
        top = y
        level = box.middle
        for child in tree.children:
            found = self._put(canvas, child, x + self.sign * _PITCH, top)
            top += self._height(child) + _GAP
            meets = found.middle
            if child is tree.children[0]:  # both begin at the same height: the line runs straight
                level = meets = min(box.middle, found.middle)
            if self.sign > 0:
                begin, turn, end = x + _BOX, x + _BOX + _GUTTER / 2, found.x
            else:
                begin, turn, end = x, x - _GUTTER / 2, found.x + _BOX
            way = [(begin, level), (turn, level), (turn, meets), (end, meets)]
            canvas.line(child.item.place, *way, **_link(tree, child))
        return box


def _without_chain(tree: _Tree) -> _Tree:
    """Return a tree without what comes after it in a chain."""
    return _Tree(tree.item, tree.advisers)


def _total(heights: Iterable[float]) -> float:
    """Return the height of things below one another."""
    return sum(height + _GAP for height in heights) - _GAP


def _height(blocks: Iterable[_Block]) -> float:
    return _total(block.height for block in blocks)


def _packed(blocks: Sequence[_Block], most: int) -> list[_Strip]:
    """Put blocks into strips of at most so many columns together, as low as they can be.

    Blocks of the same number of columns stand together, where there is room for that; the order
    is kept among them.
    """
    groups: dict[int, list[_Block]] = {}
    for block in blocks:
        groups.setdefault(block.columns, []).append(block)
    if sum(groups) > most:
        groups = {max(groups): list(blocks)}

    def strips(limit: float) -> list[_Strip]:
        found: list[_Strip] = []
        for columns, group in groups.items():
            left = -1.0
            for block in group:
                if left < block.height:
                    found.append(_Strip(columns, []))
                    left = limit + _GAP
                found[-1].blocks.append(block)
                left -= block.height + _GAP
        return found

    if not blocks:
        return []
    least = int(max(block.height for block in blocks))
    highest = int(_height(blocks)) + 1
    while least < highest:
        middle = (least + highest) // 2
        if sum(strip.columns for strip in strips(middle)) <= most:
            highest = middle
        else:
            least = middle + 1
    return strips(highest)


def _spread(desk: _Desk, width: float, *, sheet: bool) -> Layout:
    """Lay out around me, in as few columns as look well in that width, or on a sheet."""
    most = max(2, int((width - 2 * _MARGIN - _ME - _GUTTER / 2) / _PITCH))
    depths = [
        max((desk.depth(tree) for place in places for tree in desk.forest[place]), default=0)
        for places in (("supply",), _RIGHT)
    ]
    least = max(1, min(sum(depths), _WIDEST_CHAIN if sheet else most))
    found: list[tuple[float, _Picture]] = []
    for columns in range(least, (_WIDEST_SHEET if sheet else most) + 1):
        picture = _Around(desk, columns).picture()
        _, _, wide, high = picture.frame()
        found.append((high / max(wide, _SMALL), picture))
        if found[-1][0] <= (_RATIO if columns < most else _SHEET_RATIO):
            return picture.layout()
    return min(found, key=lambda one: one[0])[1].layout()


class _Around:
    """The layout with me in the middle."""

    def __init__(self, desk: _Desk, columns: int) -> None:
        self.desk = desk
        self.columns = columns
        self.canvas = _Canvas()

    def picture(self) -> _Picture:
        left, right = self._sides()
        me, top, bottom = self._middle(left, right)
        edges = [(box.x, box.x + box.width) for box in (me, *self.canvas.boxes)]
        extent = min(edge[0] for edge in edges), max(edge[1] for edge in edges)
        columns = max(2, int((extent[1] - extent[0] + _GUTTER) / _PITCH))
        over, below, rest = (
            self.desk.row(places, max(columns, len(places))) if places else []
            for places in map(self._there, (("over",), _BELOW, _BOTTOM))
        )
        if over:
            self._above(over[0], me, top, extent)
        if below:
            bottom = self._below(below, me, bottom, extent)
        if rest:
            self._at_the_bottom(rest, bottom, extent)
        return _Picture(self.canvas, me)

    def _there(self, places: Iterable[str]) -> list[str]:
        return [place for place in places if self.desk.forest[place]]

    def _sides(self) -> tuple[list[list[_Zone]], list[list[_Zone]]]:
        """Share the columns between left and right so that the taller side is lowest."""
        left, right = self._there(["supply"]), self._there(_RIGHT)
        best: tuple[float, list[list[_Zone]], list[list[_Zone]]] | None = None
        for number in range(self.columns + 1):
            on_left, on_right = max(number, len(left)), max(self.columns - number, len(right[:1]))
            if on_left + on_right > max(self.columns, len(left) + len(right[:1])):
                continue
            rows = [self.desk.row(left, on_left)] if left else []
            for split in _splits(right):
                if all(len(places) <= on_right for places in split):
                    others = [self.desk.row(places, on_right) for places in split]
                    tallest = max(_rows_height(rows), _rows_height(others))
                    if best is None or tallest < best[0]:
                        best = (tallest, rows, others)
        assert best is not None  # noqa: S101 - each place in a row of its own always fits
        return best[1], best[2]

    def _middle(
        self, left: list[list[_Zone]], right: list[list[_Zone]]
    ) -> tuple[Box, float, float]:
        """Put me and both sides, and return where that begins and ends."""
        height = max(_rows_height(left), _rows_height(right), _ME_HEIGHT)
        on_right = self.side(right, 1, (height - _rows_height(right)) / 2)
        middles = [box.middle for box in on_right if box.width]
        middle = min(middles, key=lambda y: abs(y - height / 2), default=height / 2)
        top = (height - _rows_height(left)) / 2
        if left:
            # Moved a bit, one of them is on a level with me, and its line runs straight.
            trial = _Around(self.desk, 1).side(left, -1, top)
            moved = min((middle - b.middle for b in trial if b.width), key=abs, default=0.0)
            if 0 <= top + moved <= 2 * top or not right:
                top, middle = (top + moved, middle) if right else (top, middle - moved)
        sides = [(on_right, 1), (self.side(left, -1, top), -1)]
        me = self.desk.me_box(0.0, middle - _ME_HEIGHT / 2, _ME, _ME_HEIGHT)
        for ends, sign in sides:
            self._trunk(ends, me, sign)
        return me, min(0.0, me.y), max(height, me.y + me.height)

    def side(self, rows: list[list[_Zone]], sign: int, y: float) -> list[Box]:
        """Put the zones of a side; return what the line from me goes to."""
        found: list[Box] = []
        begin = _ME + _GUTTER if sign > 0 else -_GUTTER - _BOX
        trunk = _ME + _GUTTER / 2 if sign > 0 else -_GUTTER / 2
        for row in rows:
            inside = y + max(zone.head for zone in row)
            bus = inside + _BUS / 2
            inside += _BUS if _has_bus(row) else 0.0
            x, gutter = begin, trunk
            for zone in row:
                leftmost = x if sign > 0 else x - (zone.columns - 1) * _PITCH
                zone.put_heading(self.canvas, leftmost, bus - _BUS / 2)
                for strip, boxes in zip(zone.strips, zone.put(self.canvas, x, inside), strict=True):
                    self._branches(boxes, gutter, sign)
                    if gutter == trunk:
                        found += boxes
                    else:
                        self.canvas.line("trunk", (gutter, bus), (gutter, boxes[-1].middle))
                        furthest = gutter
                    gutter += sign * strip.columns * _PITCH
                x += sign * zone.columns * _PITCH
            if _has_bus(row):
                self.canvas.line("trunk", (trunk, bus), (furthest, bus))
                found.append(_end_of_line(trunk, bus))
            y = inside + max(zone.inner for zone in row) + _ZONE_GAP
        return found

    def _branches(self, boxes: Iterable[Box], gutter: float, sign: int) -> None:
        for box in boxes:
            edge = box.x if sign > 0 else box.x + box.width
            way = [(gutter, box.middle), (edge, box.middle)]
            self.canvas.line(box.item.place, *way, **_arrows(box.item.place))

    def _trunk(self, ends: Sequence[Box], me: Box, sign: int) -> None:
        """Draw the line from me that all of a side hang on."""
        if not ends:
            return
        edge = me.x + me.width if sign > 0 else me.x
        x = edge + sign * _GUTTER / 2
        # Where they serve me, the arrowhead is at me.
        self.canvas.line("trunk", (edge, me.middle), (x, me.middle), at_start=sign < 0)
        heights = [me.middle, *(box.middle for box in ends)]
        self.canvas.line("trunk", (x, min(heights)), (x, max(heights)))

    def _above(self, zone: _Zone, me: Box, top: float, extent: tuple[float, float]) -> None:
        x = _beginning([zone], me, extent)
        bus = top - _ZONE_GAP
        y = bus - 12 - zone.inner
        zone.put_heading(self.canvas, x, y)
        middle = me.x + me.width / 2
        ends = [middle]
        gutter = x - _GUTTER / 2
        for strip, boxes in zip(zone.strips, zone.put(self.canvas, x, y), strict=True):
            self._branches(boxes, gutter, 1)
            self.canvas.line("over", (gutter, boxes[0].middle), (gutter, bus))
            ends.append(gutter)
            gutter += strip.columns * _PITCH
        self.canvas.line("over", (min(ends), bus), (max(ends), bus))
        self.canvas.line("over", (middle, bus), (middle, me.y), at_end=True)

    def _below(self, zones: list[_Zone], me: Box, end: float, extent: tuple[float, float]) -> float:
        x = _beginning(zones, me, extent)
        bus = end + _ZONE_GAP
        inside = bus + 12 + max(zone.head for zone in zones)
        middle = me.x + me.width / 2
        ends = [middle]
        for zone in zones:
            zone.put_heading(self.canvas, x, inside)
            for strip, boxes in zip(zone.strips, zone.put(self.canvas, x, inside), strict=True):
                gutter = x - _GUTTER / 2
                self._branches(boxes, gutter, 1)
                self.canvas.line("trunk", (gutter, bus), (gutter, boxes[-1].middle))
                ends.append(gutter)
                x += strip.columns * _PITCH
        self.canvas.line("trunk", (min(ends), bus), (max(ends), bus))
        both = any(zone.place == "beside" for zone in zones)
        self.canvas.line("trunk", (middle, me.y + me.height), (middle, bus), at_start=both)
        return inside + max(zone.inner for zone in zones)

    def _at_the_bottom(self, zones: list[_Zone], end: float, extent: tuple[float, float]) -> None:
        x = extent[0]
        inside = end + _ZONE_GAP + 4 + max(zone.head for zone in zones)
        for zone in zones:
            zone.put_heading(self.canvas, x, inside)
            zone.put(self.canvas, x, inside)
            x += zone.columns * _PITCH


def _has_bus(row: Sequence[_Zone]) -> bool:
    return sum(len(zone.strips) for zone in row) > 1


def _splits(places: Sequence[str]) -> Iterator[list[list[str]]]:
    """Yield all ways to put places into rows, in their order."""
    if not places:
        yield []
    for size in range(1, len(places) + 1):
        for rest in _splits(places[size:]):
            yield [list(places[:size]), *rest]


def _rows_height(rows: Iterable[Sequence[_Zone]]) -> float:
    heights = [
        max(zone.head for zone in row)
        + (_BUS if _has_bus(row) else 0.0)
        + max(zone.inner for zone in row)
        for row in rows
    ]
    return sum(heights) + _ZONE_GAP * max(len(heights) - 1, 0)


def _beginning(zones: Sequence[_Zone], me: Box, extent: tuple[float, float]) -> float:
    """Return where zones above or below me begin: in the middle of all that is there.

    Where there is room, they are moved so that the line from me runs straight into the space
    before a column.
    """
    columns = sum(zone.columns for zone in zones)
    wide = columns * _PITCH - _GUTTER
    middle = max((extent[0] + extent[1] - wide) / 2, extent[0])
    straight = me.x + me.width / 2 + _GUTTER / 2
    steps = min(max(round((straight - middle) / _PITCH), 0), columns - 1)
    begin = straight - steps * _PITCH
    return begin if extent[0] <= begin and begin + wide <= max(extent[1], _SMALL / 2) else middle


def _end_of_line(x: float, y: float) -> Box:
    """Return a place that a line goes to, as if there were a box."""
    return Box(Item("", "", "", ""), x, y, 0.0, 0.0, ())


class _Column:
    """The layout in one column, for a narrow screen: what comes to me, me, what goes on."""

    def __init__(self, desk: _Desk, width: float) -> None:
        self.desk = desk
        self.width = width - 4
        self.canvas = _Canvas()
        self.rows = _Indented(desk, self.width - _LANE)

    def layout(self) -> Layout:
        y, upper = self._zones(_ORDER[:2], 0.0)
        height = 44.0
        if upper:
            y += 4
        me = self.desk.me_box(0.0, y, self.width, height)
        lane = _LANE / 2
        if upper:
            self.canvas.line("trunk", (lane, upper[0]), (lane, y), at_end=True)
        y, lower = self._zones([p for p in _ORDER[2:] if p not in _NO_LINE], y + height + _ZONE_GAP)
        if lower:
            partners = bool(self.desk.forest["beside"])
            self.canvas.line("trunk", (lane, me.y + height), (lane, lower[-1]), at_start=partners)
        self._zones(_BOTTOM, y)
        return _Picture(self.canvas, me, margin=2.0).layout()

    def _zones(self, places: Iterable[str], y: float) -> tuple[float, list[float]]:
        """Put zones below one another; return where it goes on, and where lines branch off."""
        middles: list[float] = []
        for place in places:
            trees = self.desk.forest[place]
            if not trees:
                continue
            x = _LANE
            lines = self.desk.heading(place, self.width - x)
            self.canvas.headings.append(Heading(place, x, y, lines, self.desk.counts[place]))
            y += len(lines) * HEADING_LEADING + 4
            for tree in trees:
                box = self.rows.place(self.canvas, tree, x, y)
                if place not in _NO_LINE:
                    way = [(_LANE / 2, box.middle), (x, box.middle)]
                    self.canvas.line(place, *way, **_arrows(place))
                    middles.append(box.middle)
                y += self.rows.height(tree) + _GAP
            y += _ZONE_GAP - _GAP
        return y, middles


class _Picture(NamedTuple):
    """All that is in the picture, wherever it begins."""

    canvas: _Canvas
    me: Box
    margin: float = _MARGIN

    def frame(self) -> tuple[float, float, float, float]:
        """Return where the picture begins, and how wide and how high it is."""
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
        double = 2 * self.margin
        x, y = left - self.margin, top - self.margin
        return x, y, right - left + double, bottom - top + double

    def layout(self) -> Layout:
        """Return the picture, moved so that it begins at 0."""
        left, top, wide, high = self.frame()

        def moved(x: float, y: float) -> Point:
            return Point(round(x - left, 1), round(y - top, 1))

        def box_moved(box: Box) -> Box:
            x, y = moved(box.x, box.y)
            return Box(box.item, x, y, box.width, box.height, box.lines)

        return Layout(
            width=round(wide, 1),
            height=round(high, 1),
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
