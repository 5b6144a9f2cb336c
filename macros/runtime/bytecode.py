"""The layer ``bytecode``: modules that are compiled here, and not in each reader's browser."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from macros.runtime.archives import read_zip, write_zip
from macros.runtime.compiling import repacked
from macros.runtime.errors import RuntimeBuildError
from macros.runtime.node import run_node

if TYPE_CHECKING:
    from collections.abc import Mapping

PYTHON_SCRIPT: Final = Path("macros/runtime/python.mjs")

# No docstrings and assertions; no columns in tracebacks, since no source is there to mark anything
# in; sets in one order; and, by a date for the sources, their hashes in the place of time stamps.
_SETTINGS: Final = {
    "PYTHONOPTIMIZE": "2",
    "PYTHONNODEBUGRANGES": "1",
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "315532800",
}


def compiled(
    root: Path, release: str, files: Mapping[str, bytes], *, lines: bool
) -> dict[str, bytes]:
    """Return files with byte-code in the place of each source of Python.

    pyodide-build compiles where this Python is of Pyodide's series, and elsewhere Pyodide itself,
    to the same bytes.

    Args:
        root: The repository.
        release: The release of Pyodide's Python, such as ``3.13.2``.
        files: The files by their paths.
        lines: Whether tracebacks name lines.

    Raises:
        RuntimeBuildError: A source does not compile; the compiler's own words are quoted.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source.zip")
        source.write_bytes(write_zip(files))
        if compiles_here(release):
            _py_compile(source)
            found = read_zip(source.read_bytes())
            return {
                name: repacked(data, lines=lines) if name.endswith(".pyc") else data
                for name, data in found.items()
            }
        target = Path(folder, "target.zip")
        kind = "lines" if lines else "no-lines"
        run_node(root, PYTHON_SCRIPT, ["compile", source, target, kind])
        return read_zip(target.read_bytes())


def compiles_here(release: str) -> bool:
    """Tell whether pyodide-build makes the same byte-code as Pyodide: it compiles for this Python.

    Byte-code of any release of a series runs on the others, but an older one may make other bytes:
    3.13.1, for example, writes one instruction more into a generator expression than 3.13.0.

    Args:
        release: The release of Pyodide's Python, such as ``3.13.2``.
    """
    *series, patch = map(int, release.split("."))
    is_fit = sys.version_info[:2] == tuple(series) and sys.version_info[2] >= patch
    return is_fit and importlib.util.find_spec("pyodide_build") is not None


def _py_compile(archive: Path) -> None:
    """Have pyodide-build put byte-code in the place of each source of an archive."""
    done = subprocess.run(  # noqa: S603 - no shell, and a module of this Python's own
        [sys.executable, "-m", "pyodide_cli", "py-compile", "--silent", str(archive)],
        env={**os.environ, **_SETTINGS},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        words = (done.stderr or done.stdout).strip()
        raise RuntimeBuildError(f"pyodide-build cannot compile:\n{words}")
