"""What the site makes of the browser's own files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from macros.assets.bundles import slim
from macros.runtime.errors import RuntimeBuildError
from macros.runtime.manifest import ROOT

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
        slim(ROOT, tmp_path, tmp_path / "cache")
        assert module.read_text("utf-8") == "globalThis.a(1);\n"
        assert styles.read_text("utf-8") == "a{color:red}\n"

    def test_a_module_takes_in_what_it_imports(self, tmp_path: Path) -> None:
        """The browser would learn of each further file too late."""
        module = write(tmp_path, "quiz/quiz.mjs", 'import { a } from "./a.mjs";\na();\n')
        taken = write(tmp_path, "quiz/a.mjs", "export const a = () => alert(1);\n")
        slim(ROOT, tmp_path, tmp_path / "cache")
        assert "alert(1)" in module.read_text("utf-8")
        assert not taken.exists()

    def test_what_is_imported_later_stays_a_file(self, tmp_path: Path) -> None:
        """Most readers never need it."""
        module = write(tmp_path, "quiz/quiz.mjs", 'import("./files.mjs").then((it) => it.a());\n')
        later = write(tmp_path, "quiz/files.mjs", "export const a = () => alert(1);\n")
        slim(ROOT, tmp_path, tmp_path / "cache")
        assert 'import("./files.mjs")' in module.read_text("utf-8")
        assert "alert(1)" in later.read_text("utf-8")

    def test_the_worker_stays_legible(self, tmp_path: Path) -> None:
        """An error in it names its line, and only who answers downloads it."""
        worker = write(tmp_path, "quiz/worker.mjs", "function start() {\n  start();\n}\nstart();\n")
        slim(ROOT, tmp_path, tmp_path / "cache")
        assert "function start() {\n  start();\n}" in worker.read_text("utf-8")

    @pytest.mark.parametrize("name", ["quiz/runtime/pyodide.mjs", "javascripts/bundle.mjs"])
    def test_others_stay_as_they_are(self, tmp_path: Path, name: str) -> None:
        """Some are checked by their hash, and some are not ours."""
        other = write(tmp_path, name, "// why\na();\n")
        write(tmp_path, "quiz/quiz.mjs", "a();\n")
        slim(ROOT, tmp_path, tmp_path / "cache")
        assert other.read_text("utf-8") == "// why\na();\n"

    def test_what_was_made_before_is_taken(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Node.js takes long to start, and most builds change no script."""
        sites = [tmp_path / name for name in ("one", "other")]
        for site in sites:
            write(site, "quiz/quiz.mjs", 'import { a } from "./a.mjs";\na();\n')
            write(site, "quiz/a.mjs", "export const a = () => alert(1);\n")
        slim(ROOT, sites[0], tmp_path / "cache")
        monkeypatch.setattr("macros.assets.bundles.run_node", None)
        slim(ROOT, sites[1], tmp_path / "cache")
        one, other = ([*site.glob("assets/quiz/*")] for site in sites)
        assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]

    def test_what_was_made_long_before_goes(self, tmp_path: Path) -> None:
        """Whoever works on a script builds it very often."""
        for number in range(10):
            write(tmp_path, "quiz/quiz.mjs", f"a({number});\n")
            (tmp_path / "cache" / str(number)).mkdir(parents=True)
        slim(ROOT, tmp_path, tmp_path / "cache")
        assert len([*(tmp_path / "cache").iterdir()]) == 8

    def test_a_slip_is_said_with_its_place(self, tmp_path: Path) -> None:
        """The build stops, instead of publishing a page without a quiz."""
        write(tmp_path, "quiz/quiz.mjs", "a(;\n")
        with pytest.raises(RuntimeBuildError, match=r"quiz\.mjs:1:2"):
            slim(ROOT, tmp_path, tmp_path / "cache")
