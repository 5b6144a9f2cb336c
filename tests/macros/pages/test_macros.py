"""What the pages of the playbook can ask for."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import jinja2
import pytest
from mkdocs.utils.meta import get_data

import macros
from cxquiz.authoring.model_file import load_model
from macros.pages import macros as page_macros
from macros.pages.documents import PageSource, read_pages

if TYPE_CHECKING:
    from collections.abc import Callable

MODEL: Final = load_model()
REPOSITORY: Final = Path(macros.__file__).parents[1]
PAGES: Final = sorted((REPOSITORY / "docs").rglob("*.md"))
CONTRIBUTING: Final = REPOSITORY / "CONTRIBUTING.md"
MACROS: Final = [name for name in vars(page_macros.PageMacros) if not name.startswith("_")]


def page(url: str, **meta: object) -> SimpleNamespace:
    """Return a page as MkDocs knows it."""
    source = f"{url.rstrip('/') or 'index'}.md"
    return SimpleNamespace(url=url, meta=meta, file=SimpleNamespace(src_uri=source))


def page_of_zensical(source: str) -> SimpleNamespace:
    """Return the page of a file as Zensical knows it."""
    return SimpleNamespace(path=source)


class Environment:
    """What mkdocs-macros and Zensical pass: a page, the configuration, and a place for macros."""

    def __init__(self, url: str = "", **meta: object) -> None:
        """Stand at a page with this front matter."""
        self.page = page(url, **meta)
        self.conf: dict[str, Any] = {"site_url": "https://example.org/repo/", "extra": {"a": 1}}
        self.macros: dict[str, Callable[..., str]] = {}

    def macro(self, function: Callable[..., str], name: str) -> None:
        """Register a macro."""
        self.macros[name] = function


def defined(environment: Environment) -> dict[str, Callable[..., str]]:
    """Define the macros for a page and return them."""
    macros.define_env(environment)
    return environment.macros


def front_matter(page: Path) -> dict[str, Any]:
    """Return the front matter of a page."""
    _, meta = get_data(page.read_text(encoding="utf-8"))
    return dict(meta)


def named(page: Path) -> str:
    """Return a page's path as the id of a test."""
    return page.relative_to(REPOSITORY).as_posix()


class TestRoot:
    """Rule: a link that begins with the way to the root leads to the root."""

    @pytest.mark.parametrize(
        ("url", "root"),
        [
            ("", "./"),
            ("quiz/", "../"),
            ("relationships/partner/", "../../"),
            ("a/b/c/", "../../../"),
            ("about.html", "./"),
            ("relationships/partner.html", "../"),
        ],
    )
    def test_it_is_as_far_up_as_the_page_is_down(self, url: str, root: str) -> None:
        """The site may stand below any path."""
        assert page_macros.path_to_root(page(url)) == root

    @pytest.mark.parametrize(
        ("source", "root"),
        [
            ("index.md", "./"),
            ("quiz/index.md", "../"),
            ("relationships/partner.md", "../"),
            ("a/b/c.md", "../../"),
        ],
    )
    def test_in_zensical_it_is_as_far_up_as_the_file_is_down(self, source: str, root: str) -> None:
        """It leads links in HTML from file to file, like those in Markdown."""
        assert page_macros.path_to_root(page_of_zensical(source)) == root


class TestDocs:
    """Rule: a link from file to file leads to the file, whichever program builds the site."""

    @pytest.mark.parametrize(
        ("source", "docs"),
        [
            ("index.md", ""),
            ("quiz/index.md", "../"),
            ("relationships/partner.md", "../"),
            ("a/b/c.md", "../../"),
        ],
    )
    def test_it_is_as_far_up_as_the_file_is_down(self, source: str, docs: str) -> None:
        """MkDocs checks such links, so that none leads nowhere."""
        in_mkdocs = SimpleNamespace(file=SimpleNamespace(src_uri=source))
        assert page_macros.path_to_docs(in_mkdocs) == docs
        assert page_macros.path_to_docs(page_of_zensical(source)) == docs


