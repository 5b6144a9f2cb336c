"""Reading records of a register: JSON Lines or CSV, from bytes of any kind.

Both readers take numbered lines (:func:`lines_of` makes them of bytes) and yield pairs of a
line number and either a record (a dictionary that has ``answers``) or a :class:`Bad` one. They
hold one record in memory at a time. A bad record never raises: only a CSV without a header that
can be used does.
"""

from __future__ import annotations

import csv
import json
import re
from collections import deque
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, Never, TypeAlias

from cxquiz.classifier.answers import AnswersError
from cxquiz.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cxquiz.model.types import Model

LONGEST_LINE: Final = 1 << 20
"""No line may be longer than this, in bytes; nor may a CSV record of several lines."""

MOST_LINES: Final = 1000
"""No CSV record may have more lines than this; more of them means an unclosed quote."""

# Columns beyond these are hardly misspelt questions, and comparing names takes its time.
_MOST_CHECKED: Final = 100
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
"""What some editors put before the first character."""

_SURROGATE: Final = re.compile(r"\\u[dD][89a-fA-F]")

Record: TypeAlias = dict[str, Any]
"""A record as it was read: ``answers``, mostly an ``id``, and whatever else there was."""

Line: TypeAlias = tuple[int, bytes | None]
"""A line's number, from 1, and its bytes; ``None`` for a line that is too long."""


@dataclass(frozen=True, slots=True)
class Bad:
    """A record that cannot be used: what is wrong with it, and its id where one is known."""

    error: str
    id: object = None


class HeaderError(ValueError):
    """A CSV file without a header that can be used, so that no record can be read."""


class _RecordError(ValueError):
    """What is wrong with the record in hand."""


_TOO_LONG: Final = f"this line is longer than {LONGEST_LINE >> 20} MiB."


def lines_of(raw: bytes) -> Iterator[Line]:
    """Yield the lines of a whole file with their numbers, a byte-order mark left out."""
    for number, line in enumerate(BytesIO(raw.removeprefix(BYTE_ORDER_MARK)), start=1):
        yield number, line if len(line) <= LONGEST_LINE else None


def _refuse_constant(name: str) -> Never:
    raise _RecordError(f"this is not JSON: {name} is no number.")


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise _RecordError("a number is too large.")
    return number


def _twice(names: Iterable[str]) -> str | None:
    """Return the first name that has occurred before, if any has."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _RecordError(
            f"the key “{_twice(key for key, _ in pairs)}” occurs twice in one object."
        )
    return found


decode: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_finite, parse_constant=_refuse_constant
).decode
"""Read JSON, and refuse what another program may read otherwise; :func:`reason` says why."""


def read_json_lines(
    lines: Iterable[Line], needed: Sequence[str] = ("answers",)
) -> Iterator[tuple[int, Record | Bad]]:
    """Yield the records of JSON Lines; blank lines are skipped.

    Args:
        lines: The lines.
        needed: The keys of which a record must have one.
    """
    for number, line in lines:
        if line is None:
            yield number, Bad(_TOO_LONG)
        elif line and not line.isspace():
            yield number, _parse_json_line(line, needed)


def _parse_json_line(line: bytes, needed: Sequence[str]) -> Record | Bad:
    try:
        text = line.decode()
        raw = decode(text)
        if "\\u" in text and _SURROGATE.search(text):
            # Half of a surrogate pair is valid JSON, but no text that could be written.
            json.dumps(raw, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        return Bad(reason(error))
    if not isinstance(raw, dict):
        return Bad("this is not a JSON object.")
    if not any(key in raw for key in needed):
        return Bad(f"“{needed[0]}” is missing.", raw.get("id"))
    return raw


def reason(error: Exception) -> str:
    """Say what was wrong with a record whose reading or writing raised this."""
    match error:
        case json.JSONDecodeError():
            text = f"this is not JSON: {error.msg} (column {error.colno})."
        case UnicodeDecodeError():
            text = "this is not UTF-8 text."
        case UnicodeEncodeError():
            text = "there is half of a surrogate pair in this."
        case RecursionError():
            text = "this is nested too deeply."
        case csv.Error():
            text = f"this is not CSV: {str(error).partition(' - ')[0]}."
        case _RecordError() | AnswersError():
            text = str(error)
        case _:
            text = "a number has too many digits."  # a whole number of thousands of digits
    return one_line(text)  # it may quote what was wrong


class _CsvLines:
    """Lines for ``csv.reader`` that can be given once more.

    After a stray quote the reader would swallow everything up to the next one. So the
    lines of the record in hand are kept; where it turns out bad, its first line alone is
    given up and the others are read again.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = iter(lines)
        self._again: deque[Line] = deque()
        self._taken: list[Line] = []
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        taken = self._again.popleft() if self._again else next(self._lines)
        self._taken.append(taken)
        line = taken[1]
        if line is None:
            raise _RecordError(_TOO_LONG)
        self._size += len(line)
        if self._size > LONGEST_LINE or len(self._taken) > MOST_LINES:
            raise _RecordError("a quotation mark opens here and is not closed.")
        text = line.decode()
        if "\0" in text:
            raise _RecordError("there is a NUL in this, so it is not text.")
        return text

    @property
    def number(self) -> int:
        """The number of the line that the record in hand begins with; 0 before the first."""
        return self._taken[0][0] if self._taken else 0

    def begin(self) -> None:
        """Forget the record in hand: the next line begins another."""
        self._taken.clear()
        self._size = 0

    def give_up_first(self) -> None:
        """Give the lines of the record in hand once more, but for the first."""
        self._again.extendleft(reversed(self._taken[1:]))


