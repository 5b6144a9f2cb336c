"""Running the command line, inside the test's process or as a process of its own."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final
from unittest.mock import patch

from cxquiz.cli import main

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT: Final = Path(__file__).parents[2]

Stream = BinaryIO | int


@dataclass(frozen=True)
class Ran:
    """What a command did.

    Attributes:
        code: Its exit code.
        out: What it wrote to standard output.
        err: What it wrote to standard error.
    """

    code: int
    out: str
    err: str

    @property
    def results(self) -> list[dict[str, Any]]:
        """The lines of the output, each of them JSON."""
        return [json.loads(line) for line in self.out.split("\n") if line]


def run(
    *argv: str | Path, stdin: bytes | str | Sequence[object] = b"", encoding: str = "utf-8"
) -> Ran:
    """Run a command inside this process.

    Args:
        argv: What is typed after ``cxquiz``.
        stdin: The input: bytes, a text, or records to be written as JSON Lines.
        encoding: The encoding of the terminal.
    """
    if isinstance(stdin, list):
        stdin = "".join(json.dumps(record) + "\n" for record in stdin)
    raw = stdin.encode() if isinstance(stdin, str) else bytes(stdin)  # type: ignore[arg-type] # bytes: lists are texts by now
    streams = {"stdin": io.BytesIO(raw), "stdout": io.BytesIO(), "stderr": io.BytesIO()}
    with ExitStack() as stack:
        texts = {name: io.TextIOWrapper(stream, encoding) for name, stream in streams.items()}
        for name, text in texts.items():
            stack.enter_context(patch.object(sys, name, text))
        code = main([str(argument) for argument in argv])
        for text in texts.values():
            text.flush()
    # Results are UTF-8 whatever the terminal is.
    raw_out, raw_err = streams["stdout"].getvalue(), streams["stderr"].getvalue()
    return Ran(code, raw_out.decode(errors="replace"), raw_err.decode(errors="replace"))


def start(
    *argv: str | Path,
    stdin: Stream = subprocess.PIPE,
    stdout: Stream = subprocess.PIPE,
    stderr: Stream = subprocess.PIPE,
    environment: dict[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a command as a process of its own.

    Args:
        argv: What is typed after ``cxquiz``.
        stdin: Its standard input; a pipe by default, as are the others.
        stdout: Its standard output.
        stderr: Its standard error.
        environment: Variables to set besides those of this process.
    """
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "cxquiz", *map(str, argv)],
        cwd=ROOT,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        env={**os.environ, **(environment or {})},
    )


def interrupt(running: subprocess.Popen[bytes]) -> int:
    """Press Ctrl-C until a process ends, and return its exit code.

    A signal that arrives just before Python begins to wait for input is only noticed with
    the next one, so one may not be enough.
    """
    for _ in range(30):
        running.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            return running.wait(timeout=1)
    running.kill()
    raise AssertionError


def shell(command: str) -> Ran:
    """Run a line in the shell, with ``cxquiz`` in it standing for this one."""
    python = f'"{sys.executable}" -W error -m cxquiz'
    done = subprocess.run(  # noqa: S602 - closing and joining streams is what a shell is for
        command.replace("cxquiz", python), shell=True, cwd=ROOT, capture_output=True, check=False
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
