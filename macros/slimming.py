"""Leaves the comments of the browser's own files out of the site.

They are for whoever changes the files, and were a fifth of what a page loads for the quiz.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

# Only whole lines: what stands behind code might be part of a text in it. A test compares the
# modules with and without.
_COMMENT: Final = re.compile(r"^[ \t]*(?:/\*(?:(?!\*/)[\s\S])*\*/[ \t]*|//.*)\n", re.MULTILINE)
_KINDS: Final = (".css", ".mjs")
_EMPTY: Final = re.compile(r"\n{2,}")


def without_comments(text: str) -> str:
    """Return a module or a style sheet without the lines that hold comments alone, or nothing."""
    return _EMPTY.sub("\n", _COMMENT.sub("", text)).lstrip("\n")


def slim(site: Path) -> None:
    """Take the comments out of the browser's own files, but not of Pyodide's: those are hashed.

    Args:
        site: The built site.
    """
    for path in [*site.glob("assets/*"), *site.glob("assets/quiz/*")]:
        if path.suffix in _KINDS:
            text = path.read_text("utf-8")
            path.write_text(without_comments(text), "utf-8")
