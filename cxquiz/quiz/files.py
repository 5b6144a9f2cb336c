"""Joining: the answers in files that others saved, put beside the reader's own.

A file is a list of relationships as the quiz saves it (JSON or CSV), a register as
``cxquiz compare`` reads it (JSON Lines or CSV), or any text with links. Of a file about several
relationships, those answers are taken that are about the one on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cxquiz.classifier.answers import TEXT_LIMIT
from cxquiz.comparison.comparison import told_apart
from cxquiz.formats import portfolio_json
from cxquiz.formats.answer_sets import answer_set_of, read_lines
from cxquiz.formats.link import Received
from cxquiz.formats.portfolio_csv import unguard
from cxquiz.formats.records import Bad, HeaderError, lines_of, read_csv
from cxquiz.model.text import one_line
from cxquiz.model.types import MINE
from cxquiz.quiz.links import add_links, add_sets, has_links
from cxquiz.quiz.session import COMPARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cxquiz.classifier.answers import Answers
    from cxquiz.formats.records import Record
    from cxquiz.model.types import Model, Side
    from cxquiz.quiz.session import Session


@dataclass(frozen=True, slots=True)
class _Set:
    """One set of answers in a file.

    Attributes:
        about: What the file calls the relationship, its id first.
        by: Whose answers they are.
        side: Whose side it is told from; see :mod:`cxquiz.formats.link`.
        answers: The answers.
        problems: What could not be read of them.
    """

    about: tuple[str, ...]
    by: str
    side: Side
    answers: Answers
    problems: tuple[str, ...] = ()


class _RefusedError(ValueError):
    """A file that cannot be taken; each argument is a sentence that says why."""


def add_files(model: Model, session: Session, files: Iterable[tuple[str, str]]) -> Session:
    """Return the session with the answers of files to compare with; never raises.

    What was typed as an answer stays in the file: it would travel on in links. Each set goes by
    the name that it has in the file, or by that of the file.

    Args:
        model: The model to read answers for.
        session: The session.
        files: The name and the text of each.
    """
    problems: list[str] = []
    for name, text in files:
        before = session.against
        if _is_free_text(name, text):
            session = add_links(model, session, text)
        else:
            try:
                found = _about_same_relationship(model, session, _sets(model, name, text))
                problems += [problem for one in found for problem in one.problems]
            except _RefusedError as error:
                problems += [
                    model.say("mine_refused", file=name),
                    *error.args[: portfolio_json.NAMED_FAULTS],
                ]
                continue
            session = add_sets(model, session, [[one] for one in _received(model, found)])
        problems += session.problems
        if session.against == before and not session.problems:
            problems.append(model.say("add_files_same", file=name))
    return replace(session, at=COMPARED, problems=tuple(dict.fromkeys(problems)))


def _is_free_text(name: str, text: str) -> bool:
    """Say whether a file is a text with links, such as a saved chat."""
    is_table = name.lower().endswith((".csv", ".json", ".jsonl"))
    return not is_table and _first(text) not in ("{", "[") and has_links(text)


def _first(text: str) -> str:
    return text.lstrip("\ufeff \t\r\n")[:1]


def _sets(model: Model, name: str, text: str) -> list[_Set]:
    raw, who = text.encode(errors="replace"), name.rpartition(".")[0] or name
    if _first(text) not in ("{", "[") and not name.lower().endswith(".json"):
        try:
            return _of_register(model, read_csv(lines_of(raw), model, instead="link"), who)
        except HeaderError as error:
            raise _RefusedError(str(error)) from error
    _, first = next(read_lines(lines_of(raw.lstrip())), (0, None))
    if isinstance(first, dict):
        return _of_register(model, read_lines(lines_of(raw)), who)
    parsed = portfolio_json.parse_text(model, text)
    if parsed.problems:
        raise _RefusedError(*parsed.problems)
    return [_Set((one.id, one.name), who, MINE, one.now.answers) for one in parsed.portfolio]


def _received(model: Model, sets: Sequence[_Set]) -> Iterator[Received]:
    """Yield sets of answers without what was typed; the second of a name is "(2)"."""
    # Room is left for the number.
    names = told_apart(one_line(one.by)[: TEXT_LIMIT - 5] for one in sets)
    for one, by in zip(sets, names, strict=True):
        chosen = {
            name: options
            for name, options in one.answers.items()
            if model.question(name).kind != "text"
        }
        yield Received(chosen, one.side, by=by)


def _of_register(model: Model, records: Iterable[tuple[int, Record | Bad]], who: str) -> list[_Set]:
    """Return the sets of answers of a register, all of which must be good.

    Args:
        model: The model.
        records: The records.
        who: Whose answers they are where a record does not say.
    """
    found: list[_Set] = []
    problems: list[str] = []
    for number, record in records:
        given = record if isinstance(record, Bad) else answer_set_of(model, record, who)
        if isinstance(given, Bad):
            place = model.say("kept_line", line=number)
            problems.append(model.say("kept_problem", place=place, problem=given.error))
        elif not isinstance(record, Bad):
            names = (record.get("id"), record.get("name"), *given.answers.get("name", ()))
            known = [unguard(str(it)) for it in names if isinstance(it, str | int | float) and it]
            about = tuple(map(one_line, known))
            found.append(_Set(about, given.by, given.side, given.answers, given.problems))
    if problems:
        raise _RefusedError(*problems)
    return found


def _about_same_relationship(model: Model, session: Session, sets: list[_Set]) -> list[_Set]:
    """Return the answers about the relationship on the screen, if it is clear which they are."""
    about: dict[str, list[_Set]] = {}
    for one in sets:
        if any(model.question(name).kind != "text" for name in one.answers):
            about.setdefault(one.about[0] if one.about else "", []).append(one)
    wanted = "".join(session.answers.get("name", ())).casefold()
    named = [
        group
        for group in about.values()
        if any(name.casefold() == wanted for one in group for name in one.about)
    ]
    fitting = list(about.values()) if len(about) == 1 else named
    if not about:
        raise _RefusedError(model.say("add_files_none"))
    if len(fitting) != 1:
        raise _RefusedError(model.say("add_files_which"))
    return fitting[0]
