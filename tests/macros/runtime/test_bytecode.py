"""Modules that are compiled when the runtime is built."""

from __future__ import annotations

import importlib.util
import marshal
import platform
import py_compile
import sys
import traceback
import types
from typing import TYPE_CHECKING, Final

import pytest

from macros.runtime import archives, bytecode
from macros.runtime.compiling import compile_archive, repacked
from macros.runtime.errors import RuntimeBuildError
from macros.runtime.manifest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

HERE: Final = platform.python_version()

SOURCE: Final = '''def fail():
    """Words."""
    assert print
    raise ValueError
'''


@pytest.fixture
def pyc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A module, compiled as pyodide-build does it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "315532800")
    source = tmp_path / "source.py"
    source.write_text(SOURCE, encoding="utf-8")
    target = py_compile.compile(str(source), str(tmp_path / "a.pyc"), "a.py", optimize=2)
    assert target
    return (tmp_path / "a.pyc").read_bytes()


def lines_of(pyc: bytes) -> list[int | None]:
    """Return the lines that a traceback names when the module's function fails."""
    module = types.ModuleType("a")
    exec(marshal.loads(pyc[16:]), vars(module))  # noqa: S102, S302 - what has just been compiled
    with pytest.raises(ValueError, match=r"^$") as raised:
        module.fail()
    return [frame.lineno for frame in traceback.extract_tb(raised.value.__traceback__)[1:]]


class TestCompiling:
    """Rule: byte-code is the same wherever and whenever it is made."""

    def test_both_ways_give_the_same_bytes(self, pyc: bytes, tmp_path: Path) -> None:
        """What a reader gets does not depend on whose machine built the site."""
        source, target = tmp_path / "source.zip", tmp_path / "target.zip"
        source.write_bytes(archives.write_zip({"a.py": SOURCE.encode(), "b.txt": b"1"}))
        compile_archive(str(source), str(target), lines=True)
        found = archives.read_zip(target.read_bytes())
        assert found == {"a.pyc": repacked(pyc, lines=True), "b.txt": b"1"}

    def test_it_is_never_compared_with_a_source(self, pyc: bytes) -> None:
        """There is none beside it, and no time stamp in it."""
        header = repacked(pyc, lines=True)[:16]
        unchecked = b"\x01\0\0\0"
        source_hash = importlib.util.source_hash(SOURCE.encode())
        assert header == importlib.util.MAGIC_NUMBER + unchecked + source_hash

    def test_a_traceback_names_lines(self, pyc: bytes) -> None:
        """A fault in the package is found by them."""
        assert lines_of(repacked(pyc, lines=True)) == [4]

    def test_without_lines_a_traceback_still_works(self, pyc: bytes) -> None:
        """The library's tables are a sixth of it, and its faults are not ours."""
        assert lines_of(repacked(pyc, lines=False)) == [None]


class TestPyodideBuild:
    """Rule: pyodide-build compiles where it makes Pyodide's byte-code, and nowhere else."""

    @pytest.fixture
    def node(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Do nothing in place of Node.js but copy; what it was asked."""
        asked: list[str] = []

        def run_node(_root: Path, _script: Path, arguments: list[str | Path]) -> None:
            asked.append(str(arguments[0]))
            arguments[2].write_bytes(arguments[1].read_bytes())  # type: ignore[union-attr]

        monkeypatch.setattr(bytecode, "run_node", run_node)
        return asked

    @pytest.fixture
    def program(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """What stands in for this Python; pyodide-build seems to be installed on it."""
        program = tmp_path / "python"
        program.touch(0o755)
        monkeypatch.setattr(sys, "executable", str(program))
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: name)
        return program

    @pytest.mark.usefixtures("program")
    def test_another_python_leaves_it_to_pyodide(self, node: list[str]) -> None:
        """Byte-code of another series would not run, and of another release differs."""
        bytecode.compiled(ROOT, f"{HERE}1", {}, lines=True)
        assert node == ["compile"]

    def test_without_it_pyodide_compiles(
        self, node: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Most Pythons are not Pyodide's, and need not have it."""
        monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
        bytecode.compiled(ROOT, HERE, {}, lines=True)
        assert node == ["compile"]

    def test_it_is_asked_for_reproducible_code(self, program: Path, node: list[str]) -> None:
        """Neither the clock nor a developer's settings show in the result."""
        program.write_text(
            "#!/bin/sh\n"
            'test "$SOURCE_DATE_EPOCH" && test "$PYTHONOPTIMIZE" = 2 || exit 1\n'
            'test "$PYTHONHASHSEED" = 0 && test "$PYTHONNODEBUGRANGES" || exit 1\n'
            'test "$1 $2 $3" = "-m pyodide_cli py-compile" || exit 1\n',
            encoding="utf-8",
        )
        assert bytecode.compiled(ROOT, HERE, {"a": b"1"}, lines=True) == {"a": b"1"}
        assert node == []

    def test_its_failure_is_quoted(self, program: Path) -> None:
        """The reason stands in the message, not in a traceback."""
        program.write_text("#!/bin/sh\necho 'no space' >&2\nexit 1\n", encoding="utf-8")
        with pytest.raises(RuntimeBuildError, match=r"cannot compile:\nno space"):
            bytecode.compiled(ROOT, HERE, {}, lines=True)
