"""The progress bars of long commands."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from cxquiz.cli.progress import progress_of
from tests.cli.running import run, start

if TYPE_CHECKING:
    from pathlib import Path

CURSOR_HIDDEN = "\x1b[?25l"
CURSOR_SHOWN = "\x1b[?25h"


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Return a file with good lines and a bad one."""
    path = tmp_path / "many.jsonl"
    path.write_text('{"answers": {}, "x": "%s"}\n' % ("x" * 2000) * 300 + "{\n")
    return path


def on_terminal(path: Path, stdout: int, *argv: str) -> str:
    """Classify a file with standard error on a terminal, and return what that shows.

    Args:
        path: The file.
        stdout: Where standard output goes.
        argv: Another command, with its options.
    """
    ours, theirs = pty.openpty()
    out = theirs if stdout == subprocess.STDOUT else stdout
    with start(
        *(argv or ("classify",)), path, stdout=out, stderr=theirs, environment={"TERM": "xterm"}
    ) as running:
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # how Linux says that nobody writes any more
            while chunk := os.read(ours, 65536):
                shown += chunk
        os.close(ours)
        assert running.wait() == 1
    return shown.decode()


def test_a_terminal_shows_how_far_it_is(many: Path) -> None:
    """A million lines take a minute, and people want to know whether to wait."""
    shown = on_terminal(many, subprocess.DEVNULL)
    assert CURSOR_HIDDEN in shown
    assert "MiB" in shown or "KiB" in shown or "bytes" in shown


def test_the_bar_leaves_the_terminal_as_it_was(many: Path) -> None:
    """Without a cursor the next command cannot be typed."""
    shown = on_terminal(many, subprocess.DEVNULL)
    assert shown.rindex(CURSOR_SHOWN) > shown.rindex(CURSOR_HIDDEN)


def test_messages_are_readable_beside_the_bar(many: Path) -> None:
    """The bar must not write over what is wrong."""
    assert "cxquiz: line 301: " in on_terminal(many, subprocess.DEVNULL)


def test_results_on_the_same_terminal_come_without_a_bar(many: Path) -> None:
    """Both at once would write over each other."""
    assert CURSOR_HIDDEN not in on_terminal(many, subprocess.STDOUT)


@pytest.mark.parametrize("command", ["compare", "report"])
def test_comparing_and_reporting_show_it_as_well(command: str, many: Path) -> None:
    """They read all first, and then work through the relationships."""
    path = many.with_name("named.jsonl")
    path.write_text('{"id": 1, "answers": {}}\n{"id": 2, "answers": {}}\n{\n', encoding="utf-8")
    shown = on_terminal(path, subprocess.DEVNULL, command)
    assert shown.count(CURSOR_HIDDEN) > 1
    assert "2/2" in shown


def test_drawing_shows_it_as_well(many: Path) -> None:
    """A register may be long, and the picture is made at its end."""
    assert CURSOR_HIDDEN in on_terminal(many, subprocess.DEVNULL, "map")


def test_a_page_that_goes_into_a_file_leaves_the_terminal_to_the_bar(many: Path) -> None:
    """Most people type it so."""
    target = many.with_name("report.html")
    shown = on_terminal(many, subprocess.STDOUT, "report", "-o", str(target))
    assert CURSOR_HIDDEN in shown
    assert target.exists()


@pytest.mark.parametrize("command", ["classify", "compare", "map", "report"])
def test_there_is_none_where_it_is_not_wanted(command: str, many: Path) -> None:
    """Some terminals are logs."""
    shown = on_terminal(many, subprocess.DEVNULL, command, "--quiet")
    assert CURSOR_HIDDEN not in shown


def test_without_a_terminal_there_is_no_bar(many: Path) -> None:
    """A log full of bars cannot be read."""
    assert "\x1b" not in run("classify", many).err


@pytest.mark.parametrize("known", [True, False])
def test_the_size_of_the_input_may_be_known_or_not(
    known: bool,  # noqa: FBT001 - what is tried
    many: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A pipe has none, and must go through all the same."""
    stderr = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)
    with (
        many.open("rb") if known else io.BytesIO(many.read_bytes()) as source,
        progress_of(source, wanted=True) as progress,
    ):
        for line in source:
            progress.advance(len(line))
        progress.complain("one\nword")
    assert "cxquiz: one\\nword\n" in stderr.getvalue()
