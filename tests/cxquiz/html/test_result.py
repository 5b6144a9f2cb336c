"""The result: it says as much as the answers do, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cxquiz.authoring.loader import build_model
from cxquiz.html.screens import render_step
from cxquiz.quiz.session import RESULT, Session
from cxquiz.quiz.steps import Step
from tests.cxquiz.examples import SMALL, small_raw
from tests.cxquiz.markup import Document, parse

if TYPE_CHECKING:
    from cxquiz.classifier.answers import Answers
    from cxquiz.model.types import Model

NEAR: Answers = {"where": ("here",), "what": ("take",), "how": ("for",)}
"""Clearly near."""
TIED: Answers = {"where": ("here",), "how": ("with",), "what": ("take", "give")}
"""As much near as far."""
HINT: Answers = {"where": ("here",)}
"""Too little to say."""


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

    def test_two_readings_stand_side_by_side_with_the_question_that_tells_most(self) -> None:
        """A tie is not broken in silence."""
        document = read(TIED)
        assert "They are near." in document.text
        assert "They are far." in document.text
        assert "next_question What about mood?" in document.text
        assert actions(document)[0] == "change:mood"

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

    def test_evidence_names_its_sources_and_leads_to_what_explains_it(self) -> None:
        """Nobody has to believe it."""
        document = read(NEAR)
        assert "sources_label The book" in document.text
        assert {"/site/pages/where/", "/site/pages/what/", "/site/pages/how/"} <= links(document)

    def test_a_relationship_without_a_caution_has_none(self) -> None:
        """An empty box warns of nothing."""
        raw = small_raw()
        del raw["relationship"][0]["caution"]
        screen = render_step(build_model(raw), Step(Session(NEAR), RESULT), root="/")
        assert "take care" not in screen.html


class TestStillOpen:
    """Rule: the result says how many open answers could still change it."""

    def test_none(self) -> None:
        """The reader can stop with a good conscience."""
        assert "open_none" in read({**NEAR, "mood": ("warm",)}).text

    def test_one(self) -> None:
        """One more question may be worth it."""
        own = {"where": ("here",), "rest": ("no",)}
        raw = small_raw()
        raw["question"][2]["option"][1]["weights"] = {"far": 4}
        assert "open_one" in read(own, build_model(raw)).text

    def test_several(self) -> None:
        """The number is that of the fewest that would do."""
        assert "open_several 2" in read({"where": ("here",), "how": ("for",)}).text

    def test_where_nothing_is_open_nothing_is_said(self) -> None:
        """What could that be?"""
        assert "open_" not in read({**NEAR, "mood": ("warm",), "rest": ("no",)}).text

    def test_it_is_not_said_of_two_readings(self) -> None:
        """There the question stands that would tell most."""
        assert "open_" not in read(TIED).text


class TestChanges:
    """Rule: the result names the smallest change of the answers that would change it."""

    def test_it_names_answer_and_outcome(self) -> None:
        """The reader can look for that fact."""
        document = read({"where": ("here",), "rest": ("no",)})
        smallest = [
            item
            for item in document.all("li")
            if "suppose" in item.text
            if "dl" not in item.parents
        ]
        assert [item.text for item in smallest] == [
            "changes_item suppose that where is there changes_to The far"
        ]
        assert "smallest_one" in document.text

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

    def test_several_answers_are_named_where_no_single_one_would_do(self) -> None:
        """The reader sees how firm it is."""
        document = read({"where": ("here",), "how": ("for",)})
        assert "smallest_several 2" in document.text
        assert [text for text in texts(document, "li", "section") if "suppose" in text] == [
            "suppose that where is there",
            "suppose that how is with",
        ]
        assert "changes_all The far" in document.text
        assert "changes_more" not in document.text

    def test_options_that_only_flip_together_are_counted_one_by_one(self) -> None:
        """The number that is told is the number of lines that follow."""
        raw = small_raw()
        raw["question"][1]["option"][0]["weights"] = {"else": 3}
        raw["question"][1]["option"][1]["weights"] = {"else": 3}
        raw["question"][1]["option"][2]["weights"] = {}
        own = {"where": ("here",), "how": ("for",), "what": ("nothing",)}
        raw["question"][0]["option"][1]["weights"] = {}
        raw["question"][2]["option"][0]["weights"] = {"near": 2}
        raw["question"][2]["option"][1]["weights"] = {}
        document = read(own, build_model(raw))
        assert "smallest_several 2" in document.text
        assert "suppose that what is take" in texts(document, "li")
        assert "suppose that what is give" in texts(document, "li")
        assert "changes_all The else" in document.text

    def test_where_nothing_would_change_it_the_page_says_so(self) -> None:
        """That is worth knowing too."""
        raw = small_raw()
        raw["question"][0]["option"][1]["weights"] = {"near": 3}
        raw["question"][2]["option"][1]["weights"] = {"near": 3}
        assert "changes_none" in read(NEAR, build_model(raw)).text
        assert "changes_none" not in read(NEAR).text


class TestToward:
    """Rule: the result says in which ways it may go on, and when to look again."""

    def test_the_ways_are_those_that_fit(self) -> None:
        """Nobody comes closer who is there already."""
        near = read(NEAR)
        assert "toward_now The near" in near.text
        assert texts(near, "h5") == ["Toward closer", "Toward apart"]
        assert {"/site/pages/closer/", "/site/pages/apart/"} <= links(near)
        far = read({"where": ("there",), "what": ("give",), "how": ("with",)})
        assert "toward_now The far" in far.text
        assert texts(far, "h5") == ["Toward closer"]

    def test_without_any_nothing_is_said(self) -> None:
        """A heading over nothing helps nobody."""
        raw = small_raw()
        for way in raw["toward"]:
            way["relationships"] = ["far"]
        assert "toward" not in read(NEAR, build_model(raw)).text.casefold()

    def test_the_way_that_was_answered_comes_first(self) -> None:
        """And is marked as the answer."""
        document = read({**NEAR, "changing": ("apart",)})
        assert texts(document, "h5") == ["Toward apart", "Toward closer"]
        assert document.text.count("toward_chosen") == 1
        assert document.text.index("toward_chosen") < document.text.index("Toward closer")
        assert "toward_chosen" not in read(NEAR).text

    def test_a_way_has_its_text_its_steps_and_its_sources(self) -> None:
        """It is advice to act on."""
        text = read(NEAR).text
        for part in ("what closer means", "a step toward closer", "sources_label The talk"):
            assert part in text

    def test_with_a_date_each_way_has_a_day_to_look_again(self) -> None:
        """Three months, and twelve."""
        document = read(NEAR, today="2026-11-22")
        assert "toward_review date 22 month2 2027" in document.text
        assert "toward_review date 22 month11 2027" in document.text

    @pytest.mark.parametrize("today", ["", "soon"])
    def test_without_a_date_there_is_no_day(self, today: str) -> None:
        """The page that is built cannot know when it will be read."""
        document = read(NEAR, today=today)
        assert "Toward closer" in document.text
        assert "toward_review" not in document.text

    def test_two_readings_have_the_ways_of_the_first(self) -> None:
        """One section is enough."""
        assert "toward_now The near" in read(TIED).text

    def test_a_hint_has_none(self) -> None:
        """Advice on so little would be a guess."""
        assert "toward" not in read(HINT).text.casefold()


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
