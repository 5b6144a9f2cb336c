"""Opening what a command reads: a file or standard input, and the form that it is in."""

from __future__ import annotations

import sys
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from cxquiz.cli.models import UnreadableError

if TYPE_CHECKING:
    from contextlib import ExitStack


def form_of(name: str) -> str:
    """Return ``"csv"`` or ``"jsonl"``, going by a file's name."""
    return "csv" if name.lower().endswith(".csv") else "jsonl"


def open_input(name: str, stack: ExitStack) -> BinaryIO:
    """Open a file, or standard input for ``-``.

    Args:
        name: The file's path, or ``-``.
        stack: Closes the file at its end.

    Raises:
        UnreadableError: The file cannot be opened.
    """
    if name == "-":
        # Python has no standard input when it was closed before the start.
        return BytesIO() if sys.stdin is None else sys.stdin.buffer
    try:
        return stack.enter_context(open(name, "rb"))  # noqa: PTH123 - a Path would make "-//a" of it
    except (OSError, ValueError) as error:
        raise UnreadableError(name, error) from error
