"""Makes the site's scripts and styles small and few, and names them by their content.

A host lets browsers keep a file for some minutes, and a service worker for longer. A page that
gets one script of this release and another of the one before can break in ways that no test has
seen. So all of them stand in a folder whose name is a hash of them all: a page finds those that it
was built with, or none.

The theme's have a hash in their names already, and so have the runtime's files.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from macros.runtime.node import run_node

if TYPE_CHECKING:
    from collections.abc import Iterable

SOURCES: Final = Path("docs/assets")
"""Where the scripts and styles stand, seen from the repository."""

BUNDLED: Final = "bundled-"
"""How the name of the folder beside them begins, in which they are as readers get them."""

_BUNDLE: Final = Path("macros/assets/bundle.mjs")


def own_files(folder: Path) -> list[Path]:
    """List our scripts and styles, but not what was made of them, nor Pyodide's.

    Args:
        folder: The folder of the assets, in the repository or in a built site.
    """
    found = [*folder.glob("*"), *folder.glob("quiz/*"), *folder.glob("offline/*")]
    return sorted(path for path in found if path.suffix in {".css", ".mjs"})


def bundle(root: Path, others: dict[str, str]) -> str:
    """Make what readers get of our scripts and styles, in the place of what was made before.

    Args:
        root: The repository.
        others: What stands beside them, by its name there.

    Returns:
        The folder, seen from the site's root.

    Raises:
        RuntimeBuildError: A file is no valid module or style sheet, or a style names a file beside
            it, which would not be found from its new place.
    """
    sources = root / SOURCES
    with tempfile.TemporaryDirectory() as work:
        made = Path(work, "made")
        run_node(root, _BUNDLE, [sources, made, *own_files(sources)])
        for name, text in others.items():
            (made / name).write_text(text, encoding="utf-8")
        files = sorted(path for path in made.rglob("*") if path.is_file())
        target = sources / f"{BUNDLED}{_digest(made, files)}"
        for old in sources.glob(f"{BUNDLED}*"):
            if old != target:
                shutil.rmtree(old, ignore_errors=True)
        shutil.copytree(made, target, dirs_exist_ok=True)
    return target.relative_to(root / "docs").as_posix()


def _digest(folder: Path, files: Iterable[Path]) -> str:
    """Return a hash of files, by their names and contents."""
    digest = hashlib.sha256()
    for path in files:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()[:12]
