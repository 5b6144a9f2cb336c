"""Opening what a command reads: a file or standard input, and the form that it is in."""

from __future__ import annotations

import os
import stat
import sys
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, Final

from cxquiz.cli.model_file import UnreadableError
from cxquiz.formats.records import BYTE_ORDER_MARK, LONGEST_LINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from contextlib import ExitStack

    from cxquiz.formats.records import Line

LARGEST_DOCUMENT: Final = 64 << 20
"""No document is read that is larger, in bytes."""


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


def read_all(source: BinaryIO, name: str) -> bytes:
    """Return all of a file that holds one document.

    Args:
        source: The file.
        name: What to call it in an error.

    Raises:
        UnreadableError: It cannot be read, or is larger than any such document.
    """
    try:
        raw = source.read(LARGEST_DOCUMENT + 1)
    except OSError as error:
        raise UnreadableError(name, error) from error
    if len(raw) > LARGEST_DOCUMENT:
        raise _too_large(name)
    return raw


def join_lines(lines: Iterable[Line], name: str) -> bytes:
    """Return all of a file that turned out to hold one document while it was read in lines.

    Args:
        lines: Its lines.
        name: What to call it in an error.

    Raises:
        UnreadableError: It, or a line of it, is larger than in any such document.
    """
    raw = bytearray()
    for _, line in lines:
        if line is None or len(raw) + len(line) > LARGEST_DOCUMENT:
            raise _too_large(name)
        raw += line
    return bytes(raw)


def _too_large(name: str) -> UnreadableError:
    message = f"this is larger than any list of relationships ({LARGEST_DOCUMENT >> 20} MiB)"
    return UnreadableError(name, ValueError(message))


def is_file(source: BinaryIO) -> bool:
    """Say whether all of it is there already, as in a file on disk."""
    try:
        return stat.S_ISREG(os.fstat(source.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def bounded_lines(
    stream: BinaryIO, name: str, advance: Callable[[int], object] = lambda _: None
) -> Iterator[Line]:
    """Yield the lines of a stream with their numbers, a byte-order mark left out.

    Args:
        stream: The bytes.
        name: What to call the stream in an error.
        advance: Told of the bytes read, line by line.

    Raises:
        UnreadableError: Reading fails.
    """
    try:
        number = 0
        while line := stream.readline(LONGEST_LINE + 1):
            number += 1
            advance(len(line))
            if number == 1:
                line = line.removeprefix(BYTE_ORDER_MARK)
            if len(line) <= LONGEST_LINE:
                yield number, line
                continue
            while line and not line.endswith(b"\n"):
                line = stream.readline(LONGEST_LINE)
                advance(len(line))
            yield number, None
    except OSError as error:
        raise UnreadableError(name, error) from error
