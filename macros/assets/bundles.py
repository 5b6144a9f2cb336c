"""Makes the browser's own files small and few: they are a part of every page."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from macros.runtime.node import run_node

if TYPE_CHECKING:
    from collections.abc import Iterable

CACHE: Final = Path(".cache/slim")
"""Where what was made is kept, seen from the repository: Node.js takes long to start."""

_MINIFY: Final = Path("macros/assets/minify.mjs")
_TOOLS: Final = (_MINIFY, Path("package-lock.json"))
_KINDS: Final = (".css", ".mjs")
_KEPT: Final = 8


def slim(root: Path, site: Path, cache: Path | None = None) -> None:
    """Bundle and minify our modules and style sheets, but not Pyodide's: those are hashed.

    A module that others import is gone afterwards: it is a part of them.

    Args:
        root: The repository.
        site: The built site.
        cache: The folder for what was made of the same files before; by default :data:`CACHE`.

    Raises:
        RuntimeBuildError: A file is no valid module or style sheet.
    """
    files = [
        path.relative_to(site)
        for path in sorted([*site.glob("assets/*"), *site.glob("assets/quiz/*")])
        if path.suffix in _KINDS
    ]
    if not files:
        return
    made = (cache or root / CACHE) / _digest(root, site, files)
    if not made.is_dir():
        _make(root, site, files, made)
    for path in files:
        if (made / path).is_file():
            shutil.copyfile(made / path, site / path)
        else:
            (site / path).unlink()


def _digest(root: Path, site: Path, files: Iterable[Path]) -> str:
    """Return a hash of the files, and of what makes them small."""
    digest = hashlib.sha256()
    for folder, path in [*((root, path) for path in _TOOLS), *((site, path) for path in files)]:
        content = hashlib.sha256((folder / path).read_bytes()).hexdigest()
        digest.update(f"{path.as_posix()} {content}\n".encode())
    return digest.hexdigest()[:16]


def _make(root: Path, site: Path, files: Iterable[Path], made: Path) -> None:
    """Make small files of these, in a folder that is there as a whole or not at all."""
    made.parent.mkdir(parents=True, exist_ok=True)
    for old in sorted(made.parent.iterdir(), key=lambda it: it.stat().st_mtime)[: 1 - _KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=made.parent, prefix="being-made-") as folder:
        work = Path(folder, "files")
        for path in files:
            (work / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(site / path, work / path)
        run_node(root, _MINIFY, [work, *(work / path for path in files)])
        if not made.exists():  # another build may have been quicker
            work.rename(made)
