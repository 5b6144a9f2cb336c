"""What the browser gets of the standard library."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.runtime import library
from macros.runtime.errors import RuntimeBuildError
from macros.runtime.npm import installed_pyodide
from tests.macros.conftest import LIBRARY


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Do in place of Node.js what takes no time; the modules that a start seems to load."""
    loaded: list[str] = []

    def run_node(_root: Path, _script: Path, arguments: list[str | Path]) -> None:
        Path(arguments[-1]).write_text("\n".join(loaded), encoding="utf-8")

    monkeypatch.setattr(library, "run_node", run_node)
    return loaded


class TestCut:
    """Rule: the reader gets the modules that a start loads, and those that are listed."""

    def test_the_list_is_one_module_a_line(self) -> None:
        """Who edits it can say why a module is there."""
        assert library.listed_modules("# why\njson\n\n  re # for names\n") == ["json", "re"]

    def test_the_others_stay_behind(self, repository: Path, start: list[str]) -> None:
        """Packages and modules alike; a package without its other modules."""
        start.append("re")
        files = {**LIBRARY, "json/tool.py": b"", "LICENSE": b""}
        found = library.cut(repository, files, {})
        assert sorted(found) == ["json/__init__.py", "re/__init__.py", "types.py"]

    def test_what_does_not_start_is_an_error_of_its_own(
        self, repository: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The build tries another set of layers then."""

        def run_node(*_: object) -> None:
            raise RuntimeBuildError("no module")

        monkeypatch.setattr(library, "run_node", run_node)
        with pytest.raises(library.StartError, match="no module"):
            library.cut(repository, LIBRARY, {})


class TestOverlay:
    """Rule: our modules take the places of Pyodide's and Python's."""

    def test_a_stand_in_takes_the_place_of_a_module(self, repository: Path) -> None:
        """What Pyodide imports at each start, and the quiz has no use for, costs nothing."""
        found = library.with_overlay(repository, LIBRARY)
        assert found["asyncio/__init__.py"] == b"# a stand-in\n"
        assert found.items() >= {"types.py": b"", "json/__init__.py": b""}.items()

    def test_the_module_behind_it_is_there_by_another_name(self, repository: Path) -> None:
        """A stand-in has the beginning of it, and the rest is loaded when it is needed."""
        found = library.with_overlay(repository, {"asyncio.py": b"1"})
        assert found["python_asyncio.py"] == b"1"

    def test_without_it_the_library_is_the_one_of_the_npm_package(self, repository: Path) -> None:
        """Without any layer the browser gets what Pyodide's makers publish."""
        assert library.whole_library(installed_pyodide(repository)) == LIBRARY
