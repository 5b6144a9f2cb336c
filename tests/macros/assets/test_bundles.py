"""What the site makes of the browser's own files."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from macros.assets.bundles import SOURCES, bundle, own_files
from macros.release.release import is_fingerprinted
from macros.runtime.errors import RuntimeBuildError
from macros.runtime.manifest import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with the tools, and no script or style yet."""
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    (tmp_path / "macros" / "assets").mkdir(parents=True)
    shutil.copy(ROOT / "macros" / "assets" / "bundle.mjs", tmp_path / "macros" / "assets")
    return tmp_path


def write(root: Path, name: str, text: str) -> Path:
    """Write a script or style."""
    path = root / SOURCES / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


class TestBundles:
    """Rule: readers get our files small and few, in a folder named by their content."""

    def made(self, root: Path, **others: str) -> dict[str, str]:
        """Bundle, and return what is then in the folder."""
        folder = root / "docs" / bundle(root, others)
        return {
            path.relative_to(folder).as_posix(): path.read_text("utf-8")
            for path in folder.rglob("*.*")
        }

    def test_modules_and_styles_get_small(self, root: Path) -> None:
        """A reader downloads them with each new version."""
        write(root, "quiz/quiz.mjs", "// why\nglobalThis.a( 1 );\n")
        write(root, "site.css", "/* why */\na {\n  color: red;\n}\n")
        small = {"quiz/quiz.mjs": "globalThis.a(1);\n", "site.css": "a{color:red}\n"}
        assert self.made(root) == small

    def test_a_module_takes_in_what_it_imports(self, root: Path) -> None:
        """The browser would learn of each further file too late."""
        write(root, "quiz/quiz.mjs", 'import { a } from "./a.mjs";\na();\n')
        write(root, "quiz/a.mjs", "export const a = () => alert(1);\n")
        made = self.made(root)
        assert list(made) == ["quiz/quiz.mjs"]
        assert "alert(1)" in made["quiz/quiz.mjs"]

    def test_what_is_imported_later_stays_a_file(self, root: Path) -> None:
        """Most readers never need it."""
        write(root, "quiz/quiz.mjs", 'import("./files.mjs").then((it) => it.a());\n')
        write(root, "quiz/files.mjs", "export const a = () => alert(1);\n")
        made = self.made(root)
        assert 'import("./files.mjs")' in made["quiz/quiz.mjs"]
        assert "alert(1)" in made["quiz/files.mjs"]

    def test_a_module_that_one_imports_now_and_another_later_is_both(self, root: Path) -> None:
        """A part of the first, and a file for the second."""
        write(root, "quiz/quiz.mjs", 'import("../offline/a.mjs").then((it) => it.a());\n')
        write(root, "offline/keep.mjs", 'import { a } from "./a.mjs";\na();\n')
        write(root, "offline/a.mjs", "export const a = () => alert(1);\n")
        made = self.made(root)
        assert "alert(1)" in made["offline/keep.mjs"]
        assert "alert(1)" in made["offline/a.mjs"]

    def test_the_worker_stays_legible(self, root: Path) -> None:
        """An error in it names its line, and only who answers downloads it."""
        write(root, "quiz/worker.mjs", "function start() {\n  start();\n}\nstart();\n")
        assert "function start() {\n  start();\n}" in self.made(root)["quiz/worker.mjs"]

    @pytest.mark.parametrize("name", ["quiz/runtime/pyodide.mjs", "icons/a.mjs"])
    def test_others_are_not_ours(self, root: Path, name: str) -> None:
        """Pyodide's are checked by their hash, where they stand."""
        write(root, name, "a();\n")
        assert own_files(root / SOURCES) == []

    def test_what_was_made_before_is_replaced(self, root: Path) -> None:
        """A folder of each release ever built would be published."""
        write(root, "quiz/quiz.mjs", "a(1);\n")
        before = bundle(root, {})
        write(root, "quiz/quiz.mjs", "a(2);\n")
        after = bundle(root, {})
        assert before != after
        assert [it.name for it in (root / SOURCES).glob("bundled-*")] == [after.split("/")[1]]

    def test_the_same_content_has_the_same_name(self, root: Path) -> None:
        """A release that changes words alone lets browsers keep the scripts."""
        module = write(root, "quiz/quiz.mjs", "a(1);\n")
        before = bundle(root, {})
        module.write_text("// why\na(1);\n", "utf-8")
        assert bundle(root, {}) == before
        assert is_fingerprinted(f"{before}/quiz/quiz.mjs")

    def test_others_stand_beside_them(self, root: Path) -> None:
        """They are named by their content, too."""
        write(root, "site.css", "")
        assert self.made(root, **{"search.js": "a"})["search.js"] == "a"
        assert bundle(root, {"search.js": "a"}) != bundle(root, {"search.js": "b"})

    def test_a_slip_is_said_with_its_place(self, root: Path) -> None:
        """The build stops, instead of publishing a page without a quiz."""
        write(root, "quiz/quiz.mjs", "a(;\n")
        with pytest.raises(RuntimeBuildError, match=r"quiz\.mjs:1:2"):
            bundle(root, {})

    def test_a_style_that_names_a_file_beside_it_is_refused(self, root: Path) -> None:
        """From its new place it would not find it, and nobody would notice."""
        write(root, "icons/icon.svg", "<svg/>")
        write(root, "site.css", "a { mask: url('icons/icon.svg') }")
        with pytest.raises(RuntimeBuildError, match=r"icons/icon\.svg"):
            bundle(root, {})
