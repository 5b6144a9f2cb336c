"""The result: it says as much as the answers do, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cxquiz.loading import build_model
from cxquiz.quiz import Step
from cxquiz.render import render_step
from cxquiz.session import RESULT, Session
from tests.cxquiz.examples import SMALL, small_raw
from tests.cxquiz.markup import Document, parse

if TYPE_CHECKING:
    from cxquiz.answers import Answers

NEAR: Answers = {"where": ("here",), "what": ("take",), "how": ("for",)}
"""Clearly near."""
TIED: Answers = {"where": ("here",), "how": ("with",), "what": ("take", "give")}
"""As much near as far."""
HINT: Answers = {"where": ("here",)}
"""Too little to say."""


def read(entries: Answers) -> Document:
    """Render the result of a session of the small model and read it back."""
    screen = render_step(SMALL, Step(Session(entries), RESULT), root="/site/")
    return parse(screen.html)


def actions(document: Document) -> list[str]:
    """Return what the buttons do, in order."""
    return [item.attributes["value"] for item in document.all("button")]


def links(document: Document) -> set[str]:
    """Return where the links lead."""
    return {item.attributes["href"] for item in document.all("a")}


class TestHowMuchItSays:
    """Rule: the verdict decides how much is said."""

    def test_nothing_answered_says_nothing(self) -> None:
        """No relationship is named for want of evidence."""
        text = read({"name": ("Ada",)}).text
        assert "result_none" in text
        assert "They are" not in text

    def test_too_few_answers_are_a_hint_and_name_the_next_question(self) -> None:
        """The reader sees what would help most."""
        text = read(HINT).text
        assert "result_hint The near" in text
        assert "next_question What about" in text
        assert "why_title" not in text

    def test_two_readings_stand_side_by_side_with_the_question_that_separates(self) -> None:
        """A tie is not broken in silence."""
        text = read(TIED).text
        assert "They are near." in text
        assert "They are far." in text
        assert "two_question What about mood?" in text

    def test_one_reading_says_why_and_what_to_do(self) -> None:
        """That is what the reader came for."""
        text = read(NEAR).text
        for part in ("They are near.", "take care with near", "why_title", "a step for near"):
            assert part in text
        assert "They are far." not in text

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


class TestParts:
    """Rule: a part is there where it has something to say."""

    def test_others_that_hold_too_are_shown(self) -> None:
        """One does not exclude the other."""
        both = read({"where": ("here",), "how": ("for",), "what": ("give",)}).text
        assert "holds_too_title" in both
        assert "They are far." in both
        assert "holds_too_title" not in read(NEAR).text

    def test_in_two_readings_only_further_ones_hold_too(self) -> None:
        """The first two stand there already."""
        assert "holds_too_title" not in read(TIED).text

    def test_what_speaks_against_it_is_shown(self) -> None:
        """The reader sees the other side."""
        against = {"where": ("there",), "what": ("give",), "mood": ("warm",), "rest": ("no",)}
        assert "against_title" in read(against).text
        assert "against_title" not in read(NEAR).text

    def test_contradictions_offer_to_change_each_answer(self) -> None:
        """One of them is probably wrong."""
        document = read({"where": ("here",), "what": ("give", "take"), "how": ("for",)})
        assert "here and give do not go together" in document.text
        offered = actions(document)
        assert offered.index("change:where") < offered.index("more")
        assert offered.count("change:where") == offered.count("change:what") == 2

    def test_an_implausible_pair_is_mentioned(self) -> None:
        """An answer is probably wrong."""
        assert "near and far at once" in read({"where": ("here",), "how": ("with",)}).text

    def test_without_a_contradiction_nothing_is_said_of_any(self) -> None:
        """Nobody is made to doubt for nothing."""
        assert "contradictions_title" not in read(NEAR).text

    def test_flags_and_disputes_link_to_their_pages(self) -> None:
        """Each is explained somewhere."""
        document = read({"where": ("here",), "what": ("take",), "how": ("with",)})
        assert {"/site/pages/near_or_far/", "/site/pages/both_ways/"} <= links(document)
        assert "what near_or_far says" in document.text

    def test_flags_and_disputes_that_do_not_apply_are_not_there(self) -> None:
        """Only what fits the answers."""
        document = read({"where": ("there",), "what": ("give",), "how": ("with",)})
        assert "disputes_title" not in document.text
        assert "flags_title" not in document.text

    def test_what_would_change_it_names_answer_and_outcome(self) -> None:
        """The reader can look for that fact."""
        text = read({"where": ("here",), "rest": ("no",)}).text
        assert "where is there" in text
        assert "changes_to The far" in text

    def test_where_nothing_would_change_it_the_page_says_so(self) -> None:
        """That is worth knowing too."""
        assert "changes_none" in read({**NEAR, "mood": ("warm",), "rest": ("no",)}).text

    def test_no_more_than_a_few_changes_are_listed(self) -> None:
        """A long list is no insight."""
        raw = small_raw()
        raw["question"][4]["option"] = [
            {"id": f"o{number}", "text": f"option {number}", "weights": {"far": number}}
            for number in range(20)
        ]
        session = Session({"where": ("here",), "rest": ("o0",)})
        text = parse(render_step(build_model(raw), Step(session, RESULT), root="/").html).text
        assert 0 < text.count("changes_to") <= 5

    def test_advice_follows_what_was_said_on_the_last_page(self) -> None:
        """That is what the last page is for."""
        assert "advice on called far" in read({**NEAR, "called": ("far",)}).text
        assert "advice on" not in read(NEAR).text

    def test_a_beneficiary_is_named(self) -> None:
        """Both sides serve somebody."""
        assert "beneficiary_line Ada" in read({**NEAR, "beneficiary": ("Ada",)}).text
        assert "beneficiary_line" not in read(NEAR).text

    def test_the_other_direction_is_told(self) -> None:
        """A label says what they are to you; the mirror says the rest."""
        assert "you are far to them" in read(NEAR).text

    def test_evidence_names_its_sources(self) -> None:
        """Nobody has to believe it."""
        assert "sources_label The book" in read(NEAR).text

    def test_a_relationship_without_a_caution_has_none(self) -> None:
        """An empty box warns of nothing."""
        raw = small_raw()
        del raw["relationship"][0]["caution"]
        screen = render_step(build_model(raw), Step(Session(NEAR), RESULT), root="/")
        assert "take care" not in screen.html


class TestWaysOn:
    """Rule: from the result the reader can go on, change and begin anew."""

    @pytest.mark.parametrize("entries", [{}, HINT, TIED, NEAR])
    def test_the_reader_can_begin_anew(self, entries: Answers) -> None:
        """The next relationship is waiting."""
        assert "restart" in actions(read(entries))

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
