"""The npm package that the runtime is made of."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from macros.runtime import node, npm
from macros.runtime.errors import RuntimeBuildError
from tests.macros.conftest import LOCK_TEXT, write


class TestPyodide:
    """Rule: exactly the Pyodide that package.json pins reaches the reader."""

    def test_the_version_comes_from_package_json(self) -> None:
        """Changing one line changes the Pyodide of the whole site."""
        assert npm.pinned_version('{"dependencies": {"pyodide": "0.29.5"}}') == "0.29.5"

    @pytest.mark.parametrize("text", ["{}", '{"dependencies": {"pyodide": "^0.29.5"}}'])
    def test_a_version_that_is_not_exact_is_refused(self, text: str) -> None:
        """A range would let Pyodide's Python and the byte-code drift apart."""
        with pytest.raises(RuntimeBuildError, match=r"package\.json.*pin it exactly"):
            npm.pinned_version(text)

    def test_the_series_of_python_comes_from_its_lock_file(self, repository: Path) -> None:
        """Byte-code fits a series, such as 3.13, not one release of it."""
        assert npm.installed_pyodide(repository).python == "3.13"

    def test_the_lock_file_loses_its_packages_only(self) -> None:
        """It stands in each page, and the quiz needs no package of it."""
        lock = npm.empty_lock(LOCK_TEXT)
        assert lock == {"info": json.loads(LOCK_TEXT)["info"], "packages": {}}

    def test_the_script_may_be_a_module_or_not(self, repository: Path) -> None:
        """Its name has changed once, and both names are known."""
        module, older = npm.SCRIPTS
        assert npm.installed_pyodide(repository).script == module
        folder = repository / "node_modules" / "pyodide"
        (folder / module).rename(folder / older)
        assert npm.installed_pyodide(repository).script == older

    def test_a_missing_npm_package_is_named(self, repository: Path) -> None:
        """Somebody who skipped the set-up learns which command does it."""
        shutil.rmtree(repository / "node_modules")
        with pytest.raises(RuntimeBuildError, match=r"pyodide\.mjs.*make setup"):
            npm.installed_pyodide(repository)

    def test_another_version_than_the_pinned_one_is_refused(self, repository: Path) -> None:
        """After a change of the pin, the old files must not be published under its name."""
        write(repository, {"node_modules/pyodide/package.json": '{"version": "0.28.0"}'})
        with pytest.raises(RuntimeBuildError, match=r"0\.28\.0, but package\.json pins 1\.2\.3"):
            npm.installed_pyodide(repository)


class TestNode:
    """Rule: where Node.js cannot do its part, the reason is said in words."""

    def test_a_missing_node_is_said(
        self, repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """Who calls the module by hand learns that make installs Node.js."""
        monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
        monkeypatch.setenv("PATH", "")
        with pytest.raises(RuntimeBuildError, match=r"Node\.js was found neither.*make setup"):
            node.run_node(repository, Path("some.mjs"), [])

    def test_a_script_that_fails_is_quoted(
        self, repository: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        """The reason stands in the message, not in a traceback."""
        program = tmp_path / "node"
        program.write_text("#!/bin/sh\necho 'no memory' >&2\nexit 3\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
        with pytest.raises(RuntimeBuildError, match="failed with exit code 3:\nno memory"):
            node.run_node(repository, Path("some.mjs"), [])
