"""The progress bars of long commands, on a terminal alone."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from cxquiz.cli.messages import complain, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.progress import ProgressColumn

_STEP: Final = 1 << 18


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a command says how far it is.

    Attributes:
        advance: To be told of the bytes read.
        complain: To be told what is wrong; one line each, on standard error.
    """

    advance: Callable[[int], object]
    complain: Callable[[str], None]


@contextmanager
def progress_of(source: BinaryIO, *, wanted: bool) -> Iterator[Progress]:
    """Show how far a file has been read, while the block runs.

    Args:
        source: The file; where its size is unknown, the bar only says how much was read.
        wanted: Whether to show a bar at all. Without it this costs nothing.
    """
    if not wanted:
        yield Progress(advance=lambda _: None, complain=complain)
        return
    from rich import progress as bar  # only a terminal pays for rich

    columns = (bar.DownloadColumn(binary_units=True), bar.TransferSpeedColumn())
    with _shown(columns, _size(source), step=_STEP) as progress:
        yield progress


@contextmanager
def progress_over(total: int, *, wanted: bool) -> Iterator[Progress]:
    """Show how many of so many relationships have been dealt with, while the block runs.

    Args:
        total: How many there are.
        wanted: Whether to show a bar at all. Without it this costs nothing.
    """
    if not wanted:
        yield Progress(advance=lambda _: None, complain=complain)
        return
    from rich import progress as bar

    with _shown((bar.MofNCompleteColumn(),), total, step=1) as progress:
        yield progress


@contextmanager
def _shown(
    columns: Iterable[ProgressColumn], total: int | None, *, step: int
) -> Iterator[Progress]:
    """Show a bar with some columns beside it; it moves on by steps of a size at least."""
    from rich import progress as bar
    from rich.console import Console
    from rich.text import Text

    with bar.Progress(
        bar.BarColumn(),
        *columns,
        bar.TimeRemainingColumn(),
        console=Console(file=sys.stderr),
        transient=True,
        redirect_stdout=False,
    ) as shown:
        task = shown.add_task("", total=total)
        waiting = 0

        def advance(count: int) -> None:
            nonlocal waiting
            waiting += count
            if waiting >= step:
                shown.advance(task, waiting)
                waiting = 0

        def complain_above(text: str) -> None:
            shown.console.print(Text(f"cxquiz: {plain(text)}"), soft_wrap=True)

        yield Progress(advance, complain_above)


def on_terminal(*, quiet: bool, writing: bool = False) -> bool:
    """Say whether to show a bar: whether somebody looks on.

    Args:
        quiet: Whether no bar is wanted.
        writing: Whether results go to standard output meanwhile. On one terminal a bar and the
            results would write over each other.
    """
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        return False
    return not (writing and sys.stdout.isatty())


def _size(source: BinaryIO) -> int | None:
    """Return the size of a regular file; of others nobody knows it."""
    try:
        status = os.fstat(source.fileno())
    except (OSError, ValueError):
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None
