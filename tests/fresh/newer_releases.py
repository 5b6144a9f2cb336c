"""A package index in which everything that is locked has a newer release: an empty one.

It stands in for the next years. Whoever installs from the lock files never sees it.
"""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

NEWER: Final = "9999"

_LOCKED: Final = re.compile(r"^([a-z0-9-]+)==([^\s;]+)", re.MULTILINE)


def locked_versions(lock_file: Path) -> dict[str, str]:
    """Return the versions that a lock file names, by package; of several the last one."""
    return dict(_LOCKED.findall(lock_file.read_text(encoding="utf-8")))


def write_index(folder: Path, packages: set[str]) -> str:
    """Make an index of a newer release of each package, and return its address.

    Args:
        folder: An empty folder for it.
        packages: The names, as lock files write them.
    """
    for package in packages:
        place = folder / package
        place.mkdir()
        name = f"{package.replace('-', '_')}-{NEWER}-py3-none-any.whl"
        _write_wheel(place / name, package)
        (place / "index.html").write_text(f'<a href="{name}">{name}</a>', encoding="utf-8")
    return folder.as_uri()


def _write_wheel(path: Path, package: str) -> None:
    """Write a wheel that can be installed and holds nothing."""
    metadata = f"{package.replace('-', '_')}-{NEWER}.dist-info"
    files = {
        "METADATA": f"Metadata-Version: 2.1\nName: {package}\nVersion: {NEWER}\n",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "".join(f"{metadata}/{name},,\n" for name in ("METADATA", "WHEEL", "RECORD")),
    }
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(f"{metadata}/{name}", text)
