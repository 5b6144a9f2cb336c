"""What a reader does with "My relationships", and the screen that follows.

The browser keeps the list as a text and never looks in; its form is that of
:mod:`cxquiz.portfolio.portfolio`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from cxquiz.formats import portfolio_csv, portfolio_json
from cxquiz.formats.records import decode
from cxquiz.model.text import one_line
from cxquiz.portfolio import portfolio as lists
from cxquiz.quiz.session import RELATIONSHIPS, Session
from cxquiz.quiz.steps import ACTION_FIELD, NAME_FIELD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cxquiz.model.types import Model
    from cxquiz.portfolio.portfolio import Kept, Portfolio

RANK_FIELD: Final = "cx-rank"
VIA_FIELD: Final = "cx-via"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What comes of an action.

    Attributes:
        session: The session from now on.
        portfolio: The list from now on.
        changed: Whether the browser has to keep it.
        messages: What to tell the reader.
        edit: The id of the relationship that is being arranged, if any.
        confirm: The id of the one that is to be removed, :data:`EVERYTHING`, or empty.
        export: The kind of file to save the list as; see :mod:`cxquiz.html.downloads`.
        rescue: What the browser kept, to be saved as it is, where a part of it would be lost.
        forget: Whether the browser is to forget all that it keeps.
        damaged: Whether some of what the browser keeps could not be read.
    """

    session: Session
    portfolio: Portfolio
    changed: bool = False
    messages: tuple[str, ...] = ()
    edit: str = ""
    confirm: str = ""
    export: str = ""
    rescue: str = ""
    forget: bool = False
    damaged: bool = False


EVERYTHING: Final = "*"
"""In the place of an id: all that the browser keeps."""


@dataclass(frozen=True, slots=True)
class StoredList:
    """The list as the browser keeps it, and what could be read of it.

    Attributes:
        portfolio: What could be read.
        stored: The text that the browser keeps; empty where there is none.
        problems: What to tell the reader about the rest.
    """

    portfolio: Portfolio = ()
    stored: str = ""
    problems: tuple[str, ...] = ()


def read(model: Model, stored: str) -> StoredList:
    """Read the list as the browser keeps it; never raises.

    Args:
        model: The model.
        stored: The text, or an empty one.
    """
    if not stored:
        return StoredList()
    strict = portfolio_json.parse_text(model, stored)
    if not strict.problems:
        return StoredList(strict.portfolio, stored)
    try:
        found = portfolio_json.parse(model, decode(stored), lenient=True).portfolio
    except (ValueError, RecursionError):
        found = ()
    return StoredList(
        found, stored, (model.say("mine_damaged"), *strict.problems[: portfolio_json.NAMED_FAULTS])
    )


def look(session: Session, stored_list: StoredList) -> Outcome:
    """Show the list as it is."""
    return Outcome(
        session.go_to(RELATIONSHIPS),
        stored_list.portfolio,
        messages=stored_list.problems,
        damaged=bool(stored_list.problems),
    )


def act(
    model: Model,
    session: Session,
    stored_list: StoredList,
    fields: Mapping[str, str],
    *,
    today: str,
) -> Outcome:
    """Do what the reader wants with the list.

    Args:
        model: The model.
        session: The session before.
        stored_list: The list before.
        fields: What the form sent; the action is one of
            :data:`cxquiz.quiz.steps.KEEPING_ACTIONS`.
        today: The reader's date.
    """
    name, _, target = fields.get(ACTION_FIELD, "").partition(":")
    shown = look(session, stored_list)
    if name == "keep":
        done = _keep(model, shown, session, fields.get(NAME_FIELD, ""), today)
        return _saved_first(model, stored_list, done)
    if name == "export":
        if target == "stored":
            return replace(shown, rescue=stored_list.stored)
        return replace(shown, export=target)
    if name == "delete":
        return replace(shown, confirm=EVERYTHING)
    if name == "delete-now":
        return Outcome(Session(), (), forget=True)
    one = next((one for one in stored_list.portfolio if one.id == target), None)
    done = shown if one is None else _with_one(model, shown, name, one, fields)
    return _saved_first(model, stored_list, done)


