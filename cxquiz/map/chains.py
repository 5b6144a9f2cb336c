"""The chains on the map: who is reached through whom, and what is left out of a picture.

A relationship that is reached through another one stands behind it, and all of them together are
trees, sorted by the place of their roots. Where there are too many, or a chain is too long, one
item stands for the rest and says how many they are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from cxquiz.map.items import Item
from cxquiz.map.places import ABOVE, INFLUENCE, LEFT, PLACE_OF, in_turn
from cxquiz.portfolio.portfolio import circles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cxquiz.model.types import Model

MOST: Final = 60
"""No more relationships than this get a box of their own; the others are counted."""

# How many links of a chain are shown, and how many where not all relationships are.
_LONGEST: Final = 12
_LONGEST_OF_MANY: Final = 5


@dataclass(slots=True)
class Tree:
    """An item with those behind it.

    Attributes:
        item: The item.
        advisers: Those with a say in its purchase, who are no links of the chain.
        children: Those who are reached through it.
    """

    item: Item
    advisers: list[Tree] = field(default_factory=list)
    children: list[Tree] = field(default_factory=list)

    @property
    def behind(self) -> tuple[Tree, ...]:
        """All that hangs on it, the advisers first."""
        return (*self.advisers, *self.children)

    def all(self) -> Iterator[Tree]:
        """Yield it and all that is behind it."""
        yield self
        for tree in self.behind:
            yield from tree.all()

    def length(self) -> int:
        """Return how many links its longest chain has."""
        return 1 + max((child.length() for child in self.children), default=0)


class Chains(NamedTuple):
    """All that is to be on a map.

    Attributes:
        trees: The trees of each place; a tree stands at the place of its root.
        counts: How many relationships belong to each place, be they shown or not.
    """

    trees: dict[str, list[Tree]]
    counts: Counter[str]


def chains_of(model: Model, items: Iterable[Item]) -> Chains:
    """Put items into chains and leave out what no picture has room for.

    Args:
        model: The model, for its words.
        items: What is on the map, in any order.
    """
    ordered = sorted(items, key=lambda item: (item.rank, item.name.casefold(), item.id))
    trees = _grown(ordered)
    counts: Counter[str] = Counter()
    for item in ordered:
        counts[item.place] += item.number
    longest = _LONGEST if sum(counts.values()) <= MOST else _LONGEST_OF_MANY
    shortened = {place: _shortened(model, roots, longest) for place, roots in trees.items()}
    return Chains(_limited(model, shortened), counts)


def _grown(ordered: Sequence[Item]) -> dict[str, list[Tree]]:
    """Put each item behind the one that it is reached through, or at its place."""
    known = {item.id: item for item in ordered}
    ways = {item.id: _way(item, known) for item in ordered}
    for identity in circles(ways):
        ways[identity] = ""
    trees = {item.id: Tree(item) for item in ordered}
    found: dict[str, list[Tree]] = {place: [] for place in in_turn()}
    for item in ordered:
        before = trees[ways[item.id]] if ways[item.id] else None
        if before is None:
            found[item.place].append(trees[item.id])
        elif item.place == INFLUENCE and before.item.place != INFLUENCE:
            before.advisers.append(trees[item.id])
        else:
            before.children.append(trees[item.id])
    for tree in trees.values():
        # Somebody with a say in the purchase who is a link of a chain as well.
        tree.children += [adviser for adviser in tree.advisers if adviser.behind]
        tree.advisers = [adviser for adviser in tree.advisers if not adviser.behind]
    return found


def _way(item: Item, known: Mapping[str, Item]) -> str:
    """Return the item before this one in a chain; overseers stay above, whoever they are by."""
    before = known.get(item.via)
    if before is None:
        return ""
    sides = PLACE_OF[item.place].side, PLACE_OF[before.place].side
    if ABOVE in sides:
        return ""
    return item.via if (sides[0] == LEFT) == (sides[1] == LEFT) else ""


def _rest(model: Model, trees: Sequence[Tree]) -> Tree:
    """Return what stands for trees that are not shown."""
    item = trees[0].item
    number = sum(one.item.number for tree in trees for one in tree.all())
    kinds = {tree.item.kind for tree in trees}
    return Tree(
        Item(
            id=f"{item.id} …",
            name=model.say("map_more", number=number),
            place=item.place,
            kind=item.kind if len(kinds) == 1 else "",
            number=number,
            rest=True,
        )
    )


def _shortened(model: Model, trees: list[Tree], longest: int) -> list[Tree]:
    """Cut chains that are longer than any picture is wide."""
    if not longest and trees:
        return [_rest(model, trees)]
    for tree in trees:
        tree.children = _shortened(model, tree.children, longest - 1)
    return trees


def _limited(model: Model, trees: Mapping[str, list[Tree]]) -> dict[str, list[Tree]]:
    """Show no more than :data:`MOST` boxes: cut each row of siblings to the same length."""
    longest = max(map(len, _rows(trees)), default=0)
    most = next(
        (
            number
            for number in range(min(longest, MOST), 1, -1)
            if sum(_boxes(roots, number) for roots in trees.values()) <= MOST
        ),
        1,
    )
    return {place: _cut(model, roots, most) for place, roots in trees.items()}


def _rows(trees: Mapping[str, list[Tree]]) -> Iterator[list[Tree]]:
    """Yield all rows of siblings."""
    for roots in trees.values():
        yield roots
        for root in roots:
            for tree in root.all():
                yield from (tree.children, tree.advisers)


def _boxes(trees: Sequence[Tree], most: int) -> int:
    """Return how many boxes there are where no row of siblings is longer than that."""
    kept = trees if len(trees) <= most else trees[: most - 1]
    return (len(trees) > most) + sum(
        1 + _boxes(tree.children, most) + _boxes(tree.advisers, most) for tree in kept
    )


def _cut(model: Model, trees: list[Tree], most: int) -> list[Tree]:
    if len(trees) > most:
        trees = [*trees[: most - 1], _rest(model, trees[most - 1 :])]
    for tree in trees:
        tree.children = _cut(model, tree.children, most)
        tree.advisers = _cut(model, tree.advisers, most)
    return trees
