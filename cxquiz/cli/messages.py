"""What the commands say on standard error, safely whatever the input holds."""

from __future__ import annotations

import contextlib
import sys
from typing import Final

_LONGEST: Final = 500
_CUT: Final = " …"


def plain(text: str) -> str:
    """Return text that is safe on one line of any terminal or log.

    Control characters could move the cursor or hide what is wrong, so they are written as
    escapes; so are halves of surrogate pairs, which no encoding can write. What is longer
    than a few lines is cut.
    """
    shown = text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT
    if shown.isprintable():
        return shown
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in shown
    )


def complain(text: str) -> None:
    """Write one line to standard error, or nothing where there is none to write to."""
    stream = sys.stderr
    if stream is None:  # Python has none when it was closed before the start
        return
    # Where standard error cannot be written to, there is nowhere to say so.
    with contextlib.suppress(OSError, ValueError):
        stream.write(f"cxquiz: {plain(text)}\n")
        stream.flush()