def _saved_first(model: Model, stored_list: StoredList, done: Outcome) -> Outcome:
    """Return an outcome with what the browser kept as a file, where part of it would be lost."""
    if not (done.changed and stored_list.problems):
        return done
    messages = (*done.messages, model.say("mine_saved_first"))
    return replace(done, messages=messages, rescue=stored_list.stored)


def _with_one(
    model: Model, shown: Outcome, name: str, one: Kept, fields: Mapping[str, str]
) -> Outcome:
    if name == "open":
        return _opened(model, shown, one)
    if name == "edit":
        return replace(shown, edit=one.id)
    if name == "remove":
        return replace(shown, confirm=one.id)
    if name == "remove-now":
        left = lists.remove(shown.portfolio, one.id)
        message = model.say("mine_removed", name=one.name)
        return replace(shown, portfolio=left, changed=True, messages=(message,))
    ranked = lists.rank(shown.portfolio, one.id, fields.get(RANK_FIELD, one.rank))
    linked = lists.link(ranked, one.id, fields.get(VIA_FIELD, one.via))
    return replace(shown, portfolio=linked, changed=linked != shown.portfolio)


def _keep(model: Model, shown: Outcome, session: Session, name: str, today: str) -> Outcome:
    typed = one_line(name) or "".join(session.answers.get("name", ()))
    now = lists.version(model, session.answers, kept=today)
    kept = lists.keep(shown.portfolio, typed, now, identity=session.identity)
    if len(kept) > lists.MOST:
        return replace(shown, messages=(model.say("mine_most", limit=lists.MOST),))
    before = {one.id for one in shown.portfolio}
    identity = next((one.id for one in kept if one.id not in before), session.identity)
    stands = replace(shown.session, identity=identity)
    return Outcome(stands, kept, changed=True, messages=(model.say("mine_kept"),))


def is_kept(session: Session, portfolio: Portfolio) -> bool:
    """Say whether the list holds the answers of a session as they are now."""
    answers = {question: it for question, it in session.answers.items() if question != "name"}
    return any(one.id == session.identity and one.now.answers == answers for one in portfolio)


def _opened(model: Model, shown: Outcome, one: Kept) -> Outcome:
    """Show the answers of a relationship; unkept ones wait aside."""
    session = shown.session
    waits = bool(session.entries) and not is_kept(session, shown.portfolio)
    if waits and not session.has_room:
        return replace(shown, messages=(model.say("aside_full"),))
    opened = Session(
        entries={"name": (one.name,), **one.now.answers},
        finished=True,
        last_seen=True,
        identity=one.id,
        aside=session if waits else session.aside,
    )
    return replace(shown, session=opened)


def receive(
    model: Model, session: Session, stored_list: StoredList, files: Iterable[tuple[str, str]]
) -> Outcome:
    """Take in files that the reader chose; one with a fault changes nothing.

    Args:
        model: The model.
        session: The session.
        stored_list: The list before.
        files: The name and the text of each.
    """
    messages: list[str] = []
    merged = stored_list.portfolio
    for name, text in files:
        looks_like_json = text.lstrip("\ufeff \t\r\n")[:1] in ("{", "[")
        parsed = (
            portfolio_json.parse_text(model, text)
            if looks_like_json or name.endswith(".json")
            else portfolio_csv.parse(model, text.encode(errors="replace"))
        )
        if parsed.problems:
            messages.append(model.say("mine_refused", file=name))
            messages += parsed.problems[: portfolio_json.NAMED_FAULTS]
            continue
        both = lists.merge(merged, parsed.portfolio)
        if len(both.portfolio) > lists.MOST:
            messages.append(model.say("mine_refused", file=name))
            messages.append(model.say("mine_most", limit=lists.MOST))
            continue
        merged = both.portfolio
        new, updated = len(both.added), len(both.updated)
        messages.append(model.say("mine_received", file=name, new=new, updated=updated))
    done = replace(
        look(session, stored_list),
        portfolio=merged,
        changed=merged != stored_list.portfolio,
        messages=tuple(messages),
    )
    return _saved_first(model, stored_list, done)
