"""My relationships as comma-separated values: a row each, safe to open in a spreadsheet.

A spreadsheet takes a cell that begins with ``=`` and some other characters for a formula. Each
such place gets an apostrophe in front, and :func:`parse` takes it off again. Earlier versions
are not in it: for keeping all, there is the JSON of :mod:`cxquiz.portfolio.portfolio`.
"""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from cxquiz.formats.portfolio_json import Parsed, to_json
from cxquiz.formats.portfolio_json import parse as parse_portfolio
from cxquiz.formats.records import Bad, HeaderError, lines_of, read_csv
from cxquiz.model.text import one_line
from cxquiz.portfolio.portfolio import new_id

if TYPE_CHECKING:
    from cxquiz.model.types import Model
    from cxquiz.portfolio.portfolio import Kept, Portfolio

_OWN: Final = ("id", "kept", "rank", "via", "note")
_READING: Final = ("primary", "labels", "verdict")

# What begins a formula, in a cell or, where a program cuts at other characters, inside one; the
# apostrophe itself too, so that what was put in front can be told from what was there.
_RISKY: Final = "=+\\-@\t\r\n'\uff1d\uff0b\uff0d\uff20"
_UNGUARDED: Final = re.compile(rf"(?<![^;,|\t\n])(?=[{_RISKY}])")
_GUARDED: Final = re.compile(rf"(?<![^;,|\t\n])'(?=[{_RISKY}])")


def guard(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return _UNGUARDED.sub("'", text)


def unguard(text: str) -> str:
    """Return what :func:`guard` was given."""
    return _GUARDED.sub("", text)


def to_csv(model: Model, portfolio: Portfolio) -> str:
    """Return the list as comma-separated values, with a header.

    Columns with the name of a question hold its answers, so ``cxquiz classify`` and the
    other commands read it too.

    Args:
        model: The model whose questions are the columns.
        portfolio: The list.
    """
    questions = [name for name in (*model.questions, *model.context) if name != "name"]
    columns = ["id", "name", *_OWN[1:], *_READING, *questions]
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    for one in portfolio:
        writer.writerow([guard(cell) for cell in _cells(one, questions)])
    return out.getvalue()


def _cells(one: Kept, questions: list[str]) -> list[str]:
    now = one.now
    return [
        *(one.id, one.name, now.kept, one.rank, one.via, now.note),
        *(now.primary or "", ";".join(now.labels), now.verdict),
        *(";".join(now.answers.get(question, ())) for question in questions),
    ]


def parse(model: Model, raw: bytes) -> Parsed:
    """Read comma-separated values, those of :func:`to_csv` or a register; never raises.

    A row without an id gets one. Columns that mean nothing here are left out.

    Args:
        model: The model whose questions the columns name.
        raw: The file.
    """
    records: list[dict[str, Any]] = []
    places: list[str] = []
    problems: list[str] = []
    try:
        for number, record in read_csv(lines_of(raw), model, instead="name"):
            place = model.say("kept_line", line=number)
            if isinstance(record, Bad):
                problems.append(model.say("kept_problem", place=place, problem=record.error))
            else:
                records.append(record)
                places.append(place)
    except HeaderError as error:
        problems.append(str(error))
    if problems:
        return Parsed((), tuple(problems))
    rows = [_row(model, record) for record in records]
    taken = {row["id"] for row in rows}
    for row in rows:
        if not row["id"] and row["name"]:
            row["id"] = new_id(taken, row["name"])
            taken.add(row["id"])
    return parse_portfolio(model, {**to_json(()), "relationships": rows}, places=places)


def _row(model: Model, record: dict[str, Any]) -> dict[str, Any]:
    """Return a record of the register in the form of :func:`cxquiz.portfolio.portfolio.to_json`."""
    answers = {
        question: unguard(value) if isinstance(value, str) else value
        for question, value in record["answers"].items()
    }
    cells = {key: unguard(record.get(key) or "") for key in (*_OWN, *_READING, "name")}
    name = answers.pop("name", cells["name"])
    identity = one_line(cells["id"])
    row: dict[str, Any] = {"id": identity, "name": one_line(name) or identity, "answers": answers}
    row |= {key: cells[key] for key in ("kept", "rank", "via", "note") if cells[key]}
    if cells["verdict"] in model.verdicts:
        labels = [label for label in cells["labels"].split(";") if label]
        primary = cells["primary"] or None
        row["reading"] = {"primary": primary, "labels": labels, "verdict": cells["verdict"]}
    return row
