"""A small repository to build the runtime of, without Pyodide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cxquiz.authoring.wording import PACKAGED_MODEL
from macros.runtime import archives
from macros.runtime.manifest import ROOT
from macros.runtime.npm import LOADER, LOCK, SCRIPTS, STANDARD_LIBRARY, WASM

if TYPE_CHECKING:
    from pathlib import Path

LOCK_TEXT = '{"info": {"python": "3.13.2", "abi_version": "2025_0"}, "packages": {"numpy": {}}}'
VERSION = "1.2.3"
TYPES = (ROOT / "cxquiz" / "model" / "types.py").read_text(encoding="utf-8")
WEB = '''"""A stand-in for the worker's entry."""

import cxquiz.model.types
from cxquiz.classifier.answers import answer


def reply(_model: object, _request: str) -> str:
    """Return some screen."""
    return f'{{"html": "{answer()}"}}'
'''
MODULE = '''"""A stand-in for the classifier."""


def answer() -> int:
    """Return what the test asks for."""
    return 42


def fail() -> None:
    """Raise an error."""
    raise ValueError
'''
LIBRARY = {
    "asyncio/__init__.py": b"1",
    "json/__init__.py": b"",
    "re/__init__.py": b"",
    "types.py": b"",
}


def write(root: Path, files: dict[str, str]) -> None:
    """Write text files below a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A small repository with a stand-in package and a stand-in Pyodide."""
    root = tmp_path / "repository"
    npm = "node_modules/pyodide"
    write(
        root,
        {
            "package.json": f'{{"dependencies": {{"pyodide": "{VERSION}"}}}}',
            "node_modules/zstddec/dist/zstddec.mjs": 'const wasm = "AGFzbQ==";\n',
            f"{npm}/package.json": f'{{"version": "{VERSION}"}}',
            **{f"{npm}/{name}": f"content of {name}" for name in (LOADER, SCRIPTS[0], WASM)},
            f"{npm}/{LOCK}": LOCK_TEXT,
            "cxquiz/__init__.py": '"""A stand-in package."""\n',
            "cxquiz/__main__.py": "",
            "cxquiz/classifier/__init__.py": "",
            "cxquiz/classifier/answers.py": MODULE,
            "cxquiz/model/__init__.py": "",
            "cxquiz/model/types.py": TYPES,
            "cxquiz/browser.py": WEB,
            "cxquiz/cli/__init__.py": "",
            "cxquiz/model.toml": PACKAGED_MODEL.read_text(encoding="utf-8"),
            "macros/runtime/build.py": "",
            "macros/runtime/trim.mjs": "",
            "macros/runtime/overlay/asyncio/__init__.py": "# a stand-in\n",
            "macros/runtime/standard_library.txt": "# needed\njson\ntypes # a module\n",
        },
    )
    (root / npm / STANDARD_LIBRARY).write_bytes(archives.write_zip(LIBRARY))
    return root
