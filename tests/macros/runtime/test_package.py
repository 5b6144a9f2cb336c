"""The package as the reader's browser gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from macros.runtime.errors import RuntimeBuildError
from macros.runtime.manifest import ROOT
from macros.runtime.package import module_names, package_files
from tests.macros.conftest import write

if TYPE_CHECKING:
    from pathlib import Path


class TestPackage:
    """Rule: the reader loads what the worker's entry can come to import, and nothing else."""

    def test_the_entry_brings_what_it_imports(self, repository: Path) -> None:
        """Each byte delays the first answer on a slow line."""
        assert sorted(package_files(repository)) == [
            "cxquiz/__init__.py",
            "cxquiz/browser.py",
            "cxquiz/classifier/__init__.py",
            "cxquiz/classifier/answers.py",
            "cxquiz/model/__init__.py",
            "cxquiz/model/types.py",
        ]

    def test_an_import_inside_a_function_counts(self, repository: Path) -> None:
        """What few readers need is loaded late, and must be there then."""
        web = "def reply():\n    from cxquiz import later\n    return later\n"
        write(repository, {"cxquiz/browser.py": web, "cxquiz/later.py": ""})
        assert "cxquiz/later.py" in package_files(repository)

    def test_an_import_for_types_does_not(self, repository: Path) -> None:
        """Nothing in the browser looks at types."""
        web = "if TYPE_CHECKING:\n    from cxquiz.classifier.answers import answer\n"
        write(repository, {"cxquiz/browser.py": web})
        assert "cxquiz/classifier/answers.py" not in package_files(repository)

    def test_what_is_offered_on_demand_does_not(self, repository: Path) -> None:
        """Only who writes or loads a model demands it."""
        on_demand = "def __getattr__(name):\n    from cxquiz.authoring import loader\n"
        write(repository, {"cxquiz/__init__.py": on_demand, "cxquiz/authoring/loader.py": ""})
        assert "cxquiz/authoring/loader.py" not in package_files(repository)

    def test_what_is_no_python_is_named(self, repository: Path) -> None:
        """A slip of the keyboard is found by the build, with file and line."""
        write(repository, {"cxquiz/classifier/answers.py": "\ndef answer(:\n"})
        with pytest.raises(RuntimeBuildError, match=r"cxquiz/classifier/answers\.py, line 2: "):
            package_files(repository)

    def test_what_only_authors_and_the_build_need_stays_behind(self) -> None:
        """The model is read and checked here, and pages and papers are rendered here."""
        names = module_names(package_files(ROOT))
        assert {"cxquiz", "cxquiz.browser", "cxquiz.html.screens"} <= set(names)
        left = {
            "cxquiz.authoring.loader",
            "cxquiz.authoring.wording",
            "cxquiz.authoring.model_file",
        }
        left |= {"cxquiz.authoring.page", "cxquiz.authoring.paper", "cxquiz.cli"}
        assert left & set(names) == set()
