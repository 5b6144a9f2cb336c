"""The one function that the browser's worker calls: JSON in, JSON out.

Request: ``{"type": "show" | "submit" | "open", "answers": session, "fields": [[name, value], …],
"lens": [question id, …], "root": "/path/", "address": "https://host/path/",
"today": "2026-11-22", "place": session, "link": fragment}``;
``fields`` comes with ``submit`` alone, and ``today`` is the reader's date. ``place`` may
come with ``show``: an earlier session that the reader's browser went back to. Its screen is
then shown, with the answers of now.
``open`` comes with the ``link`` that was opened. ``address`` is the site's, for links to send.
Reply: ``{"html": …, "title": …, "focus": element id, "answers": session}``.
A session is the stored form of :mod:`cxquiz.session`; the page keeps it and never looks in.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from cxquiz.loading import parse_model
from cxquiz.mirroring import from_side
from cxquiz.quiz import Step, submit
from cxquiz.render import render_step
from cxquiz.session import RESULT, current_screen, from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from cxquiz.model import Model
    from cxquiz.session import Session


def start(model_json: str) -> Callable[[str], str]:
    """Load a model and return the function that answers requests.

    Args:
        model_json: The model as JSON.

    Raises:
        ModelError: The model cannot be used.
    """
    model = parse_model(model_json)
    return lambda request: reply(model, request)


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
    if not (isinstance(root, str) and isinstance(today, str) and _is_list_of(lens, str)):
        message = "a request must say “root” and “today” as texts, and “lens” as a list of texts"
        raise ValueError(message)
    address = request.get("address", root)
    if not isinstance(address, str):
        message = "“address” must be a text"
        raise ValueError(message)  # noqa: TRY004 - as above
    session = from_json(model, request.get("answers"))
    step = _step(model, session, request, lens)
    screen = render_step(model, step, root=root, today=today, address=address)
    return json.dumps(
        {
            "html": screen.html,
            "title": screen.title,
            "focus": screen.focus,
            "answers": to_json(step.session),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


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
        from cxquiz.opening import open_link  # noqa: PLC0415 - few visits begin with a link

        session = open_link(model, session, request["link"])
        return Step(session, current_screen(model, session, lens))
    fields = request.get("fields")
    are_pairs = _is_list_of(fields, list) and all(
        len(field) == 2 and _is_list_of(field, str)  # noqa: PLR2004 - a name and a value
        for field in fields or ()
    )
    if request.get("type") != "submit" or not isinstance(fields, list) or not are_pairs:
        message = (
            "a request must be of type “show”, “open” with a “link”, "
            "or “submit” with “fields” as pairs of texts"
        )
        raise ValueError(message)
    pairs = [(name, value) for name, value in fields]
    return submit(from_side(model, session.side), session, pairs, lens)


def _is_list_of(value: object, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)
