"""What both Pythons do in the comparison: this very source runs here and inside Pyodide."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from cxquiz.browser import reply
from cxquiz.classifier.answers import parse_answers
from cxquiz.classifier.reading import classify
from cxquiz.html.map import render_map
from cxquiz.map.items import items_of
from cxquiz.map.layout import lay_out
from cxquiz.portfolio.portfolio import Kept, version

if TYPE_CHECKING:
    from collections.abc import Callable

    from cxquiz.model.types import Model


def answerer(model: Model) -> Callable[[str], str]:
    """Return the function that answers one line.

    A line is JSON: ``["reply", request]`` asks what the browser's worker asks,
    ``["reading", answers]`` asks for everything that the classifier says of the answers,
    ``["map", [width, answers, …]]`` asks for the map of relationships with these answers,
    and ``["platform", null]`` asks where this runs.
    """

    def answer(line: str) -> str:
        kind, content = json.loads(line)
        if kind == "reply":
            return reply(model, json.dumps(content))
        if kind == "reading":
            reading = classify(model, parse_answers(model, content))
            return json.dumps(plain(reading), ensure_ascii=False)
        if kind == "map":
            width, *sets = content
            versions = [version(model, parse_answers(model, one), kept="") for one in sets]
            portfolio = [
                Kept(str(number), f"Party {number}", one, via=str(number - 1) * (number % 3 == 0))
                for number, one in enumerate(versions)
            ]
            layout = lay_out(model, items_of(model, portfolio), width=width)
            return render_map(model, layout, standalone=True)
        return sys.platform

    return answer


def plain(value: object) -> object:
    """Return a dataclass, and whatever is in it, as JSON can express it."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    names = getattr(type(value), "__match_args__", ())
    return {name: plain(getattr(value, name)) for name in names} if names else value