def read_csv(
    lines: Iterable[Line],
    model: Model,
    warn: Callable[[str], object] = lambda _: None,
    instead: str = "",
) -> Iterator[tuple[int, Record | Bad]]:
    """Yield the records of comma-separated values with a header; blank lines are skipped.

    A column with the name of a question holds its answers, with ``;`` between several.
    Every other column becomes a key of the record. Missing fields at the end of a row are
    empty ones: some spreadsheets leave them out.

    Args:
        lines: The lines.
        model: The model whose questions the columns name.
        warn: Told of a column that looks like a misspelt question.
        instead: A column that will do where none has the name of a question.

    Raises:
        HeaderError: The first line that is not blank is no header.
    """
    source = _CsvLines(lines)
    rows = _csv_rows(source)
    header: _Header | None = None
    for row in rows:
        if header is not None:
            yield source.number, row if isinstance(row, Bad) else header.record(row)
            continue
        try:
            header = _Header(model, row, instead)
        except _RecordError as error:
            raise HeaderError(f"line {source.number}: {error}") from error
        for text in header.doubts:
            warn(text)


def _csv_rows(source: _CsvLines) -> Iterator[list[str] | Bad]:
    reader = csv.reader(source, strict=True)
    while True:
        source.begin()
        try:
            row = next(reader)
        except StopIteration:
            return
        except (csv.Error, ValueError) as error:
            yield Bad(reason(error))
            source.give_up_first()
        else:
            if any(field and not field.isspace() for field in row) or len(row) > 1:
                yield row


class _Header:
    """The columns of a CSV file."""

    def __init__(self, model: Model, row: list[str] | Bad, instead: str = "") -> None:
        if isinstance(row, Bad):
            raise _RecordError(row.error)
        names = [name.strip() for name in row]
        while names and not names[-1]:
            names.pop()
        if "" in names:
            raise _RecordError(f"column {names.index('') + 1} has no name.")
        twice = _twice(names)
        if twice is not None:
            raise _RecordError(f"two columns are called “{twice}”.")
        if not any(model.has_question(name) or name == instead for name in names if name):
            message = (
                "no column has the name of a question, for example "
                f"“{next(iter(model.questions))}”. Columns must be separated by commas."
            )
            raise _RecordError(message)
        self._width = len(names)
        self._answers: list[tuple[int, str, bool]] = []
        self._others: list[tuple[int, str]] = []
        self.doubts: list[str] = []
        for place, name in enumerate(names):
            if model.has_question(name):
                self._answers.append((place, name, model.question(name).kind != "text"))
                continue
            self._others.append((place, name))
            if place < _MOST_CHECKED:
                self._doubt(name, [*model.questions, *model.context])

    def _doubt(self, name: str, questions: list[str]) -> None:
        from difflib import get_close_matches  # once a file, if at all

        match = get_close_matches(name.casefold(), questions, n=1, cutoff=0.85)
        if match:
            self.doubts.append(
                f"the column “{name}” is no question and is passed through. "
                f"Did you mean “{match[0]}”?"
            )

    def record(self, row: list[str]) -> Record | Bad:
        """Return the record that a row holds."""
        if any(row[self._width :]):
            identity = next((row[place] for place, name in self._others if name == "id"), None)
            return Bad(
                f"this has {len(row)} fields, and the header {self._width}.", identity or None
            )
        row += [""] * (self._width - len(row))
        record: Record = {name: row[place] for place, name in self._others}
        record["id"] = record.get("id") or None
        record["answers"] = {
            name: [part.strip() for part in row[place].split(";")] if splits else row[place]
            for place, name, splits in self._answers
            if row[place]
        }
        return record
