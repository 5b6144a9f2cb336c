"""Tables in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table; columns that begin with a digit in every row stand to the right."""
    lines = [list(map(str, row)) for row in (head, *rows)]
    columns = zip(*lines[1:], strict=True)
    marks = ["---:" if all(cell[:1].isdigit() for cell in column) else "---" for column in columns]
    return "\n".join(f"| {' | '.join(line)} |" for line in (lines[0], marks, *lines[1:]))
