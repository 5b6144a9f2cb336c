"""Tables of a file, read key by key: whatever is missing, wrong or unknown is reported.

Nothing is ignored in silence, and all faults are reported at once, each with its place and the
nearest name that is known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from cxquiz.model.suggest import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

Path = tuple[str | int, ...]
"""Where a table is: ``("question", 3, "option", 0)`` is the first option of the fourth question."""

# The shares are exact roots of this degree; a larger one would take minutes.
_K_LIMIT: Final = 100

_ID: Final = re.compile(r"[a-z][a-z0-9_-]*\Z")
_BLOCK: Final = re.compile(r"\s*\[\[?\s*([\w.]+)\s*\]\]?")


class ModelError(ValueError):
    """A model that cannot be used.

    Attributes:
        problems: One sentence a fault: where it is, what is wrong and what may be meant.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the problems; the exception's text is one a line."""
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def block_lines(text: str) -> dict[Path, int]:
    """Return where each table of a TOML text begins: the line, by the table's path."""
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        found = _BLOCK.match(line)
        if not found:
            continue
        path: Path = ()
        *parents, last = found[1].split(".")
        for part in parents:
            path = (*path, part, max(0, counts.get((*path, part), 1) - 1))
        path = (*path, last)
        if line.lstrip().startswith("[["):
            index = counts.get(path, 0)
            counts[path] = index + 1
            path = (*path, index)
        lines.setdefault(path, number)
    return lines


class Report:
    """Collects the faults of one model, each with its place."""

    def __init__(self, name: str, lines: dict[Path, int]) -> None:
        self.name = name
        self.lines = lines
        self.problems: list[str] = []

    def add(self, path: Path, where: str, what: str) -> None:
        """Note a fault: where the table is, what it is called, and what is wrong."""
        line = next(
            (self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines), 0
        )
        place = f"{self.name}:{line}" if line else self.name
        self.problems.append(f"{place}: {where}: {what}" if where else f"{place}: {what}")


class Table:
    """One table of the file, read key by key; what is not read is reported by ``close``."""

    def __init__(self, report: Report, raw: object, path: Path = (), where: str = "") -> None:
        self.report = report
        self.path = path
        self.where = where
        self.read: set[str] = set()
        if isinstance(raw, dict):
            self.raw: dict[str, Any] = raw
        else:
            self.raw = {}
            self.fault("this must be a table of keys and values.")

    def fault(self, what: str) -> None:
        """Note a fault of this table."""
        self.report.add(self.path, self.where, what)

    def get(self, key: str, kind: type, what: str, default: Any = None) -> Any:  # noqa: ANN401 - as typed in the file
        """Return a value of a kind: an empty one where it is of another, or missing.

        Args:
            key: What it goes by.
            kind: What it has to be.
            what: The same in words.
            default: What holds where it is missing; without one, that is a fault.
        """
        self.read.add(key)
        if key not in self.raw:
            if default is None:
                self.fault(f"“{key}” is missing.{nearest(key, self.raw.keys() - self.read)}")
                return kind()
            return default
        value = self.raw[key]
        # In JSON and TOML true and false are no numbers; in Python they are.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.fault(f"“{key}” must be {what}.")
            return kind()
        return value

    def integer(self, key: str, *, least: int = 0, most: int | None = None) -> int:
        """Return a whole number within bounds."""
        value: int = self.get(key, int, "a whole number")
        if value < least:
            self.fault(f"“{key}” must be {least} or more.")
        if most is not None and value > most:
            self.fault(f"“{key}” must be {most} or less.")
        return value

    def fraction(self, key: str) -> tuple[int, int]:
        """Return numerator and denominator."""
        parts: list[object] = self.get(key, list, "two whole numbers, numerator and denominator")
        numbers = [part for part in parts if type(part) is int and 0 < part <= _K_LIMIT]
        if len(parts) != 2 or len(numbers) != 2:  # noqa: PLR2004 - a fraction has two parts
            self.fault(f"“{key}” must be two whole numbers from 1 to {_K_LIMIT}: a fraction.")
            return 1, 1
        return numbers[0], numbers[1]

    def flag(self, key: str) -> bool:
        """Return an optional yes or no; no by default."""
        value: bool = self.get(key, bool, "true or false", default=False)
        return value

    def text(self, key: str, *, optional: bool = False) -> str:
        """Return a text; an empty one where it is optional and missing."""
        value: str = self.get(key, str, "a text in quotes", default="" if optional else None)
        if key in self.raw and isinstance(self.raw[key], str) and not value.strip():
            self.fault(
                f"“{key}” is empty. Write the text, or take the line out where it is optional."
            )
        return value

    def texts(self, key: str, *, optional: bool = False) -> tuple[str, ...]:
        """Return a list of texts."""
        values: list[object] = self.get(
            key, list, "a list of texts", default=[] if optional else None
        )
        if key in self.raw and isinstance(self.raw[key], list) and not values:
            self.fault(f"“{key}” is empty.")
        good = tuple(value for value in values if isinstance(value, str) and value.strip())
        if len(good) < len(values):
            self.fault(f"“{key}” must hold texts in quotes, none of them empty.")
        return good

    def choice(self, key: str, known: Collection[str]) -> str:
        """Return one of the names that are known."""
        value = self.text(key)
        if value and value not in known:
            self.unknown(key, value, known)
        return value

    def names(self, key: str, known: Collection[str], *, optional: bool = False) -> tuple[str, ...]:
        """Return a list of names that are known, each of them once."""
        values = self.texts(key, optional=optional)
        for value in values:
            if value not in known:
                self.unknown(key, value, known)
        for value in sorted({value for value in values if values.count(value) > 1}):
            self.fault(f"“{key}” names “{value}” twice.")
        return values

    def unknown(self, key: str, value: str, known: Iterable[str]) -> None:
        """Note a name that does not exist, with the nearest that does."""
        self.fault(f"“{key}” names “{value}”, which does not exist.{nearest(value, known)}")

    def identifier(self) -> str:
        """Return the table's id."""
        value = self.text("id")
        if value and not _ID.match(value):
            self.fault("“id” must be lower-case letters, digits, “_” or “-”, with a letter first.")
        return value

    def tables(self, key: str, kind: str, *, optional: bool = False) -> Iterator[Table]:
        """Yield the tables of a list; in faults each goes by its id, or else its number."""
        rows: list[object] = self.get(
            key, list, "a list of tables", default=[] if optional else None
        )
        if not rows and not optional:
            self.fault(f"there must be at least one “{key}”.")
        for index, row in enumerate(rows):
            row_id = row.get("id") if isinstance(row, dict) else None
            name = f"{kind} “{row_id}”" if isinstance(row_id, str) else f"{kind} {index + 1}"
            where = f"{self.where}, {name}" if self.where else name
            table = Table(self.report, row, (*self.path, key, index), where)
            yield table

    def sub(self, key: str, *, optional: bool = False) -> Table:
        """Return a table inside this one."""
        raw = self.get(key, dict, "a table", default={} if optional else None)
        return Table(self.report, raw, (*self.path, key), f"{self.where}, {key}".removeprefix(", "))

    def close(self) -> None:
        """Note each key that nobody has read."""
        for key in [key for key in self.raw if key not in self.read]:
            self.fault(f"“{key}” is not known here.{nearest(key, self.read)}")
