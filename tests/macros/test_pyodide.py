"""The npm package that the runtime is made of."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from macros import archives, node, pyodide
from macros.errors import RuntimeBuildError
from tests.macros.conftest import LOCK_TEXT, write

if TYPE_CHECKING:
    from pathlib import Path


class TestPyodide:
    """Rule: exactly the Pyodide that package.json pins reaches the reader."""

    def test_the_version_comes_from_package_json(self) -> None:
        """Changing one line changes the Pyodide of the whole site."""
        assert pyodide.pinned_version('{"dependencies": {"pyodide": "0.29.5"}}') == "0.29.5"

    @pytest.mark.parametrize("text", ["{}", '{"dependencies": {"pyodide": "^0.29.5"}}'])
    def test_a_version_that_is_not_exact_is_refused(self, text: str) -> None:
        """A range would let Pyodide's Python and the byte-code drift apart."""
        with pytest.raises(RuntimeBuildError, match=r"package\.json.*pin it exactly"):
            pyodide.pinned_version(text)

    def test_the_series_of_python_comes_from_its_lock_file(self, repository: Path) -> None:
        """Byte-code fits a series, such as 3.13, not one release of it."""
        assert pyodide.installed_pyodide(repository).python == "3.13"

    def test_the_lock_file_loses_its_packages_only(self) -> None:
        """It stands in each page, and the quiz needs no package of it."""
        lock = pyodide.empty_lock(LOCK_TEXT)
        assert lock == {"info": json.loads(LOCK_TEXT)["info"], "packages": {}}

    def test_a_missing_npm_package_is_named(self, repository: Path) -> None:
        """Somebody who skipped the set-up learns which command does it."""
        shutil.rmtree(repository / "node_modules")
        with pytest.raises(RuntimeBuildError, match=r"pyodide\.mjs.*make setup"):
            pyodide.installed_pyodide(repository)

    def test_another_version_than_the_pinned_one_is_refused(self, repository: Path) -> None:
        """After a change of the pin, the old files must not be published under its name."""
        write(repository, {"node_modules/pyodide/package.json": '{"version": "0.28.0"}'})
        with pytest.raises(RuntimeBuildError, match=r"0\.28\.0, but package\.json pins 0\.29\.5"):
            pyodide.installed_pyodide(repository)


class TestLibrary:
    """Rule: of the standard library the reader gets the modules that are listed."""

    def test_the_list_is_one_module_a_line(self) -> None:
        """Who edits it can say why a module is there."""
        found = pyodide.needed_modules("# why\njson\n\n  re # for names\nours = re\n")
        assert found == {"json": "json", "re": "re", "ours": "re"}

    def test_the_others_stay_behind(self, repository: Path) -> None:
        """Packages and modules alike; a package without its other modules."""
        library = pyodide.trimmed_library(repository, pyodide.installed_pyodide(repository))
        assert sorted(archives.read_zip(library)) == ["json/__init__.py", "types.py"]

    def test_a_stand_in_takes_the_place_of_a_module(self, repository: Path) -> None:
        """What Pyodide imports at each start, and the quiz has no use for, costs nothing."""
        write(repository, {"macros/standard_library.txt": "asyncio"})
        library = pyodide.trimmed_library(repository, pyodide.installed_pyodide(repository))
        assert archives.read_zip(library) == {"asyncio/__init__.py": b"# a stand-in\n"}

    def test_the_module_behind_a_stand_in_is_there_by_another_name(self, repository: Path) -> None:
        """A stand-in has the beginning of it, and the rest is loaded when it is needed."""
        write(repository, {"macros/standard_library.txt": "asyncio\npython_asyncio = asyncio"})
        library = pyodide.trimmed_library(repository, pyodide.installed_pyodide(repository))
        assert archives.read_zip(library) == {
            "asyncio/__init__.py": b"# a stand-in\n",
            "python_asyncio/__init__.py": b"1",
        }

    def test_a_module_that_is_not_there_is_named(self, repository: Path) -> None:
        """Another Pyodide brings another Python, which may have lost a module."""
        write(repository, {"macros/standard_library.txt": "cgi"})
        installed = pyodide.installed_pyodide(repository)
        with pytest.raises(RuntimeBuildError, match=r"names “cgi”, but Pyodide 0\.29\.5"):
            pyodide.trimmed_library(repository, installed)


class TestNode:
    """Rule: where Node.js cannot do its part, the reason is said in words."""

    def test_a_missing_node_is_said(
        self, repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """Who calls the module by hand learns that make installs Node.js."""
        monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
        monkeypatch.setenv("PATH", "")
        with pytest.raises(RuntimeBuildError, match=r"Node\.js was found neither.*make setup"):
            node.run_node(repository, pyodide.TRIM_SCRIPT, [])

    def test_a_script_that_fails_is_quoted(
        self, repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """The reason stands in the message, not in a traceback."""
        program = tmp_path / "node"
        program.write_text("#!/bin/sh\necho 'no memory' >&2\nexit 3\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
        with pytest.raises(RuntimeBuildError, match="failed with exit code 3:\nno memory"):
            node.run_node(repository, pyodide.TRIM_SCRIPT, [])
