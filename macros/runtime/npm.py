"""The npm package ``pyodide`` as it is installed, and what the browser gets of it."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from macros.runtime.errors import RuntimeBuildError

LOADER: Final = "pyodide.mjs"
SCRIPTS: Final = ("pyodide.asm.mjs", "pyodide.asm.js")
"""The names that the script has had: as a module, and before."""
WASM: Final = "pyodide.asm.wasm"
STANDARD_LIBRARY: Final = "python_stdlib.zip"
LOCK: Final = "pyodide-lock.json"
DECODER: Final = Path("node_modules/zstddec/dist/zstddec.mjs")


@dataclass(frozen=True)
class Pyodide:
    """The npm package ``pyodide`` as it is installed."""

    folder: Path
    script: str
    """The name of its script."""
    inflate: bytes
    """WebAssembly of the npm package ``zstddec``, which inflates the other files in the browser."""
    version: str
    lock: dict[str, Any]
    """Pyodide's lock file without its packages; the loader wants one."""

    @property
    def release(self) -> str:
        """The release of its Python, such as ``3.13.2``."""
        return str(self.lock["info"]["python"])

    @property
    def python(self) -> str:
        """The series of its Python, such as ``3.13``: byte-code fits a series."""
        return ".".join(self.release.split(".")[:2])


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
        raise RuntimeBuildError(
            f"{DECODER} carries no WebAssembly in the known form. Pin the version before."
        )
    return base64.b64decode(found[1])


def installed_pyodide(root: Path) -> Pyodide:
    """Return the installed Pyodide after checking that it is the pinned one and complete."""
    pinned = pinned_version((root / "package.json").read_text(encoding="utf-8"))
    folder = root / "node_modules" / "pyodide"
    decoder = root / DECODER
    script = next((name for name in SCRIPTS if (folder / name).is_file()), SCRIPTS[0])
    files = ("package.json", LOADER, script, WASM, STANDARD_LIBRARY, LOCK)
    needed = [*(folder / name for name in files), decoder]
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
    lock = empty_lock((folder / LOCK).read_text(encoding="utf-8"))
    return Pyodide(folder, script, inflate, pinned, lock)
