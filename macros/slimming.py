"""Makes the browser's own files small and few: they are a part of every page."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from macros.node import run_node

_MINIFY: Final = Path("macros/minify.mjs")
_KINDS: Final = (".css", ".mjs")


def slim(root: Path, site: Path) -> None:
    """Bundle and minify our modules and style sheets, but not Pyodide's: those are hashed.

    A module that others import is gone afterwards: it is a part of them.

    Args:
        root: The repository.
        site: The built site.

    Raises:
        RuntimeBuildError: A file is no valid module or style sheet.
    """
    files = [
        path
        for path in [*site.glob("assets/*"), *site.glob("assets/quiz/*")]
        if path.suffix in _KINDS
    ]
    if files:
        run_node(root, _MINIFY, [site, *files])
