"""The wheel of ``cxquiz``, cut to what the browser needs."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import importlib.util
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from flit_core import buildapi

from macros.archives import read_zip, write_zip
from macros.errors import RuntimeBuildError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# The browser has no terminal and gets the model as Python: what reads and holds files stays here.
_NOT_FOR_THE_BROWSER = re.compile(
    r"""
    cxquiz/cli(/|\.py$)
    | cxquiz/__main__\.py$
    | cxquiz/model_file\.py$
    | cxquiz/model\.toml$
    | cxquiz/model\.schema\.json$
    | cxquiz/py\.typed$
    | .*\.dist-info/(entry_points\.txt|RECORD|licenses/)
    """,
    re.VERBOSE,
)

# Dependencies are left out too: `rich` serves the command line alone.
_METADATA_FIELDS = ("Metadata-Version:", "Name:", "Version:", "Requires-Python:")


def build_wheel(root: Path, folder: Path, further: Mapping[str, bytes]) -> Path:
    """Build the wheel of ``cxquiz`` from its sources, cut to what the browser needs.

    Args:
        root: The repository.
        folder: Where the wheel goes.
        further: More files for it, by their paths.
    """
    with contextlib.chdir(root):  # PEP 517: a build backend works in the current folder
        name: str = buildapi.build_wheel(str(folder))
    wheel = folder / name
    wheel.write_bytes(write_zip({**browser_files(read_zip(wheel.read_bytes())), **further}))
    return wheel


def byte_compiled(wheel: Path, python: str) -> Path:
    """Have pyodide-build byte-compile a wheel, where it can, and return the result.

    It compiles for the Python that it runs on. On any other than Pyodide's the wheel comes back
    as it is; Pyodide compiles it in the next step, to the same bytes.

    Args:
        wheel: The wheel, with sources.
        python: The series of Pyodide's Python, such as ``3.13``.

    Raises:
        RuntimeBuildError: pyodide-build failed; its own words are quoted.
    """
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    if here != python or importlib.util.find_spec("pyodide_build") is None:
        return wheel
    # With a date for the sources, Python writes hashes in the place of time stamps.
    settings = {"PYTHONOPTIMIZE": "2", "SOURCE_DATE_EPOCH": "315532800"}
    done = subprocess.run(  # noqa: S603 - no shell, and a module of this Python's own
        [sys.executable, "-m", "pyodide_cli", "py-compile", "--silent", "--keep", str(wheel)],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        words = (done.stderr or done.stdout).strip()
        message = f"pyodide-build cannot compile {wheel.name}:\n{words}"
        raise RuntimeBuildError(message)
    return wheel.with_name(wheel.name.replace("-py3-", f"-cp{python.replace('.', '')}-"))


def browser_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of a wheel that the browser needs, the metadata cut to what it reads."""
    kept = {name: data for name, data in files.items() if not _NOT_FOR_THE_BROWSER.match(name)}
    return {
        name: slim_metadata(data) if name.endswith(".dist-info/METADATA") else data
        for name, data in kept.items()
    }


def slim_metadata(metadata: bytes) -> bytes:
    """Return a wheel's metadata without description and dependencies."""
    headers = metadata.decode().split("\n\n", maxsplit=1)[0].splitlines()
    kept = [line for line in headers if line.startswith(_METADATA_FIELDS)]
    return ("\n".join(kept) + "\n").encode()


def compiled_wheel(files: Mapping[str, bytes], python: str) -> dict[str, bytes]:
    """Return a wheel's files, now that they are byte-compiled, as those of a wheel again.

    Args:
        files: The files, with a ``.pyc`` in the place of each source.
        python: The series of Python that they are compiled for, such as ``3.13``.

    Raises:
        RuntimeBuildError: A source is left.
    """
    if sources := [name for name in files if name.endswith(".py")]:
        message = f"The compiled wheel still holds sources: {', '.join(sources)}."
        raise RuntimeBuildError(message)
    tag = f"Tag: cp{python.replace('.', '')}-none-any".encode()
    return with_record(
        {
            name: re.sub(rb"^Tag: .*$", tag, data, flags=re.MULTILINE)
            if name.endswith(".dist-info/WHEEL")
            else data
            for name, data in files.items()
        }
    )


def with_record(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a wheel's files with the list of them that every wheel carries."""
    metadata = next(name for name in files if name.endswith(".dist-info/METADATA"))
    record = metadata.removesuffix("METADATA") + "RECORD"
    lines = [f"{name},{_record_hash(files[name])},{len(files[name])}" for name in sorted(files)]
    return {**files, record: "\n".join([*lines, f"{record},,", ""]).encode()}


def _record_hash(data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest())
    return "sha256=" + digest.rstrip(b"=").decode()
