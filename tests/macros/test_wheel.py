"""The package as the reader's browser gets it."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING, Final

import pytest

from macros import archives, wheel
from macros.errors import RuntimeBuildError

if TYPE_CHECKING:
    from pathlib import Path


class TestWheel:
    """Rule: the reader loads what the quiz needs, compiled, and nothing else."""

    def test_the_browser_gets_neither_command_line_nor_data(
        self, repository: Path, tmp_path: Path
    ) -> None:
        """Each byte delays the first answer on a slow line."""
        built = wheel.build_wheel(repository, tmp_path, {})
        assert sorted(archives.read_zip(built.read_bytes())) == [
            "cxquiz-0.1.0.dist-info/METADATA",
            "cxquiz-0.1.0.dist-info/WHEEL",
            "cxquiz/__init__.py",
            "cxquiz/answers.py",
        ]

    def test_the_metadata_keep_name_and_version_only(self) -> None:
        """The description is as long as the README; nothing in the browser reads it."""
        metadata = b"Metadata-Version: 2.4\nName: cxquiz\nRequires-Dist: rich\n\nName: a read\n"
        assert wheel.slim_metadata(metadata) == b"Metadata-Version: 2.4\nName: cxquiz\n"

    def test_a_source_left_in_a_compiled_wheel_is_an_error(self) -> None:
        """Sources would be compiled anew in each reader's browser."""
        with pytest.raises(RuntimeBuildError, match=r"still holds sources: a\.py"):
            wheel.compiled_wheel({"a.py": b""}, "3.13")

    def test_the_tag_says_for_which_python_it_is_compiled(self) -> None:
        """Byte-code runs on one series of Python alone."""
        files = {"a-1.dist-info/WHEEL": b"Tag: py3-none-any\n", "a-1.dist-info/METADATA": b""}
        compiled = wheel.compiled_wheel(files, "3.13")
        assert compiled["a-1.dist-info/WHEEL"] == b"Tag: cp313-none-any\n"

    def test_the_record_lists_every_file(self) -> None:
        """A wheel without its list is none for Python's packaging tools."""
        files = wheel.with_record({"a.pyc": b"1", "a-1.dist-info/METADATA": b""})
        assert files["a-1.dist-info/RECORD"].decode().splitlines() == [
            "a-1.dist-info/METADATA,sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU,0",
            "a.pyc,sha256=a4ayc_80_OGda4BO_1o_V0etpOqiLx1JwB5S3beHW0s,1",
            "a-1.dist-info/RECORD,,",
        ]


HERE: Final = f"{sys.version_info.major}.{sys.version_info.minor}"


class TestPyodideBuild:
    """Rule: pyodide-build compiles where it makes Pyodide's byte-code, and nowhere else."""

    @pytest.fixture
    def source(self, repository: Path, tmp_path: Path) -> Path:
        """A wheel with sources."""
        return wheel.build_wheel(repository, tmp_path, {})

    @pytest.fixture
    def program(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """What stands in for this Python; pyodide-build seems to be installed on it."""
        program = tmp_path / "python"
        program.touch(0o755)
        monkeypatch.setattr(sys, "executable", str(program))
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: name)
        return program

    @pytest.mark.usefixtures("program")
    def test_another_python_leaves_it_to_pyodide(self, source: Path) -> None:
        """Byte-code of another series would not run in the browser."""
        assert wheel.byte_compiled(source, "2.7") == source

    def test_without_it_pyodide_compiles(
        self, source: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Most Pythons are not Pyodide's, and need not have it."""
        monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
        assert wheel.byte_compiled(source, HERE) == source

    def test_it_is_asked_for_reproducible_code(self, source: Path, program: Path) -> None:
        """Neither the clock nor a developer's settings show in the result."""
        program.write_text(
            "#!/bin/sh\n"
            'test "$SOURCE_DATE_EPOCH" && test "$PYTHONOPTIMIZE" = 2 || exit 1\n'
            'test "$1 $2 $3" = "-m pyodide_cli py-compile" || exit 1\n',
            encoding="utf-8",
        )
        tag = f"cp{HERE.replace('.', '')}"
        assert wheel.byte_compiled(source, HERE).name == f"cxquiz-0.1.0-{tag}-none-any.whl"

    def test_its_failure_is_quoted(self, source: Path, program: Path) -> None:
        """The reason stands in the message, not in a traceback."""
        program.write_text("#!/bin/sh\necho 'no space' >&2\nexit 1\n", encoding="utf-8")
        with pytest.raises(RuntimeBuildError, match=r"cannot compile cxquiz.*\nno space"):
            wheel.byte_compiled(source, HERE)
