"""The site's own scripts and styles are named by their content."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from macros.assets.fingerprints import ReleaseError, fingerprint, is_fingerprinted, lead_pages

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<link href="../assets/site.css"><link href="../assets/stylesheets/main.57a0d79d.min.css">
<script src="/playbook/assets/quiz/quiz.mjs"></script>
<a href="https://elsewhere.example/assets/site.css">assets/site.css</a>"""

FILES = {
    "a/index.html": PAGE,
    "assets/site.css": "a { color: red; background: url(data:image/png;base64,) }",
    "assets/quiz/quiz.mjs": 'import "./python.mjs";',
    "assets/quiz/python.mjs": "",
    "assets/quiz/runtime/pyodide-510ca1430523.mjs": "",
    "assets/stylesheets/main.57a0d79d.min.css": "",
    "assets/javascripts/lunr/tinyseg.js": "",
    "assets/icons/icon.svg": "",
}


def write(site: Path, **changed: str) -> None:
    """Write a small site; names in ``changed`` have ``__`` for a slash."""
    for name, content in {**FILES, **changed}.items():
        file = site / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")


def folder(site: Path) -> str:
    """Return the name of the folder that our files have been moved to."""
    (found,) = (site / "assets").glob("*/quiz/quiz.mjs")
    return found.parents[1].name


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site on which it was done."""
    write(tmp_path)
    lead_pages(tmp_path, fingerprint(tmp_path))
    return tmp_path


class TestFiles:
    """Rule: what may change its content without changing its name gets another name."""

    def test_our_scripts_and_styles_move_together(self, site: Path) -> None:
        """Modules find one another by relative names."""
        moved = site / "assets" / folder(site)
        assert (moved / "site.css").is_file()
        assert (moved / "quiz" / "python.mjs").is_file()
        assert not (site / "assets" / "quiz" / "quiz.mjs").exists()
        assert is_fingerprinted(f"assets/{moved.name}/site.css")

    @pytest.mark.parametrize("name", list(FILES)[4:])
    def test_all_else_stays(self, site: Path, name: str) -> None:
        """The theme's and the runtime's have a hash already, and pictures mix with nothing."""
        assert (site / name).is_file()

    def test_the_same_content_has_the_same_name(self, site: Path, tmp_path: Path) -> None:
        """A release that changes words alone lets browsers keep the scripts."""
        other = tmp_path / "other"
        write(other)
        (other / "a" / "index.html").write_text("<p>Other words</p>", encoding="utf-8")
        fingerprint(other)
        assert folder(other) == folder(site)

    def test_other_content_has_another_name(self, site: Path, tmp_path: Path) -> None:
        """One changed file is enough: modules work as a whole."""
        other = tmp_path / "other"
        write(other, **{"assets/quiz/python.mjs": "// changed"})
        fingerprint(other)
        assert folder(other) != folder(site)

    def test_doing_it_twice_changes_nothing(self, site: Path) -> None:
        """A site may be made ready again after a page was changed by hand."""
        before = sorted(site.rglob("*"))
        fingerprint(site)
        assert sorted(site.rglob("*")) == before

    def test_a_style_that_names_a_file_beside_it_is_refused(self, tmp_path: Path) -> None:
        """From its new place it would not find it, and nobody would notice."""
        write(tmp_path, **{"assets/site.css": "a { background: url('icons/icon.svg') }"})
        with pytest.raises(ReleaseError, match=r"assets/site\.css.*icons/icon\.svg"):
            fingerprint(tmp_path)


class TestPages:
    """Rule: pages load the files from their new place."""

    def test_relative_and_rooted_links_are_led_there(self, site: Path) -> None:
        """The page for unknown addresses has links from the host's root."""
        page = (site / "a" / "index.html").read_text(encoding="utf-8")
        assert f'href="../assets/{folder(site)}/site.css"' in page
        assert f'src="/playbook/assets/{folder(site)}/quiz/quiz.mjs"' in page

    def test_other_links_and_words_stay(self, site: Path) -> None:
        """Another site's file of the same name is another file."""
        page = (site / "a" / "index.html").read_text(encoding="utf-8")
        assert '<a href="https://elsewhere.example/assets/site.css">assets/site.css</a>' in page
        assert 'href="../assets/stylesheets/main.57a0d79d.min.css"' in page
