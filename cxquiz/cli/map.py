"""``cxquiz map``: a list of relationships as one picture."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, BinaryIO

from cxquiz.classifier.answers import AnswersError, parse_answers
from cxquiz.cli.input import bounded_lines, form_of, open_input, read_all
from cxquiz.cli.output import write_file
from cxquiz.cli.progress import on_terminal, progress_of
from cxquiz.cli.saved_list import read_saved
from cxquiz.formats.records import Bad, read_csv, read_json_lines, reason
from cxquiz.html.map import render_map
from cxquiz.map.items import items_of
from cxquiz.map.layout import SHEET_WIDTH, lay_out
from cxquiz.model.text import one_line
from cxquiz.portfolio.portfolio import ID_LIMIT, MOST, PRIMARY, SUPPORTING, Kept, version

if TYPE_CHECKING:
    from cxquiz.cli.output import Target
    from cxquiz.cli.progress import Progress
    from cxquiz.formats.records import Record
    from cxquiz.model.types import Model
    from cxquiz.portfolio.portfolio import Portfolio

_PHONE = 360.0
"""The width of a narrow map."""


def draw(  # noqa: PLR0913 - each is a different thing
    name: str, model: Model, *, form: str | None, target: Target, narrow: bool, me: str, quiet: bool
) -> int:
    """Draw the relationships of a file.

    Args:
        name: The file's path, or ``-`` for standard input.
        model: The model to judge by.
        form: ``"json"``, ``"jsonl"`` or ``"csv"``; ``None`` goes by the file's name.
        target: Where to write the picture.
        narrow: Whether to draw it for a narrow screen, not for a landscape sheet.
        me: What to call the middle; empty for the model's word.
        quiet: Whether to show no progress.

    Returns:
        0 where all went well, 1 where something could not be used.

    Raises:
        UnreadableError: The file cannot be opened, read or used, or the picture not be written.
        HeaderError: The CSV has no header that could be used.
    """
    form = form or ("json" if name.lower().endswith(".json") else form_of(name))
    with ExitStack() as stack:
        source = open_input(name, stack)
        progress = stack.enter_context(progress_of(source, wanted=on_terminal(quiet=quiet)))
        if source.isatty():
            progress.complain("reading what you type; Ctrl-D on a line of its own ends it.")
        if form == "json":
            found, bad = read_saved(model, read_all(source, name), name), 0
        else:
            found, bad = _register(name, source, model, form, progress)
    width = _PHONE if narrow else SHEET_WIDTH
    layout = lay_out(model, items_of(model, found), width=width, sheet=not narrow, me=one_line(me))
    write_file(target, render_map(model, layout, standalone=True) + "\n")
    return 1 if bad else 0


def _register(
    name: str, source: BinaryIO, model: Model, form: str, progress: Progress
) -> tuple[Portfolio, int]:
    """Read a register; return its relationships and how many lines could not be used."""
    lines = bounded_lines(source, name, progress.advance)
    complain = progress.complain
    records = read_csv(lines, model, warn=complain) if form == "csv" else read_json_lines(lines)
    found: dict[str, Kept] = {}
    bad = 0
    for number, record in records:
        kept = record if isinstance(record, Bad) else _kept(model, record, number)
        if isinstance(kept, Kept) and kept.id in found:
            kept = Bad(f"the id “{kept.id}” is used already. The first one is drawn.")
        elif isinstance(kept, Kept) and len(found) >= MOST:
            complain(
                f"{name}: only the first {MOST} relationships are drawn."
                " “cxquiz report” counts them all."
            )
            bad += 1
            break
        if isinstance(kept, Bad):
            bad += 1
            complain(f"{name}: line {number}: {kept.error}")
        else:
            found[kept.id] = kept
    return tuple(found.values()), bad


def _kept(model: Model, record: Record, number: int) -> Kept | Bad:
    try:
        answers = parse_answers(model, record["answers"])
    except AnswersError as error:
        return Bad(reason(error))

    def text(key: str) -> str:
        value = record.get(key)
        return one_line(str(value)) if isinstance(value, str | int | float) else ""

    identity = text("id")[:ID_LIMIT] or str(number)
    rank = text("rank") if text("rank") in (PRIMARY, SUPPORTING) else ""
    name = "".join(answers.get("name", ())) or text("name") or identity
    return Kept(identity, one_line(name), version(model, answers, kept=""), text("via"), rank)
