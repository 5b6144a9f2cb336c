"""Writing what a command makes into a file, or to standard output."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeAlias

from cxquiz.cli.model_file import UnreadableError

Target: TypeAlias = Path | None
"""A file to write, or ``None`` for standard output."""


def write_file(target: Target, text: str) -> None:
    """Write a text as UTF-8, all of it or nothing: a file that is there stays until then.

    Args:
        target: The file, or ``None`` for standard output.
        text: The text.

    Raises:
        UnreadableError: The file cannot be written.
    """
    raw = text.encode(errors="replace")
    if target is None:
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
        return
    try:
        if target.exists() and not target.is_file():  # a device, a pipe
            target.write_bytes(raw)
            return
        with NamedTemporaryFile(dir=target.parent, prefix=".cxquiz-", delete=False) as file:
            file.write(raw)
        try:
            made = Path(file.name)
            made.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
            made.replace(target)
        except OSError:
            with suppress(OSError):
                made.unlink()
            raise
    except (OSError, ValueError) as error:
        raise UnreadableError(target, error) from error
