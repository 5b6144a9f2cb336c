"""The one function that the browser's worker calls: JSON in, JSON out.

Request: ``{"type": "show" | "submit" | "open" | "import", "answers": session,
"lens": [question id, …], "root": "/path/", "address": "https://host/path/",
"today": "2026-11-22", "narrow": true | false, "width": pixels, …}``; ``today`` is the reader's
date, ``address`` the site's, for links to send, ``narrow`` says whether the screen is a phone's,
and ``width`` how wide the window is. Each type has something of its own; see :class:`Show`,
:class:`Submit`, :class:`Open` and :class:`Import`.
Reply: ``{"html": …, "title": …, "focus": element id, "answers": session, "relationships": text,
"download": {"name": …, "type": …, "text": …}, "forget": true}``; the last three come only where
the browser has something to keep, to save as a file, or to forget.
A session is the stored form of :mod:`cxquiz.quiz.session`; the page keeps it and never looks in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cxquiz.comparison.mirror import from_side
from cxquiz.html.screens import Screen, render_step
from cxquiz.model.text import one_line
from cxquiz.quiz.session import COMPARED, RELATIONSHIPS, RESULT, current_screen, from_json, to_json
from cxquiz.quiz.steps import ACTION_FIELD, KEEPING_ACTIONS, Step, submit

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeGuard

    from cxquiz.model.types import Model
    from cxquiz.quiz.portfolio_actions import Outcome, StoredList
    from cxquiz.quiz.session import Session

    Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Show:
    """Show the screen of now, or with the answers of now the screen of an earlier session.

    Attributes:
        place: The earlier session, that the reader's browser went back to.
    """

    place: Session | None


@dataclass(frozen=True, slots=True)
class Submit:
    """Take what a form sent.

    Attributes:
        fields: Names and values; see :mod:`cxquiz.quiz.steps`.
    """

    fields: Pairs


@dataclass(frozen=True, slots=True)
class Open:
    """Open a link to answers.

    Attributes:
        link: Its fragment.
    """

    link: str


@dataclass(frozen=True, slots=True)
class Import:
    """Take in files.

    On the screen that compares they are others' answers, elsewhere relationships to keep.

    Attributes:
        files: Name and text of each.
    """

    files: Pairs


@dataclass(frozen=True, slots=True)
class Page:
    """What every request says of the page that it comes from; see the module."""

    session: Session
    lens: list[str]
    root: str
    address: str
    today: str
    narrow: bool
    width: int


def reply(model: Model, request_json: str, stored: Callable[[], str] = str) -> str:
    """Answer one request; see the module for both forms.

    Args:
        model: The model.
        request_json: The request.
        stored: Returns the relationships that the browser keeps, as a text; without it, none. It
            is called where a request needs them: there may be megabytes of them.

    Raises:
        ValueError: The request is no JSON object of that form.
    """
    page, request = parse_request(model, json.loads(request_json))
    done = _answer(model, page, request, stored)
    screen = _render(model, page, done)
    shown = {"html": screen.html, "title": screen.title, "focus": screen.focus}
    kept = {} if isinstance(done, Step) else _kept(model, page, done)
    said = {**shown, "answers": to_json(done.session), **kept}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def parse_request(model: Model, raw: object) -> tuple[Page, Show | Submit | Open | Import]:
    """Return what a request says of its page, and what it asks for.

    Args:
        model: The model that the answers are for.
        raw: The request, as the module describes it.

    Raises:
        ValueError: It is not of that form.
    """
    if not isinstance(raw, dict):
        raise ValueError("a request must be a JSON object")  # noqa: TRY004 - to the page every wrong request is one kind of error
    root, today, lens = raw.get("root"), raw.get("today", ""), raw.get("lens", [])
    address = raw.get("address", root)
    if not (_is_list_of([root, today, address], str) and _is_list_of(lens, str)):
        message = (
            "a request must say “root”, “today” and “address” as texts, "
            "and “lens” as a list of texts"
        )
        raise ValueError(message)
    width = raw.get("width")
    page = Page(
        session=from_json(model, raw.get("answers")),
        lens=lens,
        root=str(root),
        address=str(address),
        today=today,
        narrow=raw.get("narrow") is True,
        width=width if isinstance(width, int) else 0,
    )
    match raw:
        case {"type": "show"}:
            return page, Show(from_json(model, raw["place"]) if "place" in raw else None)
        case {"type": "submit", "fields": fields} if _are_pairs(fields):
            return page, Submit([(name, value) for name, value in fields])
        case {"type": "open", "link": str(link)}:
            return page, Open(link)
        case {"type": "import", "files": files} if _are_pairs(files):
            return page, Import([(one_line(name), text) for name, text in files])
    message = (
        "a request must be of type “show”, “open” with a “link”, or “submit” with “fields” "
        "or “import” with “files” as pairs of texts"
    )
    raise ValueError(message)


def _answer(
    model: Model, page: Page, request: Show | Submit | Open | Import, stored: Callable[[], str]
) -> Step | Outcome:
    """Return the step that a request leads to, or what it does with the kept relationships."""
    session = page.session
    match request:
        case Show(place):
            session = session if place is None else _gone_back(model, session, place, page.lens)
            step = Step(session, current_screen(model, session, page.lens))
        case Open(link):
            from cxquiz.quiz.links import open_link  # few visits begin with a link

            session = open_link(model, session, link)
            step = Step(session, current_screen(model, session, page.lens))
        case Submit(fields):
            step = submit(from_side(model, session.side), session, fields, page.lens)
            if not step.errors and _action(fields) in KEEPING_ACTIONS:
                from cxquiz.quiz.portfolio_actions import act  # as in _stored_list

                stored_list = _stored_list(model, stored)
                return act(model, step.session, stored_list, dict(fields), today=page.today)
        case Import(files):
            if current_screen(model, session, page.lens) != COMPARED:
                from cxquiz.quiz.portfolio_actions import receive  # as above

                return receive(model, session, _stored_list(model, stored), files)
            from cxquiz.quiz.files import add_files  # few readers compare files

            step = Step(add_files(model, session, files), COMPARED)
    if step.errors or step.screen != RELATIONSHIPS:
        return step
    from cxquiz.quiz.portfolio_actions import look  # as above

    return look(step.session, _stored_list(model, stored))


def _gone_back(model: Model, session: Session, earlier: Session, lens: list[str]) -> Session:
    """Return the session at the place where an earlier one was."""
    place = current_screen(model, earlier, lens)
    session = session.go_to("" if place == RESULT else place)
    if place == RESULT and earlier.finished and session.answers:
        return replace(session, finished=True)  # the early result that they had
    return session


def _action(fields: Pairs) -> str:
    return dict(fields).get(ACTION_FIELD, "").partition(":")[0]


def _stored_list(model: Model, stored: Callable[[], str]) -> StoredList:
    """Return the relationships that the browser keeps."""
    from cxquiz.quiz.portfolio_actions import read  # most visits keep nothing

    return read(model, stored())


def _render(model: Model, page: Page, done: Step | Outcome) -> Screen:
    step = done
    if not isinstance(step, Step):
        screen = current_screen(model, step.session, page.lens)
        if screen == RELATIONSHIPS:
            from cxquiz.html.portfolio import render_relationships

            html, title = render_relationships(
                model, step, root=page.root, narrow=page.narrow, width=page.width
            )
            return Screen(html, title, "cx-focus")
        step = Step(step.session, screen)
    return render_step(model, step, root=page.root, today=page.today, address=page.address)


def _kept(model: Model, page: Page, outcome: Outcome) -> dict[str, Any]:
    """Return what the browser is to keep, to save as a file or to forget."""
    said: dict[str, Any] = {}
    if outcome.changed:
        from cxquiz.formats.portfolio_json import to_text

        said["relationships"] = to_text(outcome.portfolio)
    if outcome.export or outcome.rescue:
        from cxquiz.html.downloads import render_download, stored_download

        file = (
            stored_download(outcome.rescue)
            if outcome.rescue
            else render_download(model, outcome.portfolio, outcome.export, today=page.today)
        )
        if file:
            said["download"] = {"name": file.name, "type": file.kind, "text": file.text}
    if outcome.forget:
        said["forget"] = True
    return said


def _are_pairs(value: object) -> TypeGuard[list[list[str]]]:
    return isinstance(value, list) and all(
        _is_list_of(pair, str) and len(pair) == 2  # noqa: PLR2004 - a name and a value
        for pair in value
    )


def _is_list_of(value: object, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)
