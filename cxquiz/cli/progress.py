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
    from collections.abc import Callable, Iterator

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
    # Only a terminal pays for rich.
    from rich import progress as bar  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    columns = (
        bar.BarColumn(),
        bar.DownloadColumn(binary_units=True),
        bar.TransferSpeedColumn(),
        bar.TimeRemainingColumn(),
    )
    with bar.Progress(
        *columns, console=Console(file=sys.stderr), transient=True, redirect_stdout=False
    ) as shown:
        task = shown.add_task("", total=_size(source))
        waiting = 0

        def advance(count: int) -> None:
            nonlocal waiting
            waiting += count
            if waiting >= _STEP:
                shown.advance(task, waiting)
                waiting = 0

        def complain_above(text: str) -> None:
            shown.console.print(Text(f"cxquiz: {plain(text)}"), soft_wrap=True)

        yield Progress(advance, complain_above)


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
    from rich import progress as bar  # noqa: PLC0415 - as above
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    columns = (bar.BarColumn(), bar.MofNCompleteColumn(), bar.TimeRemainingColumn())
    with bar.Progress(
        *columns, console=Console(file=sys.stderr), transient=True, redirect_stdout=False
    ) as shown:
        task = shown.add_task("", total=total)

        def complain_above(text: str) -> None:
            shown.console.print(Text(f"cxquiz: {plain(text)}"), soft_wrap=True)

        yield Progress(lambda count: shown.advance(task, count), complain_above)


def on_terminal(*, quiet: bool) -> bool:
    """Say whether to show a bar: somebody looks on, and the output goes elsewhere."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        return False
    # On one terminal a bar and the results would write over each other.
    return not sys.stdout.isatty()


def _size(source: BinaryIO) -> int | None:
    """Return the size of a regular file; of others nobody knows it."""
    try:
        status = os.fstat(source.fileno())
    except (OSError, ValueError):
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None
