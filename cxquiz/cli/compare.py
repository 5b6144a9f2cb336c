"""``cxquiz compare``: several people's answers about the same relationship, side by side."""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from cxquiz.cli.answer_store import MOST
from cxquiz.cli.comparison_text import as_json, as_text
from cxquiz.cli.intake import Intake, gathered
from cxquiz.cli.progress import on_terminal, progress_over
from cxquiz.cli.workers import jobs
from cxquiz.comparison.comparison import Voice, compare_sides, told_apart
from cxquiz.comparison.comparison import compare as compare_voices
from cxquiz.model.types import THEIRS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxquiz.cli.answer_store import Packed, Voices
    from cxquiz.cli.workers import Workers
    from cxquiz.comparison.comparison import BothSides
    from cxquiz.formats.answer_sets import AnswerSet
    from cxquiz.model.types import Model

_JOB: Final = 50
_SEVERAL: Final = 2
_encode: Final = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Options:
    """How to compare.

    Attributes:
        form: ``"jsonl"`` or ``"csv"``; ``None`` goes by each file's name.
        together: Whether all answers are about one relationship, whatever their ids.
        as_json: Whether to write JSON Lines, not a report.
        quiet: Whether to show no progress.
    """

    form: str | None
    together: bool
    as_json: bool
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class _Written:
    """What some comparisons come to: the text, what to complain of, and counts."""

    out: str
    complaints: list[str]
    counts: Counter[str]


def compare(names: Sequence[str], model: Model, options: Options) -> int:
    """Compare the answers in some files and write what comes out to standard output.

    Args:
        names: The files' paths; ``-`` is standard input.
        model: The model to judge by.
        options: How to compare.

    Returns:
        0 where all went well, 1 where something could not be used.

    Raises:
        UnreadableError: A file cannot be opened or read, or there is no room for what was read.
        HeaderError: A file has no header that could be used.
    """
    how = Intake(form=options.form, together=options.together, quiet=options.quiet)
    with gathered(names, model, how) as found:
        cut = _write(model, options, found.voices, found.workers)
    return 1 if found.bad or cut else 0


def _write(model: Model, options: Options, voices: Voices, workers: Workers) -> bool:
    """Compare and write; return whether there were too many answers about something."""
    counts: Counter[str] = Counter()
    work = partial(_compare_some, as_json_lines=options.as_json)
    given = jobs(voices.by_relationship(), _JOB)
    wanted = on_terminal(quiet=options.quiet, writing=True)
    with progress_over(voices.count(), wanted=wanted) as progress:
        for written in workers.in_order(work, given):
            for text in written.complaints:
                progress.complain(text)
            if options.as_json:  # UTF-8, whatever the terminal is
                sys.stdout.buffer.write(written.out.encode())
            else:
                sys.stdout.write(written.out)
            counts.update(written.counts)
            progress.advance(written.counts["single"] + written.counts["several"])
    if not options.as_json:
        summary = model.say("compare_summary", number=counts["several"], agreed=counts["agreed"])
        sys.stdout.write(summary + "\n")
        if counts["single"]:
            sys.stdout.write(model.say("compare_single", number=counts["single"]) + "\n")
    sys.stdout.flush()
    return counts["cut"] > 0


def _compare_some(model: Model, some: list[Packed], *, as_json_lines: bool) -> _Written:
    """Compare the sets of answers about some relationships."""
    written: list[str] = []
    complaints: list[str] = []
    counts: Counter[str] = Counter()
    for packed in some:
        identity, given = packed.unpacked()
        if packed.beyond:
            about = "" if identity is None else f"{identity}: "
            complaints.append(
                f"{about}only the first {MOST} of {MOST + packed.beyond} sets of answers are"
                " compared."
            )
            counts["cut"] += 1
        comparison = compare_voices(model, _named(model, given))
        sides = _sides(model, given)
        counts["single" if len(given) < _SEVERAL else "several"] += 1
        counts["agreed"] += len(given) >= _SEVERAL and len(comparison.views) == 1
        if as_json_lines:
            written.append(_encode(as_json(identity, comparison, sides)) + "\n")
        elif len(given) >= _SEVERAL:
            written.append(as_text(model, identity, comparison, sides) + "\n\n")
    return _Written("".join(written), complaints, counts)


def _sides(model: Model, given: Sequence[AnswerSet]) -> BothSides | None:
    """Return the readings of both parties where each gave one set of answers."""
    mine = [Voice(one.by, one.answers) for one in given if one.side != THEIRS]
    theirs = [Voice(one.by, one.answers) for one in given if one.side == THEIRS]
    if len(mine) != 1 or len(theirs) != 1:
        return None
    return compare_sides(model, mine[0], theirs[0], mirrored=True)


def _named(model: Model, given: Sequence[AnswerSet]) -> list[Voice]:
    """Give every voice a name of its own, which says its side."""
    names = told_apart(
        model.say("compare_other_side", name=one.by) if one.side == THEIRS else one.by
        for one in given
    )
    return [Voice(name, one.answers) for name, one in zip(names, given, strict=True)]
