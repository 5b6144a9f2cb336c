"""``cxquiz classify``: many relationships at once, a line in and a line out."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from cxquiz.classifier.answers import AnswersError, parse_answers
from cxquiz.classifier.reading import assess
from cxquiz.cli.input import bounded_lines, form_of, is_file, open_input
from cxquiz.cli.messages import plain
from cxquiz.cli.progress import on_terminal, progress_of
from cxquiz.cli.saved_list import unfold
from cxquiz.cli.workers import JOB, Workers, jobs
from cxquiz.formats.records import (
    Bad,
    Record,
    read_csv,
    read_json_lines,
    reason,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cxquiz.cli.progress import Progress
    from cxquiz.formats.records import Line
    from cxquiz.model.types import Model

NOT_PASSED_THROUGH: Final = frozenset(
    ["id", "primary", "labels", "verdict", "points", "flags", "disputes", "answers", "error"]
)
"""Keys of the input that do not pass through.

The result says ``id`` to ``disputes`` itself, ``answers`` is what it is made from, and
``error`` would make a good line look like a bad one.
"""

_encode: Final = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records there were, and how many of them were bad."""

    records: int
    bad: int


@dataclass(frozen=True, slots=True)
class _Done:
    """What some records came to: the lines to write, and what to complain of."""

    out: bytes
    complaints: list[str]
    records: int


def classify(name: str, model: Model, *, form: str | None, quiet: bool = False) -> int:
    """Classify the records of a file and write the results to standard output.

    Args:
        name: The file's path, or ``-`` for standard input.
        model: The model to judge by.
        form: ``"jsonl"`` or ``"csv"``; ``None`` goes by the file's name.
        quiet: Whether to show no progress.

    Returns:
        0 where all went well, 1 where there was a bad line.

    Raises:
        UnreadableError: The file cannot be opened or read, or is a list that is not good.
        HeaderError: The CSV has no header that could be used.
    """
    form = form or form_of(name)
    with ExitStack() as stack:
        source = open_input(name, stack)
        out = sys.stdout.buffer
        progress = stack.enter_context(
            progress_of(source, wanted=on_terminal(quiet=quiet, writing=True))
        )
        if source.isatty():
            progress.complain("reading what you type; Ctrl-D on a line of its own ends it.")
        workers = stack.enter_context(Workers(model))
        try:
            counts = classify_stream(workers, source, out, name=name, form=form, progress=progress)
        finally:
            out.flush()
        if counts.bad:
            progress.complain(f"{counts.bad} of {counts.records} records could not be classified.")
    return 1 if counts.bad else 0


def classify_stream(  # noqa: PLR0913 - each is a different thing
    workers: Workers,
    source: BinaryIO,
    out: BinaryIO,
    *,
    name: str,
    form: str,
    progress: Progress,
) -> Counts:
    """Classify records from one stream into another, a few at a time.

    Args:
        workers: Who classifies, and by which model.
        source: JSON Lines or CSV.
        out: Takes one line of JSON a record, in the same order.
        name: What to call the source in an error.
        form: ``"jsonl"`` or ``"csv"``.
        progress: Told of the bytes read and of what is wrong.

    Raises:
        UnreadableError: Reading fails, or it is a list that is not good.
        HeaderError: The CSV has no header that could be used.
    """
    lines = bounded_lines(source, name, progress.advance)
    # What comes slowly is dealt with as it comes: only a file is worth other processors.
    size = JOB if is_file(source) else 1
    if form == "csv":
        records = read_csv(lines, workers.model, warn=progress.complain)
        results = workers.in_order(_classify_records, jobs(records, size), alone=size == 1)
    else:
        lines = unfold(workers.model, lines, name)
        results = workers.in_order(_classify_lines, jobs(lines, size), alone=size == 1)
    # A person who looks on, or types, wants each result at once.
    at_once = out.isatty() or source.isatty()
    count = bad = 0
    for done in results:
        count += done.records
        bad += len(done.complaints)
        out.write(done.out)
        for error in done.complaints:
            progress.complain(error)
        if at_once:
            out.flush()
    return Counts(count, bad)


def _classify_lines(model: Model, lines: list[Line]) -> _Done:
    return _classify_records(model, read_json_lines(lines))


def _classify_records(model: Model, records: Iterable[tuple[int, Record | Bad]]) -> _Done:
    written: list[bytes] = []
    complaints: list[str] = []
    for number, record in records:
        result = record if isinstance(record, Bad) else classify_record(model, record)
        if isinstance(result, Bad):
            error = plain(f"line {number}: {result.error}")
            written.append(_error_line(result.id, error))
            complaints.append(error)
        else:
            written.append(result)
    return _Done(b"".join(written), complaints, len(written))


def classify_record(model: Model, record: Record) -> bytes | Bad:
    """Classify one record and return the line that says the result, or what is wrong."""
    try:
        assessment = assess(model, parse_answers(model, record["answers"]))
        result: dict[str, Any] = {
            "id": record.get("id"),
            "primary": assessment.primary,
            "labels": assessment.labels,
            "verdict": assessment.verdict,
            "points": assessment.points,
            "flags": assessment.flags,
            "disputes": assessment.disputes,
            **{key: value for key, value in record.items() if key not in NOT_PASSED_THROUGH},
        }
        return _encode(result).encode() + b"\n"
    except (AnswersError, RecursionError) as error:
        return Bad(reason(error), record.get("id"))


def _error_line(identity: object, error: str) -> bytes:
    try:
        return _encode({"id": identity, "error": error}).encode() + b"\n"
    except RecursionError:  # an id that is nested deeply can be read and not be written
        return _encode({"id": None, "error": error}).encode() + b"\n"
