"""What the site leaves out of the browser's own files."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from macros.manifest import ROOT
from macros.node import run_node
from macros.slimming import slim, without_comments

ASSETS: Final = ROOT / "docs" / "assets"
MODULES: Final = sorted([*ASSETS.glob("*.mjs"), *ASSETS.glob("quiz/*.mjs")])
COMPARE: Final = Path("tests/macros/same_code.mjs")


class TestComments:
    """Rule: comments go, and nothing else."""

    @pytest.mark.parametrize(
        ("text", "left"),
        [
            ("// why\na();\n", "a();\n"),
            ("/** What.\n * It is. */\na();\n", "a();\n"),
            ("a {\n  /* why */\n  b: c;\n}\n", "a {\n  b: c;\n}\n"),
            ("a();\n\n\nb();\n", "a();\nb();\n"),
        ],
    )
    def test_lines_of_comment_alone_go(self, text: str, left: str) -> None:
        """They are for whoever changes the file."""
        assert without_comments(text) == left

    @pytest.mark.parametrize(
        "text",
        [
            'a("https://example.org");\n',
            "/** @type {A} */ (a).b();\nc();\n/* no line of its own */ d();\n",
            "a(); // why\n",
        ],
    )
    def test_what_stands_beside_code_stays(self, text: str) -> None:
        """It might be part of a text."""
        assert without_comments(text) == text

    @pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
    def test_no_module_does_anything_else(self, module: Path, tmp_path: Path) -> None:
        """A text may look like a comment."""
        slimmed = tmp_path / module.name
        slimmed.write_text(without_comments(module.read_text("utf-8")), "utf-8")
        run_node(ROOT, COMPARE, [module, slimmed])


class TestSite:
    """Rule: our own files get slim, and no other."""

    def test_the_files_of_the_quiz_get_slim(self, tmp_path: Path) -> None:
        """A reader downloads them with each new version."""
        styles = tmp_path / "assets" / "quiz" / "quiz.css"
        styles.parent.mkdir(parents=True)
        styles.write_text("/* why */\na {}\n", "utf-8")
        slim(tmp_path)
        assert styles.read_text("utf-8") == "a {}\n"

    def test_pyodide_stays_as_its_hash_says(self, tmp_path: Path) -> None:
        """The browser refuses what was changed."""
        loader = tmp_path / "assets" / "quiz" / "runtime" / "pyodide.mjs"
        loader.parent.mkdir(parents=True)
        loader.write_text("// theirs\na();\n", "utf-8")
        slim(tmp_path)
        assert loader.read_text("utf-8") == "// theirs\na();\n"
