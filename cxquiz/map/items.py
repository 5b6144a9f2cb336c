"""What the map says of each relationship: who it is, where it stands, and how sure that is.

There is no geometry here; :mod:`cxquiz.map.layout` says where the boxes are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxquiz.classifier.reading import assess
from cxquiz.classifier.verdict import NOT_ENOUGH, TWO_READINGS
from cxquiz.map.places import ASIDE, OPEN
from cxquiz.model.types import join_texts
from cxquiz.portfolio.portfolio import PRIMARY, SUPPORTING, what_changed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxquiz.classifier.reading import Assessment
    from cxquiz.model.types import Model
    from cxquiz.portfolio.portfolio import Changed, Kept


@dataclass(frozen=True, slots=True)
class Item:
    """One relationship as the map tells it.

    Attributes:
        id: Its id; unique on the map.
        name: Who it is.
        place: The id of one of :data:`cxquiz.map.places.PLACES`.
        kind: What they are, in a few words.
        notes: What else to say of it, each on a line of its own.
        mark: The rank, or that a chain should stop here, in words; mostly empty.
        certain: Whether the reading says one thing.
        via: The id of the item that it is reached through, or empty.
        rank: 0 for the primary customer, 1 for a supporting one, 2 for all others.
        number: How many relationships it stands for.
        before: That it was read otherwise the last time, and how; mostly empty.
        rest: Whether it stands for those who get no box of their own ("and 3 more").
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
    number: int = 1
    before: str = ""
    rest: bool = False

    @property
    def stops(self) -> bool:
        """Whether a chain should stop before it."""
        return self.place == ASIDE


@dataclass(frozen=True, slots=True)
class Row:
    """One relationship with all that the map, its table and the reports say of it.

    Attributes:
        kept: The relationship.
        assessment: What its answers come to.
        changed: What is not as it was the last time; ``None`` where nothing is.
        item: What the map tells of it.
    """

    kept: Kept
    assessment: Assessment
    changed: Changed | None
    item: Item


def rows_of(model: Model, portfolio: Iterable[Kept]) -> list[Row]:
    """Judge each relationship once.

    Args:
        model: The model to judge by, with its words.
        portfolio: The relationships.
    """
    rows = []
    for kept in portfolio:
        assessment = assess(model, kept.now.answers)
        changed = what_changed(model, kept, assessment)
        rows.append(Row(kept, assessment, changed, _item(model, kept, assessment, changed)))
    return rows


def items_of(model: Model, portfolio: Iterable[Kept]) -> list[Item]:
    """Judge each relationship and say what the map tells of it; see :func:`rows_of`."""
    return [row.item for row in rows_of(model, portfolio)]


def _item(model: Model, one: Kept, assessment: Assessment, changed: Changed | None) -> Item:
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
    mark = {PRIMARY: "map_primary", SUPPORTING: "map_supporting"}.get(one.rank)
    if place == ASIDE and one.via:
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
        before=_before(model, changed),
    )


def _before(model: Model, changed: Changed | None) -> str:
    """Return what of the reading was otherwise the last time: the relationship, or how sure."""
    if changed is None or not changed.is_read_otherwise:
        return ""
    primary, verdict = changed.primary, changed.verdict
    if primary[0] != primary[1]:
        return model.say("map_before", before=relationship_name(model, primary[0]))
    sure = model.verdicts.get(verdict[0])
    return model.say("map_before", before=sure.name if sure else verdict[0])


def relationship_name(model: Model, identity: str | None) -> str:
    """Return a relationship's name, also where the model knows it no more, or there is none.

    Args:
        model: The model that names it.
        identity: Its id, or nothing where an assessment came to none.
    """
    known = model.relationships.get(identity or "")
    return known.name if known else identity or model.say("map_nothing")
