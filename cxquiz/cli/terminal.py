"""The terminal: words out, wrapped to its width, and lines in."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDEST: Final = 88
"""Longer lines are hard to read, however wide the terminal is."""

_NARROWEST: Final = 20
_LONGEST_INPUT: Final = 4096
_PROMPT: Final = "> "
_GAP: Final = "   "


class _Console(Console):
    """A console that leaves a broken pipe to the command, which ends silently then."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class Terminal:
    """Standard input and output as a place to talk.

    Colour, width and the options for no colour (``NO_COLOR``) are found out by rich; into a
    pipe or a file goes plain text.
    """

    def __init__(self) -> None:
        self._console = _Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
        # Python has no standard input when it was closed before the start.
        self._person = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
        if self._person:
            # With it the arrow keys work while somebody types a name.
            with contextlib.suppress(ImportError):
                import readline  # noqa: F401 - input() uses it once it is loaded

    def say(self, text: str = "", style: str = "", *, mark: str = "") -> None:
        """Print a paragraph.

        Args:
            text: The paragraph; a line feed in it begins a new line.
            style: A style of rich, such as ``"bold"``.
            mark: What stands before it. Its further lines are indented by as much.
        """
        room = max(_NARROWEST, min(self._console.width, WIDEST)) - cell_len(mark)
        lines = Text(text, style).wrap(self._console, room)
        for number, line in enumerate(lines):
            line.rstrip()
            lead = mark if number == 0 else " " * cell_len(mark)
            self._console.print(Text.assemble((lead, "cyan"), line), soft_wrap=True)

    def heading(self, text: str) -> None:
        """Print a heading with an empty line above it."""
        self.say()
        self.say(text, "bold")

    def items(self, rows: Iterable[tuple[str, str]]) -> None:
        """Print a list: for each row its mark and its text."""
        for mark, text in rows:
            self.say(text, mark=f"{mark:>3}  ")

    def choices(self, texts: Iterable[str]) -> None:
        """Print short texts beside each other, none of them broken where it can be helped."""
        row = ""
        for text in texts:
            longer = f"{row}{_GAP}{text}" if row else text
            if row and cell_len(longer) > min(self._console.width, WIDEST):
                self.say(row, "dim")
                longer = text
            row = longer
        self.say(row, "dim")

    def line(self, text: str) -> None:
        """Print a line as it is, for programs to read: never wrapped, never coloured."""
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def read(self) -> str | None:
        """Return what the user types on one line, or ``None`` at the end of the input.

        Control characters are left out, and so is what is longer than anybody types.
        """
        try:
            typed = input(_PROMPT) if self._person else self._read_line()
        except (EOFError, OSError):  # a terminal that has gone away is an OSError
            typed = None
        if typed is None:
            self.line("")
            return None
        return "".join(char for char in typed if char.isprintable()).strip()

    def _read_line(self) -> str | None:
        sys.stdout.write(_PROMPT)
        sys.stdout.flush()
        if sys.stdin is None:
            return None
        first = more = sys.stdin.readline(_LONGEST_INPUT)
        while more and not more.endswith("\n"):
            more = sys.stdin.readline(_LONGEST_INPUT)
        if first:
            self.line("")
        return first or None
