"""What a page tells the browser of the runtime that ``macros.runtime`` has built."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
"""The repository."""

RUNTIME: Final = Path("docs/assets/quiz/runtime")
"""Where the site expects the runtime, seen from the repository."""


class RuntimeMissingError(Exception):
    """The runtime has not been built; the message says how to build it."""


def runtime_attribute(folder: Path = ROOT / RUNTIME) -> str:
    """Return the value of the quiz element's ``runtime`` attribute, as JSON.

    Its paths are relative to ``folder``, which is itself relative to the site's root. The
    loader ``pyodide.mjs`` and ``pyodide.asm.js`` are imported as modules, not downloaded.

    Raises:
        RuntimeMissingError: The runtime has not been built.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except OSError as error:
        message = f"{folder} holds no runtime for the browser. Run `make build` or `make serve`."
        raise RuntimeMissingError(message) from error
    sizes = manifest["bytes"]
    return json.dumps(
        {
            "folder": "/".join(RUNTIME.parts[1:]) + "/",
            "pyodide": manifest["pyodide"],
            "wheel": manifest["wheel"],
            "model": manifest["model"],
            "bytes": {
                name: size for name, size in sizes.items() if not name.endswith((".mjs", ".js"))
            },
        },
        separators=(",", ":"),
    )
