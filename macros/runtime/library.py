"""The layers ``library`` and ``overlay``: what the browser gets of Python's standard library."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from macros.runtime.archives import read_zip, write_zip
from macros.runtime.bytecode import PYTHON_SCRIPT
from macros.runtime.errors import RuntimeBuildError
from macros.runtime.node import run_node
from macros.runtime.npm import STANDARD_LIBRARY
from macros.runtime.package import module_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from macros.runtime.npm import Pyodide

MODULES: Final = Path("macros/runtime/standard_library.txt")
OVERLAY: Final = Path("macros/runtime/overlay")
"""Modules that the browser gets in the places of Pyodide's and Python's; see the README there."""

BEHIND: Final = "python_"
"""How the name begins by which a stand-in finds the module that it stands in for."""


class StartError(RuntimeBuildError):
    """Python does not start on a library."""


def whole_library(pyodide: Pyodide) -> dict[str, bytes]:
    """Return the files of the standard library that Pyodide brings, by their paths."""
    return read_zip((pyodide.folder / STANDARD_LIBRARY).read_bytes())


def with_overlay(root: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a library with our modules in the places of its own.

    Its own stay there by another name; see :data:`BEHIND`.

    Args:
        root: The repository, which has the overlay.
        files: The library.
    """
    ours = {
        path.relative_to(root / OVERLAY).as_posix(): path.read_bytes()
        for path in sorted((root / OVERLAY).rglob("*.py"))
    }
    replaced = {_module_of(name) for name in ours}
    rest = {
        (BEHIND if _module_of(name) in replaced else "") + name: data
        for name, data in files.items()
    }
    return {**rest, **ours}


def cut(root: Path, files: Mapping[str, bytes], package: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the modules of a library that are needed.

    These are the ones that Pyodide loads when it starts and the package when it is imported, which
    a start shows, and those that the package loads later, which are listed.

    Args:
        root: The repository: it has the list.
        files: The library.
        package: The package's sources.

    Raises:
        StartError: Python does not start, or does not import the package, on this library.
    """
    listed = listed_modules((root / MODULES).read_text(encoding="utf-8"))
    needed = {*_loaded_at_start(root, files, package), *listed}
    return {name: data for name, data in files.items() if _module_of(name) in needed}


def listed_modules(text: str) -> list[str]:
    """Return the modules that a list names, one a line, without its comments."""
    names = (line.partition("#")[0].strip() for line in text.splitlines())
    return [name for name in names if name]


def _module_of(name: str) -> str:
    """Return the module that a file holds, and a name that no module has for other files."""
    path = name.removesuffix(".py")
    return path.removesuffix("/__init__").replace("/", ".") if path != name else name


def _loaded_at_start(
    root: Path, files: Mapping[str, bytes], package: Mapping[str, bytes]
) -> Iterable[str]:
    with tempfile.TemporaryDirectory() as folder:
        library, source, names, target = (
            Path(folder, name) for name in ("library.zip", "package.zip", "names.txt", "found.txt")
        )
        library.write_bytes(write_zip(files))
        source.write_bytes(write_zip(package))
        names.write_text("\n".join(module_names(package)), encoding="utf-8")
        try:
            run_node(root, PYTHON_SCRIPT, ["trace", library, source, names, target])
        except RuntimeBuildError as error:
            raise StartError(error) from error
        return target.read_text(encoding="utf-8").split()
