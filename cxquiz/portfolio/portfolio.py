"""My relationships: readings that a reader keeps under a name, and how they changed.

A portfolio is a tuple of :class:`Kept`. Nothing here stores it or reads it from a file: see
:mod:`cxquiz.formats.portfolio_json`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from cxquiz.classifier.answers import TEXT_LIMIT
from cxquiz.classifier.reading import assess
from cxquiz.model.text import one_line, several_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from cxquiz.classifier.answers import Answers
    from cxquiz.classifier.reading import Assessment
    from cxquiz.model.types import Model

PRIMARY: Final = "primary"
"""The rank of the one who comes first when not all can be served."""

SUPPORTING: Final = "supporting"
"""The rank of those who must be satisfied too, and who can say no."""

ID_LIMIT: Final = 80
"""The longest id, in characters."""

NOTE_LIMIT: Final = 2000
"""The longest note, in characters."""

MOST: Final = 5000
"""No more relationships than this are read from one file."""

MOST_EARLIER: Final = 50
"""No more earlier versions of one relationship than this are kept; the oldest go first."""

RANKS: Final = ("", PRIMARY, SUPPORTING)
"""All ranks."""

_SLUG: Final = re.compile(r"[^a-z0-9]+")
_SLUG_LIMIT: Final = 40
_NAME: Final = "name"


@dataclass(frozen=True, slots=True)
class Version:
    """A relationship as it was kept on some day.

    Attributes:
        kept: The day, such as ``2026-11-22``; empty where it is not known.
        answers: The answers, without the name.
        primary: The first relationship as it was read on that day; ``None`` for none.
        labels: That and the others that held too.
        verdict: How sure it was; empty where it is not known.
        note: What the reader wrote beside it.
    """

    kept: str
    answers: Answers
    primary: str | None = None
    labels: tuple[str, ...] = ()
    verdict: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """One relationship in the list.

    Attributes:
        id: What it goes by in files and links; it never changes.
        name: What the reader calls it.
        now: How it is.
        via: The id of the relationship through which my work reaches this one, or whose
            purchase this one has a say in; empty for none.
        rank: :data:`PRIMARY`, :data:`SUPPORTING` or empty, as the reader chose.
        earlier: How it was before, the oldest first.
    """

    id: str
    name: str
    now: Version
    via: str = ""
    rank: str = ""
    earlier: tuple[Version, ...] = ()


Portfolio = tuple[Kept, ...]
"""Relationships in the reader's order; no two have the same id."""


