"""What is done to a built site before it is published."""

from __future__ import annotations

import hashlib
import json
import re
import struct
from typing import TYPE_CHECKING, Any, Final

import pytest
from mkdocs.utils.yaml import yaml_load

from macros.pages.documents import DOCS
from macros.release import __main__ as command
from macros.release import release
from macros.runtime.manifest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PAGE: Final = """<h1 id="b">Bread &amp; <em>butter</em><a class="headerlink" href="#b">¶</a></h1>
<script src="assets/javascripts/bundle.a5f9d56c.min.js"></script>
<script>{"search": "../assets/bundled-0123456789ab/search.js"}</script>
<cx-quiz runtime="{&quot;path&quot;:&quot;model-42c5bbb5b1f4.json.zst&quot;}"></cx-quiz>"""

NOT_FOUND: Final = """<link href="/assets/bundled-0123456789ab/site.css">
<div data-cx="not-found"><h1>No</h1>
<p>Nothing</p></div><cx-quiz></cx-quiz>"""

FILES: Final = {
    "index.html": PAGE,
    "quiz/index.html": PAGE,
    "a/index.html": f'{PAGE}<div data-bytes=""></div>',
    "404.html": NOT_FOUND,
    "sitemap.xml": "",
    "app.webmanifest": "{}",
    "search/search_index.json": "{}",
    "assets/icons/icon.svg": "<svg/>",
    "assets/site.css": "as it was written",
    "assets/quiz/quiz.mjs": "as it was written",
    "assets/bundled-0123456789ab/site.css": "",
    "assets/bundled-0123456789ab/search.js": "",
    "assets/javascripts/bundle.a5f9d56c.min.js": "bundle",
    "assets/javascripts/bundle.a5f9d56c.min.js.map": "map",
    "assets/javascripts/other.0123abcd.min.js": "not used",
    "assets/javascripts/workers/search.a7633da7.min.js": "search",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site as MkDocs builds it."""
    for name, content in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    model = tmp_path / "assets" / "quiz" / "runtime" / "model-42c5bbb5b1f4.json.zst"
    model.parent.mkdir(parents=True)
    model.write_bytes(b"model")
    return tmp_path


def listed(site: Path) -> dict[str, Any]:
    """Return the release that the site's service worker holds."""
    text = (site / release.SERVICE_WORKER).read_text(encoding="utf-8")
    found = re.search(r"^self\.release = (.*);$", text, re.MULTILINE)
    assert found
    return dict(json.loads(found[1]))


class TestList:
    """Rule: the service worker knows what pages are made of, and nothing else."""

    @pytest.fixture
    def content(self, site: Path) -> dict[str, Any]:
        """The list for the small site."""
        release.finish(site, offline=True)
        return listed(site)

    def test_pages_and_what_changes_with_them(self, content: dict[str, Any]) -> None:
        """By their addresses; the page for unknown ones is no page to keep."""
        assert content["pages"].keys() == {
            *("", "quiz/", "a/", "offline.html"),
            *("search/search_index.json", "search/texts.json"),
            *("app.webmanifest", "assets/icons/icon.svg"),
        }

    def test_files_that_pages_load(self, content: dict[str, Any]) -> None:
        """The theme brings more, and maps for its own developers."""
        names = {path.rpartition("/")[2] for path in content["files"]}
        assert names == {
            *("bundle.a5f9d56c.min.js", "search.js"),
            *("model-42c5bbb5b1f4.json.zst", "site.css"),
        }

    def test_scripts_as_they_were_written_are_not_published(self, site: Path) -> None:
        """Pages load the bundles."""
        release.finish(site, offline=True)
        left = [path for path in site.rglob("*") if path.is_file()]
        assert not [path for path in left if path.read_text("utf-8") == "as it was written"]

    def test_hashes_are_of_files_as_they_are_served(
        self, content: dict[str, Any], site: Path
    ) -> None:
        """What has been cut or changed on its way is not kept."""
        path = "assets/quiz/runtime/model-42c5bbb5b1f4.json.zst"
        data = (site / path).read_bytes()
        entry = content["files"][path]
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()
        assert entry["bytes"] == len(data)

    def test_pages_are_as_they_are_published(self, content: dict[str, Any], site: Path) -> None:
        """A hash of what a page was before its last change would let nothing be kept."""
        for path in ("", "a/"):
            data = (site / path / "index.html").read_bytes()
            assert content["pages"][path]["sha256"] == hashlib.sha256(data).hexdigest()

    def test_titles_stay_html(self, content: dict[str, Any]) -> None:
        """They become links, as they are."""
        assert content["pages"]["a/"]["title"] == "Bread &amp; butter"

    def test_the_quiz_is_kept_from_the_first_use_on(self, content: dict[str, Any]) -> None:
        """All files, the start, the quiz, and the page that says what is not kept."""
        shell = {path for path, entry in content["pages"].items() if entry.get("shell")}
        assert shell == {"", "quiz/", "offline.html"}
        assert all(entry.get("shell") for entry in content["files"].values())

    def test_a_page_with_buttons_is_told_the_size(
        self, content: dict[str, Any], site: Path
    ) -> None:
        """Readers want to know before they press."""
        size = sum(it["bytes"] for kind in ("pages", "files") for it in content[kind].values())
        found = re.search(r'data-bytes="(\d+)"', (site / "a" / "index.html").read_text("utf-8"))
        assert found
        assert size <= int(found[1]) < size + 200_000


class TestRelease:
    """Rule: a release is known by all that it is made of."""

    def test_the_same_site_is_the_same_release(self, site: Path) -> None:
        """Else each deployment of nothing new would be an update for every reader."""
        release.finish(site, offline=True)
        first = listed(site)
        release.finish(site, offline=True)
        assert listed(site) == first

    def test_one_changed_page_is_another_release(self, site: Path) -> None:
        """Readers get it."""
        release.finish(site, offline=True)
        first = listed(site)
        (site / "a" / "index.html").write_text("<h1>New</h1>", encoding="utf-8")
        release.finish(site, offline=True)
        assert listed(site)["id"] != first["id"]

    def test_another_service_worker_is_another_release(
        self, site: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Two must not fill, and throw away, the same cache."""
        release.finish(site, offline=True)
        first = listed(site)
        sources = tmp_path_factory.mktemp("macros")
        (sources / "service_worker.mjs").write_text("// another", encoding="utf-8")
        monkeypatch.setattr(release, "_HERE", sources)
        release.write_service_worker(site, offline=True)
        assert listed(site)["id"] != first["id"]


class TestOfflinePage:
    """Rule: the page that says “not kept” looks like the one that says “does not exist”."""

    def test_it_has_other_words(self, site: Path) -> None:
        """And the quiz that stands below them."""
        release.finish(site, offline=True)
        page = (site / release.OFFLINE_PAGE).read_text(encoding="utf-8")
        assert "not kept" in page
        assert "Nothing" not in page
        assert page.endswith("<cx-quiz></cx-quiz>")
        assert (site / "404.html").read_text(encoding="utf-8") == NOT_FOUND

    def test_the_service_worker_finds_the_place_for_links(self) -> None:
        """Both files name it."""
        worker = (ROOT / "macros" / "release" / "service_worker.mjs").read_text(encoding="utf-8")
        place = re.search(r'PLACE_FOR_LINKS = "(.*)"', worker)
        assert place
        assert place[1] in (ROOT / "macros/theme/not-kept.html").read_text(encoding="utf-8")

    def test_a_page_without_a_place_for_words_is_refused(self, site: Path) -> None:
        """Else the reader would see two pages in one, or none."""
        (site / "404.html").write_text(PAGE, encoding="utf-8")
        with pytest.raises(release.ReleaseError, match=r"404\.html"):
            release.finish(site, offline=True)

    def test_a_site_without_bundles_is_refused(self, site: Path) -> None:
        """Its pages load scripts as they were written, under names that stay the same."""
        (site / "404.html").write_text(PAGE.replace("bundled", ""), encoding="utf-8")
        with pytest.raises(release.ReleaseError, match="make build"):
            release.finish(site, offline=True)


class TestCommand:
    """Rule: what Zensical has built is made ready by a command."""

    def test_it_follows_mkdocs_yml(self, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """With `offline: false` the service worker is the one that takes itself away."""
        monkeypatch.setenv("OFFLINE", "false")
        assert command.main([str(site)]) == 0
        text = (site / release.SERVICE_WORKER).read_text(encoding="utf-8")
        assert "registration.unregister()" in text

    def test_without_the_variable_it_is_on(
        self, site: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As the site is published."""
        monkeypatch.delenv("OFFLINE", raising=False)
        assert command.main([str(site)]) == 0
        assert listed(site)["files"]

    def test_a_folder_without_a_site_is_named(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """With the way to one."""
        assert command.main([str(tmp_path)]) == 1
        assert re.search(rf"{tmp_path}.*make build", capsys.readouterr().err)


class TestManifest:
    """Rule: browsers learn from the manifest what to install."""

    MANIFEST: Final = json.loads((DOCS / "app.webmanifest").read_text(encoding="utf-8"))

    def test_it_has_the_sites_name(self) -> None:
        """Who gives the site another name changes it in both files."""
        config = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
        assert self.MANIFEST["name"] == config["site_name"]
        assert self.MANIFEST["description"] == config["site_description"]

    def test_its_addresses_are_relative(self) -> None:
        """The site may stand below any path."""
        addresses = [self.MANIFEST["start_url"], self.MANIFEST["scope"]]
        addresses += [icon["src"] for icon in self.MANIFEST["icons"]]
        assert [it for it in addresses if it.startswith("/") or ":" in it] == []

    def test_icons_have_the_sizes_that_it_says(self) -> None:
        """Browsers refuse others."""
        found = {
            icon["src"]: "{}x{}".format(
                *struct.unpack(">II", (DOCS / icon["src"]).read_bytes()[16:24])
            )
            for icon in self.MANIFEST["icons"]
            if icon["type"] == "image/png"
        }
        said = {icon["src"]: icon["sizes"] for icon in self.MANIFEST["icons"]}
        assert found == {src: said[src] for src in found}
        assert {"192x192", "512x512"} <= set(found.values())
