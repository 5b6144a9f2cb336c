"""The quiz as the theme puts it on every page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import jinja2
import pytest

from cxquiz.authoring.model_file import load_model
from cxquiz.quiz.session import Session, current_screen
from cxquiz.quiz.steps import SCREEN_FIELD
from macros.pages import partials
from macros.runtime.manifest import ROOT, RuntimeMissingError
from tests.cxquiz.markup import Element, parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MODEL: Final = load_model()
RUNTIME: Final = '{"folder":"a/","files":{}}'
PARTIALS: Final = partials.partials(MODEL, RUNTIME)
QUIZ_PARTIAL: Final = (ROOT / "macros" / "theme" / "quiz.html").read_text(encoding="utf-8")


def on_page(base_url: str, meta: Mapping[str, object] | None = None) -> list[Element]:
    """Return what the theme puts on a page; on one for unknown addresses without front matter."""
    assets = {"assets.html": '{% set folder = "assets/bundled-0" %}'}
    texts = {f"generated/{name}": text for name, text in {**PARTIALS, **assets}.items()}
    theme = jinja2.Environment(
        loader=jinja2.DictLoader({**texts, "quiz.html": QUIZ_PARTIAL}),
        autoescape=False,  # noqa: S701 - as MkDocs has it
    )
    theme.filters["url"] = lambda path: path
    around = None if meta is None else {"meta": meta}
    html = theme.get_template("quiz.html").render(base_url=base_url, page=around)
    return parse(html).elements


def quiz_on(base_url: str, meta: Mapping[str, object] | None = None) -> dict[str, str]:
    """Return the attributes of the quiz on a page."""
    (quiz,) = [it for it in on_page(base_url, meta) if it.tag == "cx-quiz"]
    return dict(quiz.attributes)


def first_screen(meta: Mapping[str, object] | None) -> str:
    """Return the question that the quiz on a page begins with."""
    (screen,) = [it for it in on_page(".", meta) if it.attributes.get("name") == SCREEN_FIELD]
    return str(screen.attributes["value"])


class TestPage:
    """Rule: the quiz on a page goes by the page's front matter and its place."""

    @pytest.mark.parametrize(
        ("base_url", "root"),
        [(".", "./"), ("../..", "../../"), ("/", "/"), ("/repo/", "/repo/"), ("/repo", "/repo/")],
    )
    def test_its_links_lead_to_the_root(self, base_url: str, root: str) -> None:
        """A page for unknown addresses is shown at any depth, so it has the site's path."""
        assert quiz_on(base_url, {})["root"] == root
        links = [it.attributes["href"] for it in on_page(base_url, {}) if it.tag == "a"]
        assert [it for it in links if not it.startswith((root, "#"))] == []

    @pytest.mark.parametrize("question", MODEL.questions)
    def test_it_asks_the_pages_questions_first(self, question: str) -> None:
        """The quiz fits what the reader is reading about."""
        meta = {"quiz": [question, "money"]}
        assert first_screen(meta) == question
        assert quiz_on(".", meta)["lens"] == f"{question} money"

    @pytest.mark.parametrize("meta", [None, {}, {"quiz": []}])
    def test_else_it_begins_with_the_question_that_tells_most(
        self, meta: Mapping[str, object] | None
    ) -> None:
        """Many pages name none, and the one for unknown addresses has no front matter."""
        assert first_screen(meta) == current_screen(MODEL, Session())
        assert quiz_on(".", meta)["lens"] == ""

    def test_a_page_may_start_python_when_it_is_idle(self) -> None:
        """Readers open the quiz's own page to answer; others to read."""
        assert quiz_on(".", {"quiz_start": "idle"})["start"] == "idle"
        assert quiz_on(".", {})["start"] == ""

    def test_it_knows_the_runtime(self) -> None:
        """As the script reads it."""
        assert quiz_on(".")["runtime"] == RUNTIME


class TestWording:
    """Rule: wording is no template."""

    @pytest.mark.parametrize("mark", ["{{", "{%", "{#"])
    def test_what_a_template_would_read_is_refused(self, mark: str) -> None:
        """It would go, or stop the build with an error that names no place."""
        money = replace(MODEL.questions["money"], text=f"Who {mark} pays?")
        model = replace(MODEL, questions={**MODEL.questions, "money": money})
        with pytest.raises(partials.PartialError, match="wording"):
            partials.partials(model, RUNTIME)


class TestFolder:
    """Rule: the theme has the quiz of this model and this runtime, and no other."""

    def test_what_belongs_to_no_question_goes(self, tmp_path: Path) -> None:
        """A question may have had another id."""
        (tmp_path / "quiz-old.html").touch()
        partials.write_partials(RUNTIME, tmp_path)
        assert {it.name for it in tmp_path.iterdir()} == PARTIALS.keys()

    def test_what_stays_the_same_is_not_written(self, tmp_path: Path) -> None:
        """A server that watches the theme would build the site for nothing."""
        partials.write_partials(RUNTIME, tmp_path)
        before = {it: it.stat().st_mtime_ns for it in tmp_path.iterdir()}
        partials.write_partials(RUNTIME, tmp_path)
        assert {it: it.stat().st_mtime_ns for it in tmp_path.iterdir()} == before

    def test_another_runtime_is_another_quiz(self, tmp_path: Path) -> None:
        """The page names its files."""
        partials.write_partials(RUNTIME, tmp_path)
        partials.write_partials("{}", tmp_path)
        assert 'runtime="{}"' in (tmp_path / "quiz.html").read_text("utf-8")


class TestCommand:
    """Rule: the step before a build says in one line what stops it."""

    def test_it_ends_well(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """And says nothing."""
        monkeypatch.setattr(partials, "runtime_attribute", lambda: RUNTIME)
        monkeypatch.setattr(partials, "GENERATED", tmp_path)
        assert partials.main() == 0
        assert (tmp_path / "quiz.html").is_file()

    def test_a_missing_runtime_is_named(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """With the way to one."""

        def missing() -> str:
            raise RuntimeMissingError("Run `make build`.")

        monkeypatch.setattr(partials, "runtime_attribute", missing)
        assert partials.main() == 1
        assert "make build" in capsys.readouterr().err
