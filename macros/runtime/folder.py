"""The folder of the runtime: what is in it, and whether that is current."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from macros.runtime.assets import Asset
from macros.runtime.manifest import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_STAMP: Final = ".stamp"

Parts = dict[str, dict[str, Asset]]
"""The runtime's files by their names, by the part of the build that makes them."""


@dataclass(frozen=True)
class Stamp:
    """What the folder says of how it was built.

    Attributes:
        layers: The layers that were asked for; nothing where there is no folder.
        left_out: Why a layer of them was left out, by its name.
        parts: The digest of each part's inputs, and the names of its files.
    """

    layers: frozenset[str] | None = None
    left_out: dict[str, str] = field(default_factory=dict)
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)


def read_stamp(out: Path) -> Stamp:
    """Return what a folder says of how it was built."""
    try:
        content = json.loads((out / _STAMP).read_text(encoding="utf-8"))
        return Stamp(frozenset(content["layers"]), content["left_out"], content["parts"])
    except (OSError, ValueError, KeyError, TypeError):
        return Stamp()


def current_parts(out: Path, digests: Mapping[str, str]) -> Parts:
    """Return the parts that stand in a folder, whole and made from inputs of these digests."""
    stamp = read_stamp(out)
    found = {
        part: _files(out, stamp.parts[part]["files"])
        for part, digest in digests.items()
        if stamp.parts.get(part, {}).get("digest") == digest
    }
    return {part: files for part, files in found.items() if files}


def _files(out: Path, names: Iterable[str]) -> dict[str, Asset]:
    """Return files as they stand in a folder; nothing where one is damaged."""
    try:
        entries = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["files"]
        found = {
            name: Asset(
                entries[name]["path"],
                (out / entries[name]["path"]).read_bytes(),
                entries[name]["sha256"],
                entries[name]["crc32"],
            )
            for name in names
        }
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    intact = all(asset.entry == entries[name] for name, asset in found.items())
    return found if intact else {}


def write_folder(out: Path, files: Mapping[str, bytes], stamp: Stamp) -> None:
    """Make a folder hold exactly these files and a stamp."""
    (out / _STAMP).unlink(missing_ok=True)  # a build that breaks off is not current
    for name, data in files.items():
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    _remove_stale(out, files)
    content = {
        "layers": sorted(stamp.layers or ()),
        "left_out": stamp.left_out,
        "parts": stamp.parts,
    }
    (out / _STAMP).write_text(json.dumps(content), encoding="utf-8")


def _remove_stale(out: Path, keep: Iterable[str]) -> None:
    """Remove from a folder what no longer belongs to the runtime."""
    kept = {out / name for name in keep}
    for path in sorted(out.rglob("*"), reverse=True):  # children before their folder
        if path.is_dir():
            with contextlib.suppress(OSError):  # it still holds something that is kept
                path.rmdir()
        elif path not in kept:
            path.unlink()
