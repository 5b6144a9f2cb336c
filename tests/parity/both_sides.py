"""What both Pythons do in the comparison: this very source runs here and inside Pyodide."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from cxquiz.answers import parse_answers
from cxquiz.reading import classify
from cxquiz.web import reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from cxquiz.model import Model


def answerer(model: Model) -> Callable[[str], str]:
    """Return the function that answers one line.

    A line is JSON: ``["reply", request]`` asks what the browser's worker asks,
    ``["reading", answers]`` asks for everything that the classifier says of the answers,
    and ``["platform", null]`` asks where this runs.
    """

    def answer(line: str) -> str:
        kind, content = json.loads(line)
        if kind == "reply":
            return reply(model, json.dumps(content))
        if kind == "reading":
            reading = asdict(classify(model, parse_answers(model, content)))
            return json.dumps(reading, ensure_ascii=False)
        return sys.platform

    return answer
