"""What the site makes of the browser's own files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from macros.errors import RuntimeBuildError
from macros.manifest import ROOT
from macros.slimming import slim

if TYPE_CHECKING:
    from pathlib import Path


def write(site: Path, name: str, text: str) -> Path:
    """Write a file of a site."""
    path = site / "assets" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


class TestSite:
    """Rule: our own files get small where they stand, and no other."""

    def test_modules_and_styles_get_small(self, tmp_path: Path) -> None:
        """A reader downloads them with each new version."""
        module = write(tmp_path, "quiz/quiz.mjs", "// why\nglobalThis.a( 1 );\n")
        styles = write(tmp_path, "site.css", "/* why */\na {\n  color: red;\n}\n")
        slim(ROOT, tmp_path)
        assert module.read_text("utf-8") == "globalThis.a(1);\n"
        assert styles.read_text("utf-8") == "a{color:red}\n"

    @pytest.mark.parametrize(
        "name", ["quiz/worker.mjs", "quiz/runtime/pyodide.mjs", "javascripts/bundle.mjs"]
    )
    def test_others_stay_as_they_are(self, tmp_path: Path, name: str) -> None:
        """Some are checked by their hash, and some are not ours."""
        other = write(tmp_path, name, "// why\na();\n")
        write(tmp_path, "quiz/quiz.mjs", "a();\n")
        slim(ROOT, tmp_path)
        assert other.read_text("utf-8") == "// why\na();\n"

    def test_a_slip_is_said_with_its_place(self, tmp_path: Path) -> None:
        """The build stops, instead of publishing a page without a quiz."""
        write(tmp_path, "quiz/quiz.mjs", "a(;\n")
        with pytest.raises(RuntimeBuildError, match=r"quiz\.mjs:1:2"):
            slim(ROOT, tmp_path)
