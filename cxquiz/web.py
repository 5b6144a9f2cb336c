"""The one function that the browser's worker calls: JSON in, JSON out.

Request: ``{"type": "show" | "submit", "answers": session, "fields": [[name, value], …],
"lens": [question id, …], "root": "address/"}``; ``fields`` comes with ``submit`` alone.
Reply: ``{"html": …, "title": …, "focus": element id, "answers": session}``.
A session is the stored form of :mod:`cxquiz.session`; the page keeps it and never looks in.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cxquiz.loading import parse_model
from cxquiz.quiz import Step, submit
from cxquiz.render import render_step
from cxquiz.session import current_screen, from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from cxquiz.model import Model


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
    lens = [str(question) for question in request.get("lens", ())]
    session = from_json(model, request.get("answers"))
    if request["type"] == "submit":
        fields = [(str(name), str(value)) for name, value in request["fields"]]
        step = submit(model, session, fields, lens)
    else:
        step = Step(session, current_screen(model, session, lens))
    screen = render_step(model, step, root=str(request["root"]))
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
