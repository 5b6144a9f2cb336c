"""Byte-compiles for Pyodide: this very source runs here, and inside Pyodide.

Byte-code comes out the same wherever it is made: unchecked hash-based ``.pyc`` (PEP 552) hold no
time, and are written without references between equal parts. Which of these are one object differs
from one release of a series to the next: Debian's 3.13.5 and Pyodide's 3.13.2, for example. Without
them the library is 0.4 KB larger, compressed, of 89.
"""

from __future__ import annotations

import importlib.util
import marshal
import zipfile
from types import CodeType
from typing import Final

_HEADER: Final = 16
"""So many bytes are at the beginning of a ``.pyc``; the last eight are the hash of the source."""

_UNCHECKED_HASH: Final = (0b01).to_bytes(4, "little")

_WITHOUT_REFERENCES: Final = 2
"""The last version of ``marshal`` that has none."""

_NO_LOCATION: Final = 0x80 | 15 << 3
"""How an entry of a table of lines begins that gives none; see Objects/locations.md in CPython."""

_MOST_UNITS: Final = 8
"""Of code, two bytes each, in one entry."""


def compile_archive(source: str, target: str, *, lines: bool) -> None:
    """Write an archive with byte-code in the place of each source of another.

    Args:
        source: The archive with the sources.
        target: The archive to write.
        lines: Whether tracebacks name lines; see :func:`repacked`.
    """
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name.endswith(".py"):
                code = compile(content, name, "exec", dont_inherit=True, optimize=2)
                source_hash = importlib.util.source_hash(content)
                pyc = bytes(_HEADER - len(source_hash)) + source_hash + marshal.dumps(code)
                after.writestr(f"{name}c", repacked(pyc, lines=lines))
            else:
                after.writestr(name, content)


def repacked(pyc: bytes, *, lines: bool) -> bytes:
    """Return a ``.pyc`` that is never compared with a source.

    Args:
        pyc: One with the hash of its source, made by this series of Python.
        lines: Whether tracebacks name lines. The tables for that are a sixth of the library.
    """
    code = marshal.loads(pyc[_HEADER:])  # noqa: S302 - what has just been compiled
    code = code if lines else _without_lines(code)
    header = importlib.util.MAGIC_NUMBER + _UNCHECKED_HASH + pyc[_HEADER - 8 : _HEADER]
    return header + marshal.dumps(code, _WITHOUT_REFERENCES)


def _without_lines(code: CodeType) -> CodeType:
    """Return code that says of itself that its lines are unknown. Its table may not be empty."""
    units = len(code.co_code) // 2
    stretches = (min(units - at, _MOST_UNITS) for at in range(0, units, _MOST_UNITS))
    constants = (_without_lines(it) if isinstance(it, CodeType) else it for it in code.co_consts)
    return code.replace(
        co_consts=tuple(constants),
        co_linetable=bytes(_NO_LOCATION | length - 1 for length in stretches),
    )
