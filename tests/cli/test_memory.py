"""No command needs more memory for a large input than for a small one."""

from __future__ import annotations

import subprocess
import sys
from itertools import chain, islice, repeat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(),
    reason="the peak of a process alone, without its parent's, is only told by Linux",
)

_SCRIPT = """
import sys
from cxquiz.cli import main
code = main(sys.argv[1:])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(peak.split()[1], file=sys.stderr)
sys.exit(code)
"""

MARGIN = 4096
"""What the peak may differ by in KiB for other reasons."""


def peak(chunks: Iterable[bytes], *argv: str, command: str = "classify") -> int:
    """Run a command on what the chunks make up and return the peak of memory in KiB."""
    with subprocess.Popen(
        [sys.executable, "-c", _SCRIPT, command, *argv],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdin is not None
        assert running.stderr is not None
        for chunk in chunks:
            running.stdin.write(chunk)
        running.stdin.close()
        return int(running.stderr.read().splitlines()[-1])


def json_lines(count: int) -> Iterable[bytes]:
    """Generate lines that are all different, a few of them bad."""
    for number in range(count):
        if number % 5000 == 0:
            yield b"{%d\n" % number
        else:
            yield b'{"id": "%d", "answers": {"use": "use"}, "x": "%0200d"}\n' % (number, number)


def two_voices(count: int) -> Iterable[bytes]:
    """Generate the answers of two people, far apart, about each of so many relationships."""
    for name in (b"a", b"b"):
        for number in range(count):
            yield b'{"id": %d, "by": "%s", "answers": {"use": "use"}}\n' % (number, name)


def rows(count: int) -> Iterable[bytes]:
    """Generate rows that are all different, a few of them bad."""
    yield b"id,use,x\n"
    for number in range(count):
        yield b'%d,use,"%s%0200d"\n' % (number, b"" if number % 5000 else b'"', number)


@pytest.mark.slow
def test_two_hundred_thousand_lines_take_the_memory_of_two_thousand() -> None:
    """A register of a million relationships must go through on any machine."""
    assert peak(json_lines(200_000)) < peak(json_lines(2_000)) + MARGIN


@pytest.mark.slow
def test_many_rows_of_csv_take_the_memory_of_few() -> None:
    """As for JSON Lines."""
    assert peak(rows(50_000), "--format", "csv") < peak(rows(2_000), "--format", "csv") + MARGIN


@pytest.mark.slow
def test_comparing_many_relationships_takes_the_memory_of_few() -> None:
    """What waits to be compared waits on disk."""
    few = peak(two_voices(5_000), "--json", "-", command="compare")
    assert peak(two_voices(50_000), "--json", "-", command="compare") < few + MARGIN


@pytest.mark.slow
def test_reporting_on_many_relationships_takes_the_memory_of_few() -> None:
    """Only counts are kept, and the few most useful talks."""
    few = peak(two_voices(5_000), "-", command="report")
    assert peak(two_voices(50_000), "-", command="report") < few + MARGIN


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_line_without_end_is_not_read_into_memory(form: str) -> None:
    """A disk image given by mistake must not take the machine down."""
    block = b"a" * (1 << 20)
    begin = [b"use\n"] if form == "csv" else []
    long = chain(begin, islice(repeat(block), 128))
    assert peak(long, "--format", form) < peak(json_lines(1)) + 8 * 1024 + MARGIN
