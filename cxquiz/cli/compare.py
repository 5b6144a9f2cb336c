"""``cxquiz compare``: several people's answers about the same relationship, side by side."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from cxquiz.cli.comparison import as_json, as_text
from cxquiz.cli.inputs import bounded_lines, form_of, open_input
from cxquiz.cli.messages import complain, plain
from cxquiz.cli.progress import progress_of
from cxquiz.cli.voices import MOST, Voices, given_by, read_lines
from cxquiz.comparing import Voice, compare_sides
from cxquiz.comparing import compare as compare_voices
from cxquiz.records import Bad, HeaderError, read_csv
from cxquiz.sharing import THEIRS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxquiz.cli.progress import Progress
    from cxquiz.cli.voices import Given
    from cxquiz.comparing import BothSides
    from cxquiz.model import Model
    from cxquiz.records import Record

_SEVERAL: Final = 2
_encode: Final = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Wish:
    """How to compare.

    Attributes:
        form: ``"jsonl"`` or ``"csv"``; ``None`` goes by each file's name.
        together: Whether all answers are about one relationship, whatever their ids.
        as_json: Whether to write JSON Lines, not a report.
    """

    form: str | None
    together: bool
    as_json: bool


def compare(names: Sequence[str], model: Model, wish: Wish) -> int:
    """Compare the answers in some files and write what comes out to standard output.

    Args:
        names: The files' paths; ``-`` is standard input.
        model: The model to judge by.
        wish: How to compare.

    Returns:
        0 where all went well, 1 where something could not be used, 2 where a file had no
        header or there was no room for what was read.

    Raises:
        UnreadableError: A file cannot be opened or read.
    """
    try:
        with closing(Voices()) as voices:
            bad = sum([_read(name, model, wish, voices) for name in names])
            if bad:
                complain(f"{bad} records could not be used, or not in full.")
            cut = _write(model, wish, voices)
    except HeaderError as error:
        complain(str(error))
        return 2
    except sqlite3.Error as error:
        complain(f"the answers cannot be kept in a temporary file: {error}. Make room on the disk.")
        return 2
    return 1 if bad or cut else 0


def _read(name: str, model: Model, wish: Wish, voices: Voices) -> int:
    """Read a file and return how many of its records were not good."""
    with ExitStack() as stack:
        source = open_input(name, stack)
        wanted = sys.stderr is not None and sys.stderr.isatty()
        progress = stack.enter_context(progress_of(source, wanted=wanted))
        if source.isatty():
            progress.complain("reading what you type; Ctrl-D on a line of its own ends it.")
        bad = 0
        for number, given in _given(name, source, model, wish, progress):
            problem = given.error if isinstance(given, Bad) else " ".join(given.problems)
            if not isinstance(given, Bad):
                problem = _keep(given, voices, together=wish.together) or problem
            if problem:
                bad += 1
                progress.complain(f"{name}: line {number}: {problem}")
        return bad


def _given(
    name: str, source: BinaryIO, model: Model, wish: Wish, progress: Progress
) -> Iterator[tuple[int, Given | Bad]]:
    lines = bounded_lines(source, name, progress.advance)
    if (wish.form or form_of(name)) == "csv":

        def warn(text: str) -> None:
            progress.complain(f"{name}: {text}")

        records = _named_header_errors(name, read_csv(lines, model, warn=warn, instead="link"))
    else:
        records = read_lines(lines)
    who = "standard input" if name == "-" else plain(Path(name).stem)
    for number, record in records:
        yield number, record if isinstance(record, Bad) else given_by(model, record, who)


def _named_header_errors(
    name: str, records: Iterable[tuple[int, Record | Bad]]
) -> Iterator[tuple[int, Record | Bad]]:
    """Yield the records; an error in the header says which file it is in."""
    try:
        yield from records
    except HeaderError as error:
        message = f"{name}: {error}"
        raise HeaderError(message) from error


def _keep(given: Given, voices: Voices, *, together: bool) -> str:
    """Keep a set of answers; return why it cannot be, or nothing."""
    if together:
        given = replace(given, id=None)
    elif given.id is None or given.id == "":
        return "there is no “id” that says which relationship this is about. Add it, or use --all."
    elif not isinstance(given.id, str | int | float):
        return "“id” must be a text or a number."
    voices.add(given)
    return ""


def _write(model: Model, wish: Wish, voices: Voices) -> bool:
    """Compare and write; return whether there were too many answers about something."""
    counts: Counter[str] = Counter()
    for identity, given, beyond in voices.by_relationship():
        if beyond:
            about = "" if identity is None else f"{identity}: "
            complain(
                f"{about}only the first {MOST} of {MOST + beyond} sets of answers are compared."
            )
            counts["cut"] += 1
        comparison = compare_voices(model, _named(model, given))
        sides = _sides(model, given)
        counts["single" if len(given) < _SEVERAL else "several"] += 1
        counts["agreed"] += len(given) >= _SEVERAL and len(comparison.views) == 1
        if wish.as_json:
            sys.stdout.buffer.write(_encode(as_json(identity, comparison, sides)).encode() + b"\n")
        elif len(given) >= _SEVERAL:
            sys.stdout.write(as_text(model, identity, comparison, sides) + "\n\n")
    sys.stdout.buffer.flush()
    if not wish.as_json:
        summary = model.say("compare_summary", number=counts["several"], agreed=counts["agreed"])
        sys.stdout.write(summary + "\n")
        if counts["single"]:
            sys.stdout.write(model.say("compare_single", number=counts["single"]) + "\n")
    return counts["cut"] > 0


def _sides(model: Model, given: Sequence[Given]) -> BothSides | None:
    """Return the readings of both parties where each gave one set of answers."""
    mine = [Voice(one.by, one.answers) for one in given if one.side != THEIRS]
    theirs = [Voice(one.by, one.answers) for one in given if one.side == THEIRS]
    if len(mine) != 1 or len(theirs) != 1:
        return None
    return compare_sides(model, mine[0], theirs[0], mirrored=True)


def _named(model: Model, given: Iterable[Given]) -> list[Voice]:
    """Give every voice a name of its own, which says its side."""
    seen: Counter[str] = Counter()
    voices: list[Voice] = []
    for one in given:
        name = one.by
        if one.side == THEIRS:
            name = model.say("compare_other_side", name=name)
        seen[name] += 1
        voices.append(Voice(name if seen[name] == 1 else f"{name} ({seen[name]})", one.answers))
    return voices
