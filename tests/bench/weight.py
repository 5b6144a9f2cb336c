"""What the quiz adds to a page that nobody touches, in bytes on the line."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

PAGE: Final = "quiz/index.html"
"""A page with little else on it."""

_ENTRY: Final = "quiz.mjs"
_STYLES: Final = "quiz.css"
_BLOCK: Final = re.compile(r'<div class="cx-block".*(?=</article>)', re.DOTALL)
_IMPORT: Final = re.compile(r'\b(?:from|import)\s*"\./([\w.-]+)"')


def weight_of_quiz(site: Path) -> dict[str, int]:
    """Return what each part adds, compressed as most hosts do it, by its name.

    Args:
        site: The built site.
    """
    page = (site / PAGE).read_text("utf-8")
    bare, blocks = _BLOCK.subn("", page)
    if blocks != 1:
        raise ValueError(f"{PAGE} has {blocks} quizzes where one is expected.")
    return {
        "html": _compressed(page.encode()) - _compressed(bare.encode()),
        **{name: _compressed(content) for name, content in _files(folder_of_quiz(site)).items()},
    }


def _files(folder: Path) -> dict[str, bytes]:
    """Return the styles, and the module that the page loads before anybody does anything."""
    found = {_STYLES: (folder / _STYLES).read_bytes()}
    waiting = [_ENTRY]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = (folder / name).read_bytes()
            waiting += _IMPORT.findall(found[name].decode())
    return found


def _compressed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def folder_of_quiz(site: Path) -> Path:
    """Return the folder with the quiz's modules and styles; the release is in its name."""
    return next(site.glob(f"assets/**/{_STYLES}")).parent


def modules_of_quiz(site: Path) -> set[str]:
    """Return the names of the modules that a page with the quiz loads by itself."""
    return {name for name in _files(folder_of_quiz(site)) if name.endswith(".mjs")}