@dataclass(frozen=True, slots=True)
class Merged:
    """Two lists put together.

    Attributes:
        portfolio: All relationships of both.
        added: The ids of those that are new.
        updated: The ids of those that have another present version now.
    """

    portfolio: Portfolio
    added: tuple[str, ...]
    updated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What is not as it was the last time.

    Attributes:
        since: The day of that last time; empty where it is not known.
        primary: The first relationship then and now.
        verdict: How sure it was then and is now.
        questions: The questions that have another answer now.
    """

    since: str
    primary: tuple[str | None, str | None]
    verdict: tuple[str, str]
    questions: tuple[str, ...]

    @property
    def is_read_otherwise(self) -> bool:
        """Whether it is read otherwise now."""
        return self.primary[0] != self.primary[1] or self.verdict[0] != self.verdict[1]


def version(model: Model, answers: Answers, *, kept: str, note: str = "") -> Version:
    """Read answers and return them as a version to keep.

    Args:
        model: The model to judge by.
        answers: Answers in the package's own form.
        kept: The day, such as ``2026-11-22``, or an empty text.
        note: What the reader wrote beside it.
    """
    assessment = assess(model, answers)
    return Version(
        kept=kept,
        answers={question: options for question, options in answers.items() if question != _NAME},
        primary=assessment.primary,
        labels=assessment.labels,
        verdict=assessment.verdict,
        note=several_lines(note)[:NOTE_LIMIT],
    )


def keep(portfolio: Portfolio, name: str, now: Version, *, identity: str = "") -> Portfolio:
    """Keep a version of a relationship: of a new one, or of one in the list.

    Where the answers or the reading are not those of before, what was there becomes an earlier
    version.

    Args:
        portfolio: The list.
        name: What the reader calls it; without one, an old one keeps its name.
        now: The version.
        identity: The id of the relationship; empty for a new one.
    """
    name = one_line(name)[:TEXT_LIMIT]
    found = _by_id(portfolio).get(identity)
    if found is None:
        fits = identity == one_line(identity)[:ID_LIMIT]
        new = Kept(identity if identity and fits else new_id(_by_id(portfolio), name), name, now)
        return (*portfolio, replace(new, name=name or new.id))
    same = replace(found.now, kept="", note="") == replace(now, kept="", note="")
    earlier = found.earlier if same else (*found.earlier, found.now)[-MOST_EARLIER:]
    updated = replace(found, name=name or found.name, now=now, earlier=earlier)
    return tuple(updated if one is found else one for one in portfolio)


def remove(portfolio: Portfolio, identity: str) -> Portfolio:
    """Return the list without a relationship; nothing goes through it any more."""
    return tuple(
        replace(one, via="") if one.via == identity else one
        for one in portfolio
        if one.id != identity
    )


def rank(portfolio: Portfolio, identity: str, chosen: str) -> Portfolio:
    """Give a relationship a rank.

    There is one primary customer for each piece of work: another one with the same work
    becomes a supporting one.

    Args:
        portfolio: The list.
        identity: The id of the relationship.
        chosen: :data:`PRIMARY`, :data:`SUPPORTING` or an empty text.
    """
    found = _by_id(portfolio).get(identity)
    if found is None or chosen not in RANKS:
        return portfolio

    def new_rank(one: Kept) -> str:
        if one.id == identity:
            return chosen
        gives_way = chosen == PRIMARY == one.rank and _work(one) == _work(found)
        return SUPPORTING if gives_way else one.rank

    return tuple(replace(one, rank=new_rank(one)) for one in portfolio)


def link(portfolio: Portfolio, identity: str, via: str) -> Portfolio:
    """Say through which other relationship one is reached; a circle changes nothing.

    Args:
        portfolio: The list.
        identity: The id of the relationship.
        via: The id of the other one, or an empty text for none.
    """
    linked = tuple(replace(one, via=via) if one.id == identity else one for one in portfolio)
    known = _by_id(portfolio)
    unfit = (via and via not in known) or identity in circles({o.id: o.via for o in linked})
    return portfolio if unfit else linked


def suggested_primary(portfolio: Portfolio) -> str | None:
    """Suggest who may be the primary customer: the one whose life is different in the end.

    It is the relationship whose name most readings give as that person. Where none does, or
    several do as often, there is nothing to suggest: the choice is the reader's.

    Returns:
        The id, or ``None``.
    """
    named = Counter(
        one_line(text).casefold()
        for one in portfolio
        for text in one.now.answers.get("beneficiary", ())
    )
    counts = [(named[one_line(one.name).casefold()], one.id) for one in portfolio]
    counts.sort(reverse=True)
    best = [identity for count, identity in counts if count and count == counts[0][0]]
    return best[0] if len(best) == 1 else None


def what_changed(model: Model, kept: Kept, assessment: Assessment) -> Changed | None:
    """Compare a relationship with how it was the last time; ``None`` where nothing changed.

    Without an earlier version, the reading of the day when it was kept is compared with what
    the model says today: a model may change, too.

    Args:
        model: The model to judge by.
        kept: The relationship.
        assessment: What its answers come to.
    """
    before = kept.earlier[-1] if kept.earlier else kept.now
    questions = tuple(
        name
        for name in (*model.questions, *model.context)
        if before.answers.get(name, ()) != kept.now.answers.get(name, ())
    )
    verdict = before.verdict or assessment.verdict
    primary = before.primary if before.verdict else assessment.primary
    if not questions and (primary, verdict) == (assessment.primary, assessment.verdict):
        return None
    return Changed(
        since=before.kept,
        primary=(primary, assessment.primary),
        verdict=(verdict, assessment.verdict),
        questions=questions,
    )


def new_id(taken: Collection[str], name: str) -> str:
    """Return an id for a name that is not taken."""
    return _free(_SLUG.sub("-", name.casefold()).strip("-")[:_SLUG_LIMIT] or "r", taken)


def _free(stem: str, taken: Collection[str]) -> str:
    number, found = 1, stem
    while found in taken:
        number += 1
        found = f"{stem[: ID_LIMIT - 8]}-{number}"
    return found


def circles(via: Mapping[str, str]) -> set[str]:
    """Return the ids from which the way through others never ends.

    Args:
        via: For each id the one before it; what is empty or unknown ends the way.
    """
    ends: dict[str, bool] = {}
    for start in via:
        way: list[str] = []
        seen: set[str] = set()
        at = start
        while at in via and at not in ends and at not in seen:
            seen.add(at)
            way.append(at)
            at = via[at]
        good = ends.get(at, at not in seen)
        ends.update(dict.fromkeys(way, good))
    return {identity for identity, good in ends.items() if not good}


def merge(mine: Portfolio, incoming: Portfolio) -> Merged:
    """Put a list that was read from a file together with the one that is there.

    The same id and the same name mean the same relationship. The version that was kept later
    is then how it is now, of the same day the incoming one, and all others stay as earlier
    versions. The same id with another name is another relationship, and gets an id of its own.
    """
    known = _by_id(mine)
    taken = {*known, *(one.id for one in incoming)}
    renamed: dict[str, str] = {}
    for one in incoming:
        if one.id in known and known[one.id].name.casefold() != one.name.casefold():
            renamed[one.id] = _free(one.id, taken)
            taken.add(renamed[one.id])
    merged = dict(known)
    added: list[str] = []
    updated: list[str] = []
    for raw in incoming:
        one = replace(raw, id=renamed.get(raw.id, raw.id), via=renamed.get(raw.via, raw.via))
        if one.id not in merged:
            added.append(one.id)
            merged[one.id] = one
            continue
        merged[one.id] = _merged(known[one.id], one)
        if merged[one.id].now != known[one.id].now:
            updated.append(one.id)
    # Each list has no circle, and both together may: then my own way holds.
    round_about = circles({one.id: one.via for one in merged.values()})
    ways = {one: known[one].via if one in known else "" for one in round_about}
    portfolio = tuple(replace(one, via=ways.get(one.id, one.via)) for one in merged.values())
    return Merged(portfolio, tuple(added), tuple(updated))


def _merged(mine: Kept, incoming: Kept) -> Kept:
    newer, older = (incoming, mine) if incoming.now.kept >= mine.now.kept else (mine, incoming)
    versions = [*older.earlier, *newer.earlier, older.now]
    distinct: list[Version] = []
    for one in sorted(versions, key=lambda version: version.kept):
        if one != newer.now and one not in distinct:
            distinct.append(one)
    return replace(
        newer,
        via=newer.via or older.via,
        rank=newer.rank or older.rank,
        earlier=tuple(distinct[-MOST_EARLIER:]),
    )


def _by_id(portfolio: Iterable[Kept]) -> dict[str, Kept]:
    return {one.id: one for one in portfolio}


def _work(one: Kept) -> tuple[str, ...]:
    return tuple(text.casefold() for text in one.now.answers.get("work", ()))
