"""The relationships that somebody keeps, as JSON: in the browser's storage and in files.

The form is described for other programs in ``docs/reference/relationships.schema.json``.
Whatever comes in is checked as a whole by :func:`parse` before anything is changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from cxquiz.classifier.answers import TEXT_LIMIT, AnswersError, parse_answer
from cxquiz.formats.records import decode, reason
from cxquiz.model.text import one_line, several_lines
from cxquiz.portfolio.portfolio import (
    ID_LIMIT,
    MOST,
    MOST_EARLIER,
    NOTE_LIMIT,
    RANKS,
    Kept,
    Version,
    circles,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from cxquiz.model.types import Model
    from cxquiz.portfolio.portfolio import Portfolio

FORMAT: Final = 1
"""The version of the form that :func:`to_json` writes."""

KIND: Final = "cxquiz-relationships"
"""What the file says that it is."""

NAMED_FAULTS: Final = 5
"""So many faults of a file are named; a file of another kind would fill the screen."""

_VERSION_KEYS: Final = ("kept", "answers", "reading", "note")
_DATE: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\Z")
_NAME: Final = "name"


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
        if chosen not in RANKS:
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
