"""The result: it shows all that is explained, and leads on from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cxquiz.authoring.loader import build_model
from cxquiz.classifier.explanation import explain
from cxquiz.html.screens import render_step
from cxquiz.quiz.session import RESULT, Session
from cxquiz.quiz.steps import Step
from tests.cxquiz.examples import SMALL, small_raw
from tests.cxquiz.explained import EXAMPLES, HINT, NEAR, TIED, TODAY, texts_in
from tests.cxquiz.markup import Document, parse

if TYPE_CHECKING:
    from cxquiz.classifier.answers import Answers
    from cxquiz.model.types import Model


def read(entries: Answers, model: Model = SMALL, *, today: str = "") -> Document:
    """Render the result of a session and read it back."""
    screen = render_step(model, Step(Session(entries), RESULT), root="/site/", today=today)
    return parse(screen.html)


def texts(document: Document, tag: str, *inside: str) -> list[str]:
    """Return the texts of elements that stand inside others."""
    return [item.text for item in document.all(tag) if {*inside} <= {*item.parents}]


def actions(document: Document) -> list[str]:
    """Return what the buttons do that Python answers, in order."""
    buttons = [item.attributes for item in document.all("button")]
    return [one["value"] for one in buttons if "value" in one]


def links(document: Document) -> set[str]:
    """Return where the links lead."""
    return {item.attributes["href"] for item in document.all("a")}


class TestExplanation:
    """Rule: all that is explained is shown."""

    @pytest.mark.parametrize(("model", "entries"), EXAMPLES)
    def test_each_text_is_there_and_no_empty_element(self, model: Model, entries: Answers) -> None:
        """The same is said on every screen; an empty box says nothing."""
        document = read(entries, model, today=TODAY)
        shown = " ".join(document.text.split())
        wanted = texts_in(explain(model, entries, today=TODAY))
        assert [text for text in wanted if " ".join(text.split()) not in shown] == []
        assert all(item.text for tag in ("p", "li", "h4", "h5", "ul") for item in document.all(tag))

    @pytest.mark.parametrize(
        ("entries", "title"),
        [
            ({}, "result_none_title"),
            (HINT, "result_hint_title"),
            (TIED, "two_title"),
            (NEAR, "The near"),
        ],
    )
    def test_the_title_says_the_same_as_the_heading(self, entries: Answers, title: str) -> None:
        """The tab and the page agree."""
        screen = render_step(SMALL, Step(Session(entries), RESULT), root="/")
        (heading,) = parse(screen.html).all("h3")
        assert screen.title == title
        assert heading.text == title

    def test_contradictions_offer_to_change_each_answer(self) -> None:
        """One of them is probably wrong."""
        offered = actions(read({"where": ("here",), "what": ("give", "take"), "how": ("for",)}))
        assert offered.index("change:where") < offered.index("more")
        assert offered.count("change:where") == offered.count("change:what") == 2

    def test_flags_and_disputes_link_to_their_pages(self) -> None:
        """Each is explained somewhere."""
        document = read({"where": ("here",), "what": ("take",), "how": ("with",)})
        assert {"/site/pages/near_or_far/", "/site/pages/both_ways/"} <= links(document)

    def test_evidence_names_its_sources_and_leads_to_what_explains_it(self) -> None:
        """Nobody has to believe it."""
        document = read(NEAR)
        assert "sources_label The book" in document.text
        assert {"/site/pages/where/", "/site/pages/what/", "/site/pages/how/"} <= links(document)

    def test_a_way_to_go_on_names_its_sources_and_leads_to_its_page(self) -> None:
        """It is advice to act on."""
        document = read(NEAR)
        assert "sources_label The talk" in document.text
        assert {"/site/pages/closer/", "/site/pages/apart/"} <= links(document)

    def test_a_relationship_without_a_caution_has_none(self) -> None:
        """An empty box warns of nothing."""
        raw = small_raw()
        del raw["relationship"][0]["caution"]
        screen = render_step(build_model(raw), Step(Session(NEAR), RESULT), root="/")
        assert "take care" not in screen.html

    def test_answer_by_answer_tells_what_each_would_change(self) -> None:
        """Whoever doubts an answer sees what hangs on it; the rest is said to be the same."""
        own = {"where": ("here",), "what": ("take",), "rest": ("yes",)}
        document = read(own)
        assert texts(document, "dt", "details") == ["short where", "short what", "short rest"]
        assert texts(document, "dd", "details") == [
            "changes_item suppose that where is there changes_to The far",
            "changes_item suppose that what is nothing changes_to The else",
            "changes_same",
        ]


class TestWaysOn:
    """Rule: from the result the reader can go on, change and begin anew."""

    @pytest.mark.parametrize("entries", [{}, HINT, TIED, NEAR])
    def test_the_reader_can_begin_anew(self, entries: Answers) -> None:
        """The next relationship is waiting."""
        assert "restart" in actions(read(entries))

    @pytest.mark.parametrize("entries", [HINT, TIED])
    def test_the_question_that_tells_most_can_be_answered_first(self, entries: Answers) -> None:
        """It is what would help."""
        assert actions(read(entries))[0] == f"change:{explain(SMALL, entries).ask_next}"

    @pytest.mark.parametrize("entries", [{}, HINT, TIED, NEAR])
    def test_while_a_question_can_tell_something_more_is_offered(self, entries: Answers) -> None:
        """Who wants to be surer can be."""
        assert "more" in actions(read(entries))

    def test_where_nothing_is_left_to_ask_more_is_not_offered(self) -> None:
        """A button that does nothing is a broken promise."""
        everything = {
            question.id: tuple(question.options)[:1] for question in SMALL.questions.values()
        }
        assert "more" not in actions(read(everything))

    def test_every_answer_can_be_changed(self) -> None:
        """One of them at a time."""
        assert [action for action in actions(read(NEAR)) if action.startswith("change")] == [
            "change:where",
            "change:what",
            "change:how",
        ]
