"""The npm package ``pyodide`` as it is installed, and what the browser gets of it."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from macros.archives import read_zip, write_zip
from macros.errors import RuntimeBuildError
from macros.node import run_node

LOADER: Final = "pyodide.mjs"
SCRIPT: Final = "pyodide.asm.js"
WASM: Final = "pyodide.asm.wasm"
STANDARD_LIBRARY: Final = "python_stdlib.zip"
LOCK: Final = "pyodide-lock.json"

PYODIDE_FILES: Final = (LOADER, SCRIPT, WASM, STANDARD_LIBRARY, LOCK)
"""What the build takes from the npm package."""

TRIM_SCRIPT: Final = Path("macros/trim_pyodide.mjs")
MODULES: Final = Path("macros/standard_library.txt")
DECODER: Final = Path("node_modules/zstddec/dist/zstddec.mjs")
STAND_INS: Final = Path("macros/stand_ins")
"""Modules that the browser gets in the places of Pyodide's and Python's; see the README there."""


@dataclass(frozen=True)
class Pyodide:
    """The npm package ``pyodide`` as it is installed."""

    folder: Path
    inflate: bytes
    """WebAssembly of the npm package ``zstddec``, which inflates the other files in the browser."""
    version: str
    lock: dict[str, Any]
    """Pyodide's lock file without its packages; the loader wants one."""

    @property
    def python(self) -> str:
        """The series of its Python, such as ``3.13``: byte-code fits a series."""
        version = str(self.lock["info"]["python"])
        return ".".join(version.split(".")[:2])


def pinned_version(package_json: str) -> str:
    """Return the version of Pyodide that ``package.json`` pins, its only place."""
    pinned = json.loads(package_json).get("dependencies", {}).get("pyodide")
    if not isinstance(pinned, str) or not re.fullmatch(r"\d+\.\d+\.\d+", pinned):
        message = (
            f"package.json: dependencies.pyodide is {pinned!r}, not one exact version such as "
            '"0.29.5". Byte-code fits only one Python, so pin it exactly, then run `make lock`.'
        )
        raise RuntimeBuildError(message)
    return pinned


def empty_lock(lock: str) -> dict[str, Any]:
    """Return Pyodide's lock file without its packages: the quiz installs none of them."""
    return {"info": json.loads(lock)["info"], "packages": {}}


def decoder_of(module: str) -> bytes:
    """Return the WebAssembly that ``zstddec`` carries in its module.

    The module itself would ask for a ``data:`` address, which strict policies forbid.

    Args:
        module: The text of the module.

    Raises:
        RuntimeBuildError: It carries none in the known form.
    """
    found = re.search(r'\bwasm = "([A-Za-z0-9+/=]+)"', module)
    if not found:
        message = f"{DECODER} carries no WebAssembly in the known form. Pin the version before."
        raise RuntimeBuildError(message)
    return base64.b64decode(found[1])


def installed_pyodide(root: Path) -> Pyodide:
    """Return the installed Pyodide after checking that it is the pinned one and complete."""
    pinned = pinned_version((root / "package.json").read_text(encoding="utf-8"))
    folder = root / "node_modules" / "pyodide"
    decoder = root / DECODER
    needed = [*(folder / name for name in ("package.json", *PYODIDE_FILES)), decoder]
    missing = [path.name for path in needed if not path.is_file()]
    if missing:
        message = (
            f"node_modules: {', '.join(missing)} not found, so the npm packages pyodide {pinned} "
            "and zstddec are not (fully) installed. Run `make setup`."
        )
        raise RuntimeBuildError(message)
    version = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    if version != pinned:
        message = (
            f"node_modules/pyodide is version {version}, but package.json pins {pinned}. "
            "Run `make setup`."
        )
        raise RuntimeBuildError(message)
    inflate = decoder_of(decoder.read_text(encoding="utf-8"))
    return Pyodide(folder, inflate, pinned, empty_lock((folder / LOCK).read_text(encoding="utf-8")))


def trimmed_pyodide(root: Path, pyodide: Pyodide, folder: Path) -> dict[str, bytes]:
    """Return the script and the WebAssembly without what only binary packages would need.

    Args:
        root: The repository.
        pyodide: The installed Pyodide.
        folder: An empty folder to work in.
    """
    run_node(root, TRIM_SCRIPT, [pyodide.folder, folder])
    return {name: (folder / name).read_bytes() for name in (SCRIPT, WASM)}


def needed_modules(text: str) -> dict[str, str]:
    """Return the modules that a list names, each with the name that its source has.

    The list has one a line, without comments. ``a = b`` is Python's own ``b`` under the name
    ``a``, for a stand-in that has the name ``b``.
    """
    lines = (line.partition("#")[0].partition("=") for line in text.splitlines())
    names = ((name.strip(), original.strip()) for name, _, original in lines)
    return {name: original or name for name, original in names if name}


def trimmed_library(root: Path, pyodide: Pyodide) -> bytes:
    """Return the sources of the modules that the browser gets, as a zip file.

    Args:
        root: The repository: it lists the modules, and has the stand-ins for some.
        pyodide: The installed Pyodide, which has the others.

    Raises:
        RuntimeBuildError: Neither has a module of that name.
    """
    own = read_zip((pyodide.folder / STANDARD_LIBRARY).read_bytes())
    stand_ins = {
        path.relative_to(root / STAND_INS).as_posix(): path.read_bytes()
        for path in (root / STAND_INS).rglob("*.py")
    }
    found: dict[str, bytes] = {}
    for module, original in needed_modules((root / MODULES).read_text(encoding="utf-8")).items():
        files = own if module != original else own | stand_ins
        path = original.replace(".", "/")
        name = next((it for it in (f"{path}.py", f"{path}/__init__.py") if it in files), None)
        if name is None:
            message = (
                f"{MODULES} names “{original}”, but Pyodide {pyodide.version} has no such module. "
                "Take the line out."
            )
            raise RuntimeBuildError(message)
        found[module.replace(".", "/") + name.removeprefix(path)] = files[name]
    return write_zip(found)
