"""The one function that the browser's worker calls: JSON in, JSON out.

Request: ``{"type": "show" | "submit" | "open" | "import", "answers": session,
"fields": [[name, value], …], "lens": [question id, …], "root": "/path/", "address": "https://host/path/",
"today": "2026-11-22", "place": session, "link": fragment, "relationships": text,
"narrow": true | false, "width": pixels, "files": [[name, text], …]}``;
``fields`` comes with ``submit`` alone, and ``today`` is the reader's date. ``place`` may
come with ``show``: an earlier session that the reader's browser went back to. Its screen is
then shown, with the answers of now.
``narrow`` says whether the screen is a phone's, and ``width`` how wide the window is.
``open`` comes with the ``link`` that was opened, and ``import`` with ``files``: on the screen that
compares they are others' answers, elsewhere relationships to keep. ``address`` is the
site's, for links to send. ``relationships`` is the list that the browser keeps, if any.
Reply: ``{"html": …, "title": …, "focus": element id, "answers": session, "relationships": text,
"download": {"name": …, "type": …, "text": …}, "forget": true}``; the last three come only where
the browser has something to keep, to save as a file, or to forget.
A session is the stored form of :mod:`cxquiz.quiz.session`; the page keeps it and never looks in.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cxquiz.comparison.mirror import from_side
from cxquiz.html.screens import Screen, render_step
from cxquiz.model.text import one_line
from cxquiz.quiz.session import COMPARED, RELATIONSHIPS, RESULT, current_screen, from_json, to_json
from cxquiz.quiz.steps import ACTION_FIELD, KEEPING_ACTIONS, Step, submit

if TYPE_CHECKING:
    from typing import TypeGuard

    from cxquiz.model.types import Model
    from cxquiz.quiz.portfolio_actions import Outcome
    from cxquiz.quiz.session import Session


def reply(model: Model, request_json: str) -> str:
    """Answer one request; see the module for both forms.

    Raises:
        ValueError: The request is no JSON object of that form.
    """
    request = json.loads(request_json)
    if not isinstance(request, dict):
        message = "a request must be a JSON object"
        raise ValueError(message)  # noqa: TRY004 - to the page every wrong request is one kind of error
    lens, root, today = request.get("lens", []), request.get("root"), request.get("today", "")
    place = {"root": root, "today": today, "address": request.get("address", root)}
    if not (_is_list_of(list(place.values()), str) and _is_list_of(lens, str)):
        message = (
            "a request must say “root”, “today” and “address” as texts, "
            "and “lens” as a list of texts"
        )
        raise ValueError(message)
    session = from_json(model, request.get("answers"))
    kept = _kept(model, session, request, lens, today)
    if isinstance(kept, Step):
        screen = render_step(model, kept, **place)
        found = {"answers": to_json(kept.session)}
    else:
        screen = _render_kept(model, kept, place, lens, request)
        found = _outcome(kept)
    shown = {"html": screen.html, "title": screen.title, "focus": screen.focus}
    return json.dumps({**shown, **found}, ensure_ascii=False, separators=(",", ":"))


def _kept(
    model: Model, session: Session, request: dict[str, Any], lens: list[str], today: str
) -> Step | Outcome:
    """Return the step that a request leads to, or what it does with the kept relationships."""
    if request.get("type") == "import" and current_screen(model, session, lens) == COMPARED:
        from cxquiz.quiz.files import add_files  # noqa: PLC0415 - few readers compare files

        return Step(add_files(model, session, _files(request)), COMPARED)
    step = None if request.get("type") == "import" else _step(model, session, request, lens)
    action = _action(request)
    about_kept = action.partition(":")[0] in KEEPING_ACTIONS
    if step and (step.errors or not (about_kept or step.screen == RELATIONSHIPS)):
        return step
    from cxquiz.quiz import portfolio_actions  # noqa: PLC0415 - most visits keep nothing

    stored = request.get("relationships")
    shelf = portfolio_actions.read(model, stored if isinstance(stored, str) else "")
    if step is None:
        return portfolio_actions.receive(model, session, shelf, _files(request))
    if not about_kept:
        return portfolio_actions.look(step.session, shelf)
    fields = {ACTION_FIELD: action, **_fields(request)}
    return portfolio_actions.act(model, step.session, shelf, fields, today=today)


def _render_kept(
    model: Model,
    outcome: Outcome,
    place: dict[str, str],
    lens: list[str],
    request: dict[str, Any],
) -> Screen:
    screen = current_screen(model, outcome.session, lens)
    if screen != RELATIONSHIPS:
        return render_step(model, Step(outcome.session, screen), **place)
    from cxquiz.html.portfolio import render_relationships  # noqa: PLC0415 - as above

    narrow, width = request.get("narrow") is True, request.get("width")
    html, title = render_relationships(
        model,
        outcome,
        root=place["root"],
        narrow=narrow,
        width=width if isinstance(width, int) else 0,
    )
    return Screen(html, title, "cx-focus")


def _outcome(outcome: Outcome) -> dict[str, Any]:
    """Return what an outcome tells the page, beside the screen."""
    from cxquiz.formats.portfolio_json import to_text  # noqa: PLC0415 - as above

    file = outcome.download
    return {
        "answers": to_json(outcome.session),
        **({"relationships": to_text(outcome.portfolio)} if outcome.changed else {}),
        **({"download": {"name": file.name, "type": file.kind, "text": file.text}} if file else {}),
        **({"forget": True} if outcome.forget else {}),
    }


def _fields(request: dict[str, Any]) -> dict[str, str]:
    return dict(request.get("fields", ()))


def _action(request: dict[str, Any]) -> str:
    return _fields(request).get(ACTION_FIELD, "") if request.get("type") == "submit" else ""


def _files(request: dict[str, Any]) -> list[tuple[str, str]]:
    files = request.get("files")
    if not _are_pairs(files):
        message = "a request of type “import” must have “files” as pairs of texts"
        raise ValueError(message)
    return [(one_line(name), text) for name, text in files]


def _step(model: Model, session: Session, request: dict[str, Any], lens: list[str]) -> Step:
    if request.get("type") == "show":
        if "place" in request:
            earlier = from_json(model, request["place"])
            place = current_screen(model, earlier, lens)
            session = session.go_to("" if place == RESULT else place)
            if place == RESULT and earlier.finished and session.answers:
                session = replace(session, finished=True)  # the early result that they had
        return Step(session, current_screen(model, session, lens))
    if request.get("type") == "open" and isinstance(request.get("link"), str):
        from cxquiz.quiz.links import open_link  # noqa: PLC0415 - few visits begin with a link

        session = open_link(model, session, request["link"])
        return Step(session, current_screen(model, session, lens))
    fields = request.get("fields")
    if request.get("type") != "submit" or not _are_pairs(fields):
        message = (
            "a request must be of type “show”, “open” with a “link”, "
            "or “submit” with “fields” as pairs of texts"
        )
        raise ValueError(message)
    pairs = [(name, value) for name, value in fields]
    return submit(from_side(model, session.side), session, pairs, lens)


def _are_pairs(value: object) -> TypeGuard[list[list[str]]]:
    return isinstance(value, list) and all(
        _is_list_of(pair, str) and len(pair) == 2  # noqa: PLR2004 - a name and a value
        for pair in value
    )


def _is_list_of(value: object, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)
