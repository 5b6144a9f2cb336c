"""What the pages of the playbook can ask for."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import jinja2
import markdown  # type: ignore[import-untyped] # it comes without types
import pytest
from mkdocs.utils.meta import get_data

import macros
from cxquiz.model_file import load_model

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MODEL: Final = load_model()
REPOSITORY: Final = Path(macros.__file__).parents[1]
PAGES: Final = sorted((REPOSITORY / "docs").rglob("*.md"))
CONTRIBUTING: Final = REPOSITORY / "CONTRIBUTING.md"
MACROS: Final = [name for name in vars(macros.PageMacros) if not name.startswith("_")]


def page(url: str, **meta: object) -> SimpleNamespace:
    """Return a page as MkDocs knows it."""
    source = f"{url.rstrip('/') or 'index'}.md"
    return SimpleNamespace(url=url, meta=meta, file=SimpleNamespace(src_uri=source))


class Environment:
    """What mkdocs-macros and Zensical pass: a page, the configuration, and a place for macros."""

    def __init__(self, url: str = "", **meta: object) -> None:
        """Stand at a page with this front matter."""
        self.page = page(url, **meta)
        self.conf: dict[str, Any] = {"site_url": "https://example.org/repo/", "extra": {"a": 1}}
        self.macros: dict[str, Callable[..., str]] = {}
        self.markdown = ""

    def macro(self, function: Callable[..., str], name: str) -> None:
        """Register a macro."""
        self.macros[name] = function


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do without the runtime of the browser, which takes a build."""
    monkeypatch.setattr(macros, "runtime_attribute", lambda: "{}")


def defined(environment: Environment) -> dict[str, Callable[..., str]]:
    """Define the macros for a page and return them."""
    macros.define_env(environment)
    return environment.macros


def quiz_of(environment: Environment) -> str:
    """Return the quiz that the page gets."""
    defined(environment)["relationship_quiz"]()
    return str(environment.page.meta["quiz_html"])


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
        assert macros.path_to_root(url) == root


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
        in_zensical = SimpleNamespace(path=source)
        assert macros.path_to_docs(in_mkdocs) == docs
        assert macros.path_to_docs(in_zensical) == docs


class TestLens:
    """Rule: a page may name the questions that the quiz on it asks first."""

    def test_they_come_in_the_pages_order(self) -> None:
        """The author of the page decides."""
        lens = macros.lens_of(MODEL, {"quiz": ["money", "buying"]}, "page/")
        assert lens == ("money", "buying")

    @pytest.mark.parametrize("meta", [{}, {"quiz": []}, {"title": "A page"}])
    def test_without_any_there_is_none(self, meta: dict[str, Any]) -> None:
        """Most pages have none."""
        assert macros.lens_of(MODEL, meta, "page/") == ()

    @pytest.mark.parametrize("name", ["mony", "name", "", None, 7, ["money"], {"money": 1}])
    def test_what_is_no_scored_question_is_refused_with_page_and_names(self, name: object) -> None:
        """A slip stops the build instead of changing the quiz in silence."""
        with pytest.raises(macros.MacroError, match=r"page/.*\bmoney\b"):
            macros.lens_of(MODEL, {"quiz": ["buying", name]}, "page/")

    @pytest.mark.parametrize("value", ["money", None, True, 7, {"money": 1}])
    def test_what_is_no_list_is_refused(self, value: object) -> None:
        """A single word would be read letter by letter."""
        with pytest.raises(macros.MacroError, match="page/"):
            macros.lens_of(MODEL, {"quiz": value}, "page/")

    def test_the_start_page_has_no_address_and_is_named_all_the_same(self) -> None:
        """An error without a place helps nobody."""
        with pytest.raises(macros.MacroError, match=r"^\S+"):
            macros.lens_of(MODEL, {"quiz": "money"}, "")


class TestMacros:
    """Rule: each macro gives what its name says, for the page that is being built."""

    def test_the_quiz_asks_the_pages_questions_first(self) -> None:
        """The quiz fits the page."""
        html = quiz_of(Environment("quiz/", quiz=["money"]))
        assert 'lens="money"' in html
        assert 'root="../"' in html

    def test_the_quiz_goes_by_the_page_that_is_being_built(self) -> None:
        """Macros are defined once for the whole site."""
        environment = Environment("quiz/")
        quiz = defined(environment)["relationship_quiz"]
        quiz()
        environment.page = page("a/b/", quiz=["goal"])
        quiz()
        assert 'lens="goal"' in environment.page.meta["quiz_html"]
        assert 'root="../../"' in environment.page.meta["quiz_html"]

    def test_in_mkdocs_the_quiz_passes_by_markdown_and_the_search(self) -> None:
        """They would read it tag by tag, on every page."""
        environment = Environment("quiz/")
        assert defined(environment)["relationship_quiz"]() == macros.QUIZ_PLACE
        assert environment.page.meta["quiz_place"] == macros.QUIZ_PLACE

    def test_in_zensical_the_macro_is_the_quiz(self) -> None:
        """Its templates know only the front matter as it is written."""
        environment = Environment()
        environment.page = SimpleNamespace(url="quiz/", meta={}, path="quiz/index.md")
        assert "<cx-quiz" in defined(environment)["relationship_quiz"]()

    def test_a_wrong_lens_stops_the_build(self) -> None:
        """As everywhere."""
        with pytest.raises(macros.MacroError):
            defined(Environment("quiz/", quiz=["mony"]))["relationship_quiz"]()

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


