"""What the build writes into the theme, for its templates to include."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from macros.runtime.manifest import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GENERATED: Final = ROOT / "macros" / "theme" / "generated"
"""Where the theme finds it."""


def write_generated(texts: Mapping[str, str], folder: Path = GENERATED) -> None:
    """Write templates, by their names.

    What has not changed is not written, so that a server that watches the theme builds nothing.
    """
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        file = folder / name
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
