"""The list of relationships that the site saves, which is one JSON document."""

from __future__ import annotations

import json
import re
from itertools import chain
from typing import TYPE_CHECKING, Final

from cxquiz.cli.input import join_lines
from cxquiz.cli.messages import complain
from cxquiz.cli.model_file import UnreadableError
from cxquiz.formats.portfolio_json import KIND, parse_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxquiz.formats.records import Line
    from cxquiz.model.types import Model
    from cxquiz.portfolio.portfolio import Portfolio

_BEGINNING: Final = re.compile(rf'\{{("format":\d+,)?"kind":"{KIND}"[,}}]')
"""How a list begins, without its blanks, whoever wrote it; no line of JSON Lines does."""

_BEFORE: Final = re.compile(r'(\{("format":\d+,)?)?')
"""What may come before the line that tells."""


def read_saved(model: Model, raw: bytes, name: str) -> Portfolio:
    """Read a list; what is wrong with it is said on standard error.

    Args:
        model: The model that the answers are for.
        raw: The document.
        name: What to call it in an error.

    Raises:
        UnreadableError: Not all of it is good.
    """
    parsed = parse_text(model, raw.decode(errors="replace"))
    for problem in parsed.problems[:-1]:
        complain(f"{name}: {problem}")
    if parsed.problems:
        raise UnreadableError(name, ValueError(parsed.problems[-1]))
    return parsed.portfolio


def unfold(model: Model, lines: Iterator[Line], name: str) -> Iterator[Line]:
    """Yield the lines of JSON Lines; of a list that the site saved, a line a relationship.

    Their id is their name then, for each browser gives ids of its own.

    Args:
        model: The model that the answers are for.
        lines: The lines of the file.
        name: What to call it in an error.

    Raises:
        UnreadableError: It is a list, and not all of it is good.
    """
    first: list[Line] = []
    beginning = ""
    while not _BEGINNING.match(beginning):
        # What is typed is dealt with line by line: none may wait for the next.
        line = next(lines, None) if _BEFORE.fullmatch(beginning) else None
        if line is None:
            yield from chain(first, lines)
            return
        first.append(line)
        beginning += re.sub(r"\s", "", (line[1] or b"").decode(errors="replace"))
    lines = chain(first, lines)
    saved = read_saved(model, join_lines(lines, name), name)
    for number, one in enumerate(saved, start=1):
        yield number, json.dumps({"id": one.name, "answers": one.now.answers}).encode()
