"""Voices: sets of answers from several files, put together by what they are about.

They wait in a temporary database on disk, so that a register of any size fits.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from cxquiz.formats.answer_sets import AnswerSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST: Final = 1000
"""No more sets of answers than this are compared with each other."""


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


def row_of(given: AnswerSet) -> Row:
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

    def unpacked(self) -> tuple[object, list[AnswerSet]]:
        """Return the id and the sets of answers."""
        identity = json.loads(self.id)
        found: list[AnswerSet] = []
        for row in self.rows:
            by, side, answers, unit = json.loads(row)
            chosen = {question: tuple(some) for question, some in answers.items()}
            found.append(AnswerSet(identity, by, side, chosen, unit=unit))
        return identity, found
