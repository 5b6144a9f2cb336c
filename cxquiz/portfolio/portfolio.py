"""My relationships: readings that a reader keeps under a name, and how they changed.

A portfolio is a tuple of :class:`Kept`. Nothing here stores it: the browser keeps what
:func:`to_json` returns, and a file holds the same. Its form is described for other programs in
``docs/reference/relationships.schema.json``. Everything that comes in is checked as a whole by
:func:`parse` before anything is changed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from cxquiz.classifier.answers import TEXT_LIMIT, AnswersError, parse_answer
from cxquiz.classifier.reading import assess
from cxquiz.formats.records import decode, reason
from cxquiz.model.text import one_line, several_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from cxquiz.classifier.answers import Answers
    from cxquiz.classifier.reading import Assessment
    from cxquiz.model.types import Model

FORMAT: Final = 1
"""The version of the form that :func:`to_json` writes."""

KIND: Final = "cxquiz-relationships"
"""What the file says that it is."""

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

NAMED_FAULTS: Final = 5
"""So many faults of a file are named; a file of another kind would fill the screen."""

MOST_EARLIER: Final = 50
"""No more earlier versions of one relationship than this are kept; the oldest go first."""

_RANKS: Final = ("", PRIMARY, SUPPORTING)
_DATE: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z")
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
class Parsed:
    """What a file held.

    Attributes:
        portfolio: The relationships; empty where anything is wrong, unless the reading was
            lenient.
        problems: What is wrong, each with its place; empty where all is well.
    """

    portfolio: Portfolio
    problems: tuple[str, ...]


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
    def reading(self) -> bool:
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
    if found is None or chosen not in _RANKS:
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


def what_changed(model: Model, kept: Kept, assessment: Assessment | None = None) -> Changed | None:
    """Compare a relationship with how it was the last time; ``None`` where nothing changed.

    Without an earlier version, the reading of the day when it was kept is compared with what
    the model says today: a model may change, too.

    Args:
        model: The model to judge by.
        kept: The relationship.
        assessment: What its answers come to, where that is known already.
    """
    before = kept.earlier[-1] if kept.earlier else kept.now
    assessment = assessment or assess(model, kept.now.answers)
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


def to_json(portfolio: Portfolio) -> dict[str, Any]:
    """Return the list as plain data for storage or a file. :func:`parse` is its inverse."""
    return {
        "kind": KIND,
        "format": FORMAT,
        "relationships": [
            {
                "id": one.id,
                "name": one.name,
                **({"via": one.via} if one.via else {}),
                **({"rank": one.rank} if one.rank else {}),
                **_version_to_json(one.now),
                **({"earlier": [*map(_version_to_json, one.earlier)]} if one.earlier else {}),
            }
            for one in portfolio
        ],
    }


def _version_to_json(one: Version) -> dict[str, Any]:
    return {
        **({"kept": one.kept} if one.kept else {}),
        "answers": {question: list(options) for question, options in one.answers.items()},
        **(
            {"reading": {"primary": one.primary, "labels": [*one.labels], "verdict": one.verdict}}
            if one.verdict
            else {}
        ),
        **({"note": one.note} if one.note else {}),
    }


def to_text(portfolio: Portfolio) -> str:
    """Return the list as the text of a JSON file."""
    return json.dumps(to_json(portfolio), ensure_ascii=False, indent=1) + "\n"


def parse_text(model: Model, text: str) -> Parsed:
    """Read the text of a JSON file; never raises.

    Args:
        model: The model that the answers are for.
        text: The text.
    """
    try:
        raw = decode(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        return Parsed((), (model.say("kept_no_json", line=error.lineno, column=error.colno),))
    except (ValueError, RecursionError) as error:
        return Parsed((), (reason(error),))
    return parse(model, raw)


def parse(
    model: Model, raw: object, *, lenient: bool = False, places: Sequence[str] = ()
) -> Parsed:
    """Check a list from outside as a whole; never raises.

    Args:
        model: The model that the answers are for.
        raw: What :func:`to_json` returned, after any time and by any way.
        lenient: Whether to keep what is good and leave out the rest, as is right for the
            reader's own list after the model has changed.
        places: What to call each relationship in a problem, where it is not its place in the
            list.
    """
    return _Parser(model, lenient=lenient, places=places).parse(raw)


class _Parser:
    """Reads one document and notes what is wrong with it."""

    def __init__(self, model: Model, *, lenient: bool, places: Sequence[str]) -> None:
        self.model = model
        self.places = places
        self.lenient = lenient
        self.problems: list[str] = []

    def parse(self, raw: object) -> Parsed:
        say = self.model.say
        if not isinstance(raw, Mapping) or raw.get("kind") != KIND:
            return Parsed((), (say("kept_foreign"),))
        if raw.get("format") != FORMAT or isinstance(raw["format"], bool):
            newer = one_line(str(raw.get("format")))[:ID_LIMIT]
            return Parsed((), (say("kept_newer", version=newer),))
        self.known_keys("", raw, ("kind", "format", "relationships"))
        rows = self.rows("relationships", raw.get("relationships"), MOST)
        found = [(place, one) for place, row in rows for one in self.kept(place, row)]
        portfolio = self.linked(found)
        if self.problems and not self.lenient:
            portfolio = ()
        return Parsed(portfolio, tuple(self.problems))

    def fault(self, place: str, key: str, **values: str | int) -> None:
        self.fault_text(place, self.model.say(key, **values))

    def fault_text(self, place: str, problem: str) -> None:
        self.problems.append(self.model.say("kept_problem", place=place, problem=problem))

    def known_keys(self, place: str, raw: Mapping[Any, Any], known: Collection[str]) -> None:
        for key in raw:
            if key not in known:
                name = one_line(str(key))[:ID_LIMIT]
                self.fault(f"{place}.{name}" if place else name, "kept_unknown_key")

    def rows(self, place: str, raw: object, most: int) -> Iterator[tuple[str, Mapping[Any, Any]]]:
        if not isinstance(raw, list):
            self.fault(place, "kept_missing" if raw is None else "kept_no_list")
            return
        if len(raw) > most:
            self.fault(place, "kept_too_many", limit=most)
        for number, row in enumerate(raw[:most]):
            named = self.places and place == "relationships"
            there = self.places[number] if named else f"{place}[{number}]"
            if isinstance(row, Mapping):
                yield there, row
            else:
                self.fault(there, "kept_no_object")

    def text(self, place: str, raw: object, limit: int, *, lines: bool = False) -> str:
        """Return an optional text; an empty one where it is missing or wrong."""
        if raw is None:
            return ""
        if not isinstance(raw, str):
            self.fault(place, "kept_no_text")
            return ""
        text = several_lines(raw) if lines else one_line(raw)
        if len(text) > limit:
            self.fault(place, "kept_too_long", limit=limit)
        return text[:limit]

    def kept(self, place: str, raw: Mapping[Any, Any]) -> Iterator[Kept]:
        self.known_keys(place, raw, ("id", "name", "via", "rank", "earlier", *_VERSION_KEYS))
        identity = self.text(f"{place}.id", raw.get("id"), ID_LIMIT)
        name = self.text(f"{place}.name", raw.get("name"), TEXT_LIMIT)
        for key, text in (("id", identity), ("name", name)):
            if not text and not isinstance(raw.get(key), int | float | list | dict):
                self.fault(f"{place}.{key}", "kept_missing")
        chosen = self.text(f"{place}.rank", raw.get("rank"), ID_LIMIT)
        if chosen not in _RANKS:
            self.fault(f"{place}.rank", "kept_rank")
            chosen = ""
        earlier: list[Version] = []
        if "earlier" in raw:
            rows = self.rows(f"{place}.earlier", raw["earlier"], MOST_EARLIER)
            for there, row in rows:
                self.known_keys(there, row, _VERSION_KEYS)
                earlier.append(self.version(there, row))
        now = self.version(place, raw)
        via = self.text(f"{place}.via", raw.get("via"), ID_LIMIT)
        if identity:
            yield Kept(identity, name or identity, now, via, chosen, tuple(earlier))

    def version(self, place: str, raw: Mapping[Any, Any]) -> Version:
        kept = self.text(f"{place}.kept", raw.get("kept"), ID_LIMIT)
        if kept and not _DATE.match(kept):
            self.fault(f"{place}.kept", "kept_no_date")
            kept = ""
        reading = raw.get("reading", {"verdict": ""})
        if not isinstance(reading, Mapping):
            self.fault(f"{place}.reading", "kept_no_object")
            reading = {"verdict": ""}
        self.known_keys(f"{place}.reading", reading, ("primary", "labels", "verdict"))
        if "verdict" not in reading:
            self.fault(f"{place}.reading.verdict", "kept_missing")
        labels = reading.get("labels", [])
        if not isinstance(labels, list):
            self.fault(f"{place}.reading.labels", "kept_no_list")
            labels = []
        there = f"{place}.reading"
        return Version(
            kept=kept,
            answers=self.answers(f"{place}.answers", raw.get("answers")),
            primary=self.text(f"{there}.primary", reading.get("primary"), ID_LIMIT) or None,
            labels=tuple(
                self.text(f"{there}.labels[{number}]", label, ID_LIMIT)
                for number, label in enumerate(labels)
            ),
            verdict=self.text(f"{there}.verdict", reading.get("verdict"), ID_LIMIT),
            note=self.text(f"{place}.note", raw.get("note"), NOTE_LIMIT, lines=True),
        )

    def answers(self, place: str, raw: object) -> dict[str, tuple[str, ...]]:
        if not isinstance(raw, Mapping):
            self.fault(place, "kept_missing" if raw is None else "kept_no_object")
            return {}
        found: dict[str, tuple[str, ...]] = {}
        for name, value in raw.items():
            there = f"{place}.{one_line(str(name))[:ID_LIMIT]}"
            if name == _NAME or not self.model.has_question(name):
                self.fault(there, "kept_unknown_key")
                continue
            question = self.model.question(name)
            try:
                options = parse_answer(question, value)
            except AnswersError as error:
                self.fault_text(there, str(error))
                continue
            if options:
                found[name] = options
        return found

    def linked(self, found: Sequence[tuple[str, Kept]]) -> Portfolio:
        """Return the relationships with ids and ways that hold."""
        known: dict[str, Kept] = {}
        for place, one in found:
            if one.id in known:
                self.fault(f"{place}.id", "kept_twice", id=one.id)
            known.setdefault(one.id, one)
        round_about = circles({one.id: one.via for one in known.values()})
        portfolio: dict[str, Kept] = {}
        for place, one in found:
            via = one.via
            if via and via not in known:
                self.fault(f"{place}.via", "kept_via_unknown", id=via)
                via = ""
            elif one.id in round_about:
                self.fault(f"{place}.via", "kept_via_circle")
                via = ""
            portfolio.setdefault(one.id, replace(one, via=via))
        return tuple(portfolio.values())


_VERSION_KEYS: Final = ("kept", "answers", "reading", "note")


def _by_id(portfolio: Iterable[Kept]) -> dict[str, Kept]:
    return {one.id: one for one in portfolio}


def _work(one: Kept) -> tuple[str, ...]:
    return tuple(text.casefold() for text in one.now.answers.get("work", ()))
