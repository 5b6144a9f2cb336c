"""The quiz as it stands in a page before any script has run."""

from __future__ import annotations

import json
from collections import Counter
from typing import Final

import pytest

from cxquiz.authoring.page import render_page_quiz
from cxquiz.authoring.paper import render_glance, render_paper
from cxquiz.html.screens import render_step
from cxquiz.quiz.session import Session, current_screen
from cxquiz.quiz.steps import SCREEN_FIELD, Step
from tests.cxquiz.examples import MODEL, SMALL
from tests.cxquiz.markup import REFERENCES, Element, parse

ROOT: Final = "../../"
RUNTIME: Final = json.dumps({"folder": "<&\"'>"})
PAGE: Final = parse(
    render_page_quiz(MODEL, first="money", lens="money buying", root=ROOT, runtime=RUNTIME)
)


def quiz() -> Element:
    """Return the quiz element."""
    (element,) = PAGE.all("cx-quiz")
    return element


class TestPageQuiz:
    """Rule: the page has all that the script needs, and works without it."""

    def test_the_first_question_is_there_already(self) -> None:
        """It can be read before anything has loaded, and where nothing loads at all."""
        step = Step(Session(), current_screen(SMALL, Session()))
        html = render_page_quiz(SMALL, root="/", runtime="{}")
        assert render_step(SMALL, step, root="/").html in html

    def test_it_is_the_first_of_the_pages_questions(self) -> None:
        """The quiz fits what the reader is reading about."""
        (screen,) = [item for item in PAGE.elements if item.attributes.get("name") == SCREEN_FIELD]
        assert screen.attributes["value"] == "money"

    def test_the_script_finds_root_lens_and_runtime(self) -> None:
        """Data travels as attributes, never inside source code."""
        assert quiz().attributes == {"root": ROOT, "lens": "money buying", "runtime": RUNTIME}

    def test_a_page_may_start_python_when_it_is_idle(self) -> None:
        """Readers open the quiz's own page to answer; others to read."""
        html = render_page_quiz(SMALL, root="/", runtime="{}", start="idle")
        (found,) = parse(html).all("cx-quiz")
        assert found.attributes["start"] == "idle"
        assert "start" not in quiz().attributes

    @pytest.mark.parametrize(
        "name",
        [
            *(
                "screen",
                "status",
                "loading",
                "opening",
                "notice",
                "storage",
                "copied",
                "copy-failed",
            ),
            *("resume", "go-on", "failure", "failure-heading", "retry", "detail"),
        ],
    )
    def test_the_script_finds_its_places(self, name: str) -> None:
        """Each state of the quiz has its screen, made when the site was built."""
        found = [item for item in PAGE.elements if item.attributes.get("data-cx") == name]
        assert len(found) == 1

    @pytest.mark.parametrize(
        "name", ["loading", "opening", "failure", "resume", "storage", "copied", "copy-failed"]
    )
    def test_states_that_have_not_come_are_not_shown(self, name: str) -> None:
        """The page says nothing of a failure that has not happened."""
        (state,) = [item for item in PAGE.elements if item.attributes.get("data-cx") == name]
        assert state.tag == "template"
        assert state.text.strip()

    def test_without_script_the_page_says_what_to_do(self) -> None:
        """And the paper version is there for it."""
        (notice,) = PAGE.all("noscript")
        assert notice.text == MODEL.say("no_script")
        assert "cx-paper" in PAGE.ids

    def test_it_is_left_out_of_the_sites_search(self) -> None:
        """It stands on every page, and would be found on every page."""
        assert "data-search-exclude" in PAGE.elements[0].attributes

    def test_each_id_is_there_once_and_every_reference_finds_one(self) -> None:
        """In the whole block, paper version included."""
        assert [name for name, count in Counter(PAGE.ids).items() if count > 1] == []
        for item in PAGE.elements:
            for name in REFERENCES:
                assert set(item.attributes.get(name, "").split()) <= set(PAGE.ids)

    def test_links_start_at_the_root_or_stay_on_the_page(self) -> None:
        """The site may stand below any path."""
        for link in PAGE.all("a"):
            href = link.attributes["href"]
            assert href.startswith(ROOT) or href.removeprefix("#") in PAGE.ids

    def test_a_page_that_names_none_begins_with_the_one_that_tells_most(self) -> None:
        """Most pages have none."""
        page = parse(render_page_quiz(MODEL, root="/", runtime="{}"))
        (screen,) = [item for item in page.elements if item.attributes.get("name") == SCREEN_FIELD]
        assert screen.attributes["value"] == current_screen(MODEL, Session())


class TestPaper:
    """Rule: everything can be read and printed without any script."""

    def test_all_questions_and_options_are_there(self) -> None:
        """Who prints it can answer all of it."""
        text = parse(render_paper(MODEL, root="/")).text
        for question in MODEL.questions.values():
            assert question.text in text
            for option in question.options.values():
                assert option.text in text

    def test_questions_with_several_answers_say_so(self) -> None:
        """On paper nothing else tells."""
        text = parse(render_paper(SMALL, root="/")).text
        assert text.count("tick_all") == sum(q.kind == "many" for q in SMALL.questions.values())

    def test_all_relationships_are_there_with_their_signs_and_links(self) -> None:
        """Some would rather look than answer."""
        document = parse(render_glance(MODEL, root=ROOT))
        for relationship in MODEL.relationships.values():
            assert relationship.short in document.text
            assert all(sign in document.text for sign in relationship.criteria)
        assert [link.attributes["href"] for link in document.all("a")] == [
            ROOT + relationship.page for relationship in MODEL.relationships.values()
        ]

    def test_every_cell_has_a_header_for_its_row_and_its_column(self) -> None:
        """A screen reader says them with the cell."""
        document = parse(render_glance(MODEL, root="/"))
        scopes = Counter(item.attributes["scope"] for item in document.all("th"))
        assert scopes == {"col": 3, "row": len(MODEL.relationships)}

    def test_a_table_that_scrolls_can_be_reached_by_keyboard(self) -> None:
        """On a phone it is wider than the screen."""
        box = parse(render_glance(MODEL, root="/")).elements[0]
        assert box.attributes["tabindex"] == "0"
        assert box.attributes["aria-label"]
