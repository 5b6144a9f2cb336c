"""Sets of answers as files give them: in the forms of a register, or as links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cxquiz.classifier.answers import AnswersError, parse_answers
from cxquiz.formats.link import from_text
from cxquiz.formats.records import Bad, read_json_lines, reason
from cxquiz.model.text import one_line
from cxquiz.model.types import MINE, THEIRS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cxquiz.classifier.answers import Answers
    from cxquiz.formats.records import Line, Record
    from cxquiz.model.types import Model, Side


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """One set of answers as it came in.

    Attributes:
        id: What it is about; ``None`` where nothing was said.
        by: Whose it is.
        side: ``mine`` or ``theirs``; see :mod:`cxquiz.formats.link`.
        answers: The answers in the package's own form.
        unit: The part of the organisation that it belongs to; empty where nothing was said.
        problems: What could not be read of a link.
    """

    id: object
    by: str
    side: Side
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


def answer_set_of(model: Model, record: Record, name: str, unit: str = "") -> AnswerSet | Bad:
    """Return the set of answers that a record holds, or what is wrong with it.

    Args:
        model: The model that the answers are for.
        record: The record.
        name: Whose answers they are where the record does not say.
        unit: The key or column that says to which unit it belongs; empty for none.
    """
    by, side, link = record.get("by") or name, record.get("side") or MINE, record.get("link")
    where = record.get(unit) if unit else None
    where = one_line(str(where)) if isinstance(where, str | int) else ""
    if not isinstance(by, str):
        return Bad("“by” must be a text: the name of whoever answered.")
    by = one_line(by)
    if side not in (MINE, THEIRS):
        return Bad(f"“side” must be “{MINE}” or “{THEIRS}”, or be left out.")
    if link:
        received = from_text(model, link if isinstance(link, str) else "")
        if not received.answers and received.problems:
            return Bad(" ".join(received.problems))
        side = THEIRS if THEIRS in (side, received.side) else MINE
        by = by if record.get("by") else received.by or by
        return AnswerSet(record.get("id"), by, side, received.answers, received.problems, where)
    try:
        answers = parse_answers(model, _as_mapping(record.get("answers")))
    except AnswersError as error:
        return Bad(reason(error))
    return AnswerSet(record.get("id"), by, side, answers, unit=where)


def _as_mapping(raw: object) -> object:
    """Return answers as a mapping; the site keeps them as a list of pairs."""
    if not isinstance(raw, list):
        return raw
    pairs: list[tuple[str, Any]] = []
    for row in raw:
        if not (isinstance(row, list) and len(row) == 2 and isinstance(row[0], str)):  # noqa: PLR2004 - a pair
            raise AnswersError(
                "“answers” must be an object, or a list of pairs of question and options."
            )
        pairs.append((row[0], row[1]))
    return dict(pairs)
