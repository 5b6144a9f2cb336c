"""A small repository to build the runtime of, without Pyodide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cxquiz.model_file import PACKAGED_MODEL
from macros import archives
from macros.manifest import ROOT
from macros.pyodide import LOCK, PYODIDE_FILES, STANDARD_LIBRARY

if TYPE_CHECKING:
    from pathlib import Path

LOCK_TEXT = '{"info": {"python": "3.13.2", "abi_version": "2025_0"}, "packages": {"numpy": {}}}'
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
    builders = ["archives", "built_model", "errors", "manifest", "node"]
    builders += ["pyodide", "runtime", "wheel"]
    write(
        root,
        {
            "LICENSE": "Free.\n",
            "README.md": "# A long read\n",
            "pyproject.toml": (ROOT / "pyproject.toml").read_text(encoding="utf-8"),
            "package.json": '{"dependencies": {"pyodide": "0.29.5"}}',
            "node_modules/zstddec/dist/zstddec.mjs": 'const wasm = "AGFzbQ==";\n',
            f"{npm}/package.json": '{"version": "0.29.5"}',
            **{f"{npm}/{name}": f"content of {name}" for name in PYODIDE_FILES},
            f"{npm}/{LOCK}": LOCK_TEXT,
            "cxquiz/__init__.py": '"""A stand-in package."""\n',
            "cxquiz/__main__.py": "",
            "cxquiz/answers.py": MODULE,
            "cxquiz/cli/__init__.py": "",
            "cxquiz/model.toml": PACKAGED_MODEL.read_text(encoding="utf-8"),
            "cxquiz/model.schema.json": "{}",
            "cxquiz/py.typed": "",
            **{f"macros/{name}.py": "" for name in builders},
            "macros/compile_python.mjs": "",
            "macros/trim_pyodide.mjs": "",
            "macros/stand_ins/asyncio/__init__.py": "# a stand-in\n",
            "macros/standard_library.txt": "# needed\njson\ntypes # a module\n",
        },
    )
    (root / npm / STANDARD_LIBRARY).write_bytes(archives.write_zip(LIBRARY))
    return root
