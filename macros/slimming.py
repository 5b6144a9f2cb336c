"""Makes the browser's own files small: they are a part of every page."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from macros.node import run_node

_MINIFY: Final = Path("macros/minify.mjs")
_KINDS: Final = (".css", ".mjs")

# Only who answers downloads what the worker runs; as it is, an error in it names its line.
_AS_THEY_ARE: Final = ("worker.mjs", "content.mjs", "contract.mjs")


def slim(root: Path, site: Path) -> None:
    """Minify the page's own modules and style sheets, but not Pyodide's: those are hashed.

    Args:
        root: The repository.
        site: The built site.

    Raises:
        RuntimeBuildError: A file is no valid module or style sheet.
    """
    files = [
        path
        for path in [*site.glob("assets/*"), *site.glob("assets/quiz/*")]
        if path.suffix in _KINDS and path.name not in _AS_THEY_ARE
    ]
    if files:
        run_node(root, _MINIFY, [site, *files])