class TestLens:
    """Rule: a page may name the questions that the quiz on it asks first."""

    @staticmethod
    def naming(quiz: object) -> PageSource:
        """Return a page whose front matter names these."""
        return PageSource("ideas/money.md", "Money", (), quiz)

    @pytest.mark.parametrize("page", read_pages(), ids=lambda page: page.path)
    def test_those_of_our_pages_exist(self, page: PageSource) -> None:
        """Found here in a moment, and not at the end of a build."""
        page_macros.check_lens(MODEL, page)

    @pytest.mark.parametrize("name", ["mony", "name", "", None, 7, ["money"], {"money": 1}])
    def test_what_is_no_scored_question_is_refused_with_page_and_names(self, name: object) -> None:
        """A slip stops the build instead of changing the quiz in silence."""
        with pytest.raises(page_macros.MacroError, match=r"docs/ideas/money\.md.*\bbuying\b"):
            page_macros.check_lens(MODEL, self.naming(["buying", name]))

    @pytest.mark.parametrize("value", ["money", None, True, 7, {"money": 1}])
    def test_what_is_no_list_is_refused(self, value: object) -> None:
        """A single word would be read letter by letter."""
        with pytest.raises(page_macros.MacroError, match="docs/ideas/money"):
            page_macros.check_lens(MODEL, self.naming(value))


class TestMacros:
    """Rule: each macro gives what its name says, for the page that is being built."""

    def test_the_table_links_to_all_relationships(self) -> None:
        """Some would rather look than answer."""
        html = defined(Environment("quiz/"))["relationships_table"]()
        for relationship in MODEL.relationships.values():
            assert f'href="../{relationship.page}"' in html

    @pytest.mark.parametrize(
        "name", ["definition", "criteria", "near_misses", "next_steps", "sources_of"]
    )
    def test_a_card_is_that_of_the_relationship(self, name: str) -> None:
        """Ten pages use the same macros."""
        macro = defined(Environment("a/b/"))[name]
        assert macro("partner") != macro("supplier")

    def test_links_on_a_card_lead_from_file_to_file(self) -> None:
        """The program that builds the site checks them."""
        page_macros = defined(Environment("a/b/"))
        assert "](../relationships/supplier.md)" in page_macros["near_misses"]("partner")
        assert "](../reference/sources.md#hayes)" in page_macros["cite"]("hayes")

    def test_lists_hold_the_whole_model(self) -> None:
        """The pages on sources and questions are these lists."""
        page_macros = defined(Environment())
        assert all(source in page_macros["all_sources"]() for source in MODEL.sources)
        assert all(question in page_macros["question_sections"]() for question in MODEL.questions)

    def test_a_figure_is_a_text(self) -> None:
        """It stands in the middle of a sentence."""
        assert defined(Environment())["estimation"]("minimum_answers").isdigit()


class TestDefinition:
    """Rule: all macros are defined, and what they draw on is read once."""

    def test_every_public_method_is_a_macro(self) -> None:
        """Adding one is one step."""
        assert list(defined(Environment())) == MACROS

    def test_what_macros_draw_on_is_read_once(self) -> None:
        """Zensical defines them anew for each page."""
        assert page_macros.read_facts() is page_macros.read_facts()

    def test_a_changed_file_is_read_again(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The server of `make serve` runs on while somebody writes."""
        file = tmp_path / "claims.toml"
        monkeypatch.setattr(page_macros, "_FILES", (file,))
        file.touch()
        before = page_macros.read_facts()
        os.utime(file, ns=(0, 0))
        assert page_macros.read_facts() is not before


class TestPages:
    """Rule: what the pages ask for is there."""

    @pytest.mark.parametrize("page", PAGES, ids=named)
    def test_front_matter_hides_no_macro(self, page: Path) -> None:
        """A key of the same name would take its place on that page."""
        assert not front_matter(page).keys() & {*MACROS}

    @pytest.mark.parametrize("page", PAGES, ids=named)
    def test_every_macro_that_is_called_answers(self, page: Path) -> None:
        """Found here in a moment, and not at the end of a build."""
        meta = front_matter(page)
        url = page.relative_to(REPOSITORY / "docs").with_suffix("").as_posix()
        url = url.removesuffix("index").rstrip("/")
        calls = defined(Environment(f"{url}/" if url else "", **meta))
        site = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False)  # noqa: S701 - Markdown, as in mkdocs-macros
        site.from_string(page.read_text(encoding="utf-8")).render(**calls)

    def test_every_macro_is_documented(self) -> None:
        """Who writes a page looks there."""
        text = CONTRIBUTING.read_text(encoding="utf-8")
        assert [name for name in MACROS if f"{name}(" not in text] == []