class TestShortCut:
    """Rule: only a page that asks for nothing but the quiz is not made a template."""

    @staticmethod
    def filled(markdown: str, title: str = "A page", extensions: Sequence[str] = ()) -> Environment:
        """Return the environment after the step before the macros, for such a page."""
        environment = Environment("quiz/")
        environment.conf["markdown_extensions"] = extensions
        defined(environment)
        environment.page.title = title
        environment.markdown = markdown
        macros.on_pre_page_macros(environment)
        return environment

    def test_the_quiz_alone_needs_no_template(self) -> None:
        """Compiling one takes longer than the quiz itself."""
        environment = self.filled("Before\n\n{{ relationship_quiz() }}\n\nAfter")
        assert environment.markdown == f"Before\n\n{macros.QUIZ_PLACE}\n\nAfter"
        assert environment.page.meta["render_macros"] is False

    def test_where_markdown_can_the_place_is_a_paragraph(self) -> None:
        """Markdown reads it quicker than HTML."""
        environment = self.filled(
            "# Before\n\n{{ relationship_quiz() }}\n", extensions=["attr_list"]
        )
        html = markdown.markdown(environment.markdown, extensions=["attr_list"])
        assert html == f"<h1>Before</h1>\n{environment.page.meta['quiz_place']}"

    def test_in_the_midst_of_a_sentence_it_is_none(self) -> None:
        """The sentence would go."""
        environment = self.filled("Here: {{ relationship_quiz() }}", extensions=["attr_list"])
        assert environment.markdown == f"Here: {macros.QUIZ_PLACE}"

    @pytest.mark.parametrize(
        "markdown",
        [
            "No macro at all",
            '{{ cite("hayes") }}\n\n{{ relationship_quiz() }}',
            "{{ relationship_quiz() }}\n\n{% if page %}after{% endif %}",
            "{# nobody sees this #}\n\n{{ relationship_quiz() }}",
            "{{ relationship_quiz() }}\n\n{{ relationship_quiz() }}",
        ],
    )
    def test_any_other_page_is_a_template(self, markdown: str) -> None:
        """Else a reader would see the macro's name."""
        environment = self.filled(markdown)
        assert environment.markdown == markdown
        assert "render_macros" not in environment.page.meta

    def test_a_title_may_call_macros_too(self) -> None:
        """It is filled in with the page."""
        environment = self.filled("{{ relationship_quiz() }}", title="{{ a }}")
        assert "render_macros" not in environment.page.meta


class TestDefinition:
    """Rule: all macros are defined, and the page for unknown addresses has its quiz."""

    def test_every_public_method_is_a_macro(self) -> None:
        """Adding one is one step."""
        assert list(defined(Environment())) == MACROS

    @pytest.mark.parametrize(
        ("site_url", "root"),
        [
            ("https://example.org/repo/", "/repo/"),
            ("https://example.org/repo", "/repo/"),
            ("https://example.org/", "/"),
            ("https://example.org", "/"),
            ("", "/"),
            (None, "/"),
        ],
    )
    def test_the_page_for_unknown_addresses_goes_by_the_sites_path(
        self, site_url: str | None, root: str
    ) -> None:
        """It can be shown at any depth, so a relative way would lead astray."""
        environment = Environment()
        environment.conf["site_url"] = site_url
        defined(environment)
        assert f'root="{root}"' in environment.conf["extra"]["not_found_quiz"]

    @pytest.mark.parametrize("extra", [{"a": 1}, {}, None])
    def test_what_else_is_configured_stays(self, extra: dict[str, Any] | None) -> None:
        """The theme reads it."""
        environment = Environment()
        environment.conf["extra"] = extra
        defined(environment)
        assert (extra or {}).items() <= environment.conf["extra"].items()


@pytest.mark.skipif(not PAGES, reason="there are no pages yet")
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

    @pytest.mark.parametrize("page", PAGES, ids=named)
    def test_the_quiz_stands_there_once(self, page: Path) -> None:
        """A reader can take it wherever they are; twice, its ids would clash."""
        assert page.read_text(encoding="utf-8").count("{{ relationship_quiz(") == 1

    @pytest.mark.skipif(
        "relationship_quiz(" not in CONTRIBUTING.read_text(encoding="utf-8"),
        reason="CONTRIBUTING.md does not list the macros yet",
    )
    def test_every_macro_is_documented(self) -> None:
        """Who writes a page looks there."""
        text = CONTRIBUTING.read_text(encoding="utf-8")
        assert [name for name in MACROS if f"{name}(" not in text] == []
