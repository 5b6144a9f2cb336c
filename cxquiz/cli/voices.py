"""Voices: sets of answers from several files, put together by what they are about.

They wait in a temporary database on disk, so that a register of any size fits.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from cxquiz.answers import AnswersError, parse_answers
from cxquiz.portfolio import tidy
from cxquiz.records import Bad, Record, read_json_lines, reason
from cxquiz.sharing import MINE, THEIRS, from_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cxquiz.answers import Answers
    from cxquiz.model import Model
from cxquiz.records import Line

MOST: Final = 1000
"""No more sets of answers than this are compared with each other."""


@dataclass(frozen=True, slots=True)
class Given:
    """One set of answers as it came in.

    Attributes:
        id: What it is about; ``None`` where nothing was said.
        by: Whose it is.
        side: ``mine`` or ``theirs``; see :mod:`cxquiz.sharing`.
        answers: The answers in the package's own form.
        unit: The part of the organisation that it belongs to; empty where nothing was said.
        problems: What could not be read of a link.
    """

    id: object
    by: str
    side: str
    answers: Answers
    problems: tuple[str, ...] = ()
    unit: str = ""


def read_lines(lines: Iterable[Line]) -> Iterator[tuple[int, Record | Bad]]:
    """Yield the records of JSON Lines in which a line may also be a link alone."""
    for number, line in lines:
        if line is not None and line.strip()[:1] not in (b"", b"{", b"["):
            yield number, {"link": line.decode(errors="replace").strip()}
            continue
        for _, record in read_json_lines([(number, line)], needed=("answers", "link")):
            yield number, record


def given_by(model: Model, record: Record, name: str, unit: str = "") -> Given | Bad:
    """Return the set of answers that a record holds, or what is wrong with it.

    Args:
        model: The model that the answers are for.
        record: The record.
        name: Whose answers they are where the record does not say.
        unit: The key or column that says to which unit it belongs; empty for none.
    """
    by, side, link = record.get("by") or name, record.get("side") or MINE, record.get("link")
    where = record.get(unit) if unit else None
    where = tidy(str(where)) if isinstance(where, str | int) else ""
    if not isinstance(by, str):
        return Bad("“by” must be a text: the name of whoever answered.")
    if side not in (MINE, THEIRS):
        return Bad(f"“side” must be “{MINE}” or “{THEIRS}”, or be left out.")
    if link:
        received = from_text(model, link if isinstance(link, str) else "")
        if not received.answers and received.problems:
            return Bad(" ".join(received.problems))
        side = THEIRS if THEIRS in (side, received.side) else MINE
        return Given(record.get("id"), by, side, received.answers, received.problems, where)
    try:
        answers = parse_answers(model, _as_mapping(record.get("answers")))
    except AnswersError as error:
        return Bad(reason(error))
    return Given(record.get("id"), by, side, answers, unit=where)


def _as_mapping(raw: object) -> object:
    """Return answers as a mapping; the site keeps them as a list of pairs."""
    if not isinstance(raw, list):
        return raw
    pairs: list[tuple[str, Any]] = []
    for row in raw:
        if not (isinstance(row, list) and len(row) == 2 and isinstance(row[0], str)):  # noqa: PLR2004 - a pair
            message = "“answers” must be an object, or a list of pairs of question and options."
            raise AnswersError(message)
        pairs.append((row[0], row[1]))
    return dict(pairs)


class Voices:
    """All sets of answers, to be read back relationship by relationship."""

    def __init__(self) -> None:
        # An empty name is a database in a temporary file, which goes when it is closed.
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE relationship (number INTEGER PRIMARY KEY, id TEXT UNIQUE);"
            "CREATE TABLE voice (number INTEGER PRIMARY KEY, about INTEGER, given TEXT);"
            "BEGIN;"
        )

    def close(self) -> None:
        """Throw all of it away."""
        self._base.close()

    def add(self, rows: Iterable[Row]) -> None:
        """Keep sets of answers.

        Raises:
            sqlite3.Error: There is no room for them.
        """
        rows = list(rows)
        self._base.executemany(
            "INSERT OR IGNORE INTO relationship (id) VALUES (?)", [(name,) for name, _ in rows]
        )
        self._base.executemany(
            "INSERT INTO voice (given, about) SELECT ?, number FROM relationship WHERE id = ?",
            [(row, name) for name, row in rows],
        )

    def count(self) -> int:
        """Return how many relationships there are."""
        found: tuple[int] = self._base.execute("SELECT COUNT(*) FROM relationship").fetchone()
        return found[0]

    def by_relationship(self) -> Iterator[Packed]:
        """Yield the sets of answers of each relationship, :data:`MOST` of them at most.

        The relationships come in the order in which they were met first, and so do the sets.
        """
        self._base.execute("CREATE INDEX place ON voice (about, number)")
        query = (
            "SELECT id, given FROM voice JOIN relationship ON about = relationship.number"
            " ORDER BY about, voice.number"
        )
        with closing(self._base.execute(query)) as rows:
            for name, group in groupby(rows, key=lambda row: row[0]):
                found = [row for _, row in islice(group, MOST)]
                yield Packed(name, found, sum(1 for _ in group))


Row = tuple[str, str]
"""What a set of answers is about and the set itself, both as JSON."""


def row_of(given: Given) -> Row:
    """Return a set of answers as it is kept."""
    row = json.dumps([given.by, given.side, given.answers, given.unit])
    return json.dumps(given.id, sort_keys=True), row


class Packed(NamedTuple):
    """The sets of answers about one relationship as they are kept.

    Attributes:
        id: What they are about, as JSON.
        rows: The sets, as JSON.
        beyond: How many more there are than :data:`MOST`.
    """

    id: str
    rows: list[str]
    beyond: int

    def unpacked(self) -> tuple[object, list[Given]]:
        """Return the id and the sets of answers."""
        identity = json.loads(self.id)
        found: list[Given] = []
        for row in self.rows:
            by, side, answers, unit = json.loads(row)
            chosen = {question: tuple(some) for question, some in answers.items()}
            found.append(Given(identity, by, side, chosen, unit=unit))
        return identity, found
