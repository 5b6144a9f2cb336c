"""The package as the reader's browser gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
        built = wheel.build_wheel(repository, tmp_path)
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
