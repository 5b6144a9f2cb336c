"""Taking in sets of answers from several files into a temporary database."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, TypeVar

from cxquiz.cli.answer_store import Voices, row_of
from cxquiz.cli.input import bounded_lines, form_of, open_input
from cxquiz.cli.messages import complain, plain
from cxquiz.cli.model_file import UnreadableError
from cxquiz.cli.progress import on_terminal, progress_of
from cxquiz.cli.saved_list import unfold
from cxquiz.cli.workers import Workers, jobs
from cxquiz.formats.answer_sets import answer_set_of, read_lines
from cxquiz.formats.records import Bad, HeaderError, read_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxquiz.cli.answer_store import Row
    from cxquiz.cli.progress import Progress
    from cxquiz.formats.answer_sets import AnswerSet
    from cxquiz.formats.records import Line, Record
    from cxquiz.model.types import Model

_Numbered = tuple[int, "Record | Bad"]
One = TypeVar("One")

_KEEPING: Final = "the answers cannot be kept in a temporary file"


@dataclass(frozen=True, slots=True)
class Intake:
    """How to read files.

    Attributes:
        form: ``"jsonl"`` or ``"csv"``; ``None`` goes by each file's name.
        together: Whether all answers are about one relationship, whatever their ids.
        unit: The key or column that says to which unit a relationship belongs.
        quiet: Whether to show no progress.
    """

    form: str | None = None
    together: bool = False
    unit: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class _Read:
    """What a job came to: the rows to keep, and what was wrong in which line."""

    rows: list[Row]
    problems: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What files held.

    Attributes:
        voices: All sets of answers.
        workers: Who read them, ready for more work.
        bad: How many records could not be used, or not in full.
    """

    voices: Voices
    workers: Workers
    bad: int


@contextmanager
def gathered(names: Sequence[str], model: Model, how: Intake) -> Iterator[Gathered]:
    """Read files and keep what they hold while the block runs.

    Args:
        names: The files' paths; ``-`` is standard input.
        model: The model that the answers are for.
        how: How to read them.

    Raises:
        UnreadableError: A file cannot be opened or read, or there is no room for what was read,
            in the block too.
        HeaderError: A file has no header that could be used; it says which.
    """
    try:
        with closing(Voices()) as voices, Workers(model) as workers:
            bad = sum([_gather(name, model, how, voices, workers) for name in names])
            if bad:
                complain(f"{bad} records could not be used, or not in full.")
            yield Gathered(voices, workers, bad)
    except sqlite3.Error as error:
        problem = ValueError(f"{error}. Make room on the disk.")
        raise UnreadableError(_KEEPING, problem) from error


def _gather(name: str, model: Model, how: Intake, into: Voices, workers: Workers) -> int:
    with ExitStack() as stack:
        source = open_input(name, stack)
        progress = stack.enter_context(progress_of(source, wanted=on_terminal(quiet=how.quiet)))
        if source.isatty():
            progress.complain("reading what you type; Ctrl-D on a line of its own ends it.")
        bad = 0
        for read in _read(name, source, model, how, progress, workers):
            into.add(read.rows)
            bad += len(read.problems)
            for number, problem in read.problems:
                progress.complain(f"{name}: line {number}: {problem}")
        return bad


def _read(  # noqa: PLR0913, PLR0917 - as above
    name: str,
    source: BinaryIO,
    model: Model,
    how: Intake,
    progress: Progress,
    workers: Workers,
) -> Iterator[_Read]:
    who = "standard input" if name == "-" else plain(Path(name).stem)
    lines = bounded_lines(source, name, progress.advance)
    if (how.form or form_of(name)) == "csv":

        def warn(text: str) -> None:
            progress.complain(f"{name}: {text}")

        records = _named_header_errors(name, read_csv(lines, model, warn=warn, instead="link"))
        return workers.in_order(partial(_of_records, who=who, how=how), jobs(records))
    lines = unfold(model, lines, name)
    return workers.in_order(partial(_of_lines, who=who, how=how), jobs(lines))


def _named_header_errors(name: str, records: Iterable[_Numbered]) -> Iterator[_Numbered]:
    """Yield the records; an error in the header says which file it is in."""
    try:
        yield from records
    except HeaderError as error:
        raise HeaderError(f"{name}: {error}") from error


def _of_lines(model: Model, lines: list[Line], who: str, how: Intake) -> _Read:
    return _of_records(model, read_lines(lines), who, how)


def _of_records(model: Model, records: Iterable[_Numbered], who: str, how: Intake) -> _Read:
    read = _Read([], [])
    for number, record in records:
        given = record if isinstance(record, Bad) else answer_set_of(model, record, who, how.unit)
        if isinstance(given, Bad):
            read.problems.append((number, given.error))
            continue
        problem = _unfit(given, together=how.together)
        if not problem:
            about = replace(given, id=None) if how.together else given
            read.rows.append(row_of(about))
        problem = problem or " ".join(given.problems)
        if problem:
            read.problems.append((number, problem))
    return read


def _unfit(given: AnswerSet, *, together: bool) -> str:
    """Say why a set of answers cannot be kept, or nothing."""
    if together:
        return ""
    if given.id is None or given.id == "":
        return "there is no “id” that says which relationship this is about. Add it, or use --all."
    if not isinstance(given.id, str | int | float):
        return "“id” must be a text or a number."
    return ""
