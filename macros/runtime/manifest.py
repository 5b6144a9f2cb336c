"""What a page tells the browser of the runtime that ``macros.runtime`` has built."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
"""The repository."""

RUNTIME: Final = Path("docs/assets/quiz/runtime")
"""Where the site expects the runtime, seen from the repository."""

MANIFEST: Final = "manifest.json"
"""The list of the runtime's files, in its folder."""


HASH_DIGITS: Final = 32
"""So many digits of each hash stand in a page: 128 bits, which nobody hits by chance or on purpose.

Hashes cannot be compressed, and each page carries them.
"""


class RuntimeMissingError(Exception):
    """The runtime has not been built; the message says how to build it."""


def runtime_attribute(folder: Path = ROOT / RUNTIME) -> str:
    """Return the value of the quiz element's ``runtime`` attribute, as JSON.

    It is what the browser needs of the manifest, so that it can download all files at once,
    without asking for a list first. The paths are relative to ``folder``, which is itself
    relative to the site's root.

    Raises:
        RuntimeMissingError: The runtime has not been built.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except OSError as error:
        raise RuntimeMissingError(
            f"{folder} holds no runtime for the browser. Run `make build` or `make serve`."
        ) from error
    return json.dumps(
        {
            "folder": "/".join(RUNTIME.parts[1:]) + "/",
            "lock": manifest["lock"],
            "files": {name: _in_page(entry) for name, entry in manifest["files"].items()},
        },
        separators=(",", ":"),
    )


def _in_page(entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry, "sha256": entry["sha256"][:HASH_DIGITS]}
