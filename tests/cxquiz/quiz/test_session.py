"""Sessions: values that hold the answers in order, and from which all else follows."""

from __future__ import annotations

import copy
import json
from dataclasses import replace

import pytest
from hypothesis import given

from cxquiz.classifier.answers import TEXT_LIMIT
from cxquiz.quiz.session import (
    LAST,
    RESULT,
    Session,
    current_screen,
    from_json,
    previous_screen,
    to_json,
)
from tests.cxquiz.examples import MODEL, SMALL
from tests.cxquiz.strategies import json_values, lenses, stored_sessions

DONE = Session({"where": ("here",), "what": ("take",), "how": ("for",)}, last_seen=True)
"""A session of the small model in which there is nothing left to ask."""


class TestAnswering:
    """Rule: a new answer leaves all others, and the session before, as they were."""

    def test_answers_are_kept_in_the_order_in_which_the_questions_were_met(self) -> None:
        """The reader sees them in the order that they remember."""
        session = Session().answer({"how": ("for",)}).answer({"where": ("here",)})
        assert list(session.entries) == ["how", "where"]

    def test_a_changed_answer_keeps_its_place_and_the_later_ones(self) -> None:
        """Nothing has to be answered twice."""
        session = DONE.answer({"where": ("there",)})
        assert list(session.entries.items()) == [
            ("where", ("there",)),
            ("what", ("take",)),
            ("how", ("for",)),
        ]

    def test_the_session_before_stays_as_it_was(self) -> None:
        """It can be kept, compared and gone back to."""
        before = copy.deepcopy(DONE)
        DONE.answer({"where": ("there",)})
        DONE.go_to("what")
        assert before == DONE

    def test_what_was_skipped_is_no_answer(self) -> None:
        """The classifier sees only what was said."""
        session = Session().answer({"where": (), "how": ("for",)})
        assert session.answers == {"how": ("for",)}


class TestWhereTheReaderStands:
    """Rule: the screen follows from the answers, unless the reader went somewhere."""

    def test_it_is_the_next_question(self) -> None:
        """Coming back, the reader goes on where they stopped."""
        assert current_screen(SMALL, Session({"where": ("here",)})) == "what"

    def test_a_skipped_question_is_not_asked_again(self) -> None:
        """Skipping means something."""
        assert current_screen(SMALL, Session({"where": ()})) == "what"

    def test_it_is_the_question_that_the_reader_went_to(self) -> None:
        """Changing an answer starts with its question."""
        assert current_screen(SMALL, DONE.go_to("what")) == "what"

    def test_answering_there_leads_back(self) -> None:
        """Changing an answer asks only what has become necessary."""
        assert current_screen(SMALL, DONE.go_to("what").answer({"what": ("take",)})) == RESULT

    def test_the_last_page_comes_once_before_the_result(self) -> None:
        """It is optional, so it must not come back."""
        before = Session(DONE.entries)
        assert current_screen(SMALL, before) == LAST
        assert current_screen(SMALL, DONE) == RESULT

    def test_the_reader_can_go_to_the_last_page_again(self) -> None:
        """What was typed there can be changed like any answer."""
        assert current_screen(SMALL, DONE.go_to(LAST)) == LAST

    def test_a_model_may_do_without_a_last_page(self) -> None:
        """Nobody is shown an empty one."""
        texts = {question.id: question for question in SMALL.on_screen("first")}
        model = replace(SMALL, context=texts)
        assert current_screen(model, Session(DONE.entries)) == RESULT
        assert current_screen(model, DONE.go_to(LAST)) == RESULT

    def test_a_reader_who_asked_for_the_result_gets_it(self) -> None:
        """Nobody has to answer to the end."""
        assert current_screen(SMALL, Session({"where": ("here",)}, finished=True)) == RESULT

    def test_a_place_that_does_not_exist_is_passed_over(self) -> None:
        """A stored session may come from another version."""
        assert current_screen(SMALL, DONE.go_to("gone")) == RESULT

    def test_the_pages_questions_come_first(self) -> None:
        """On a page about the mood, the mood is asked first."""
        assert current_screen(SMALL, Session(), ["mood"]) == "mood"


class TestBack:
    """Rule: before each question is the one that was met before it."""

    def test_the_first_has_none(self) -> None:
        """There is no way back from the beginning."""
        assert previous_screen(SMALL, Session({"name": ("Ada",)}), "where") is None
        assert previous_screen(SMALL, DONE, "where") is None

    def test_back_from_a_question_is_the_one_met_before(self) -> None:
        """In the order of this reader, not in that of the model."""
        session = Session({"how": ("for",), "name": ("Ada",), "where": ("here",)})
        assert previous_screen(SMALL, session, "where") == "how"

    def test_back_from_what_comes_next_is_the_last_one_met(self) -> None:
        """A question that has not been answered yet has no place in the order."""
        assert previous_screen(SMALL, DONE, "mood") == "how"
        assert previous_screen(SMALL, DONE, LAST) == "how"

    def test_going_back_again_and_again_reaches_the_first(self) -> None:
        """Every question can be seen again, the skipped ones too."""
        session = Session({"where": ("here",), "what": (), "how": ("for",)})
        trail = [LAST]
        while (before := previous_screen(SMALL, session, trail[-1])) is not None:
            trail.append(before)
        assert trail == [LAST, "how", "what", "where"]


class TestStorage:
    """Rule: a stored session comes back as it was, and whatever else comes does no harm."""

    @pytest.mark.parametrize(
        "session",
        [
            Session(),
            DONE,
            DONE.go_to("what"),
            DONE.go_to(LAST),
            Session({"name": ("Ada <b>",), "where": (), "what": ("take", "give")}, finished=True),
        ],
    )
    def test_it_comes_back_as_it_was(self, session: Session) -> None:
        """A reload costs nothing."""
        stored = json.loads(json.dumps(to_json(session)))
        assert from_json(SMALL, stored) == session
        assert list(from_json(SMALL, stored).entries) == list(session.entries)

    def test_a_question_that_is_gone_is_left_out_and_named(self) -> None:
        """The reader can be told what is missing."""
        session = from_json(SMALL, {"answers": [["gone", ["x"]], ["where", ["here"]]]})
        assert session.entries == {"where": ("here",)}
        assert session.dropped == ("gone",)

    def test_what_was_left_out_is_named_once(self) -> None:
        """The reader is told, not nagged."""
        assert from_json(SMALL, {"answers": [["gone", []], ["gone", []]]}).dropped == ("gone",)

    @pytest.mark.parametrize("value", [["gone"], ["here", "there"], 7, {"here": 1}])
    def test_an_answer_that_does_not_fit_is_left_out_and_named(self, value: object) -> None:
        """The question is then simply asked again."""
        session = from_json(SMALL, {"answers": [["where", value]]})
        assert session.entries == {}
        assert session.dropped == ("where",)

    def test_a_text_that_is_too_long_is_left_out_and_named(self) -> None:
        """Storage can be written by anybody; the limit holds there too."""
        stored = {"answers": [["name", ["x" * (TEXT_LIMIT + 1)]]]}
        assert from_json(SMALL, stored).dropped == ("name",)

    def test_the_word_about_what_was_left_out_is_gone_after_the_next_step(self) -> None:
        """It is said once."""
        session = from_json(SMALL, {"answers": [["gone", []]]})
        assert session.answer({}).dropped == ()
        assert session.go_to("where").dropped == ()

    def test_a_question_without_a_value_was_skipped(self) -> None:
        """A short row is no reason to lose what it says."""
        assert from_json(SMALL, {"answers": [["where"]]}).entries == {"where": ()}

    @pytest.mark.parametrize("raw", [None, [], "text", 7, True, {"answers": None}, {"answers": {}}])
    def test_what_is_no_session_is_an_empty_one(self, raw: object) -> None:
        """The quiz then begins anew."""
        assert from_json(SMALL, raw) == Session()

    @pytest.mark.parametrize("row", [None, [], "where", 7, [7, ["here"]], {"where": "here"}])
    def test_a_row_that_is_no_answer_is_passed_over(self, row: object) -> None:
        """One broken row must not cost the others."""
        stored = {"answers": [row, ["how", ["for"]]]}
        assert from_json(SMALL, stored).entries == {"how": ("for",)}

    @pytest.mark.parametrize("at", [7, None, [], "gone", "name", RESULT])
    def test_a_place_that_does_not_exist_is_forgotten(self, at: object) -> None:
        """The reader stands where the answers lead."""
        assert from_json(SMALL, {"at": at}).at == ""

    @pytest.mark.parametrize("value", [1, "true", [True], None])
    def test_only_true_is_true(self, value: object) -> None:
        """Anything else was not written by the quiz."""
        session = from_json(SMALL, {"last_seen": value, "finished": value})
        assert not session.last_seen
        assert not session.finished

    @given(json_values() | stored_sessions(), lenses())
    def test_it_never_raises_and_always_leads_somewhere(self, raw: object, lens: list[str]) -> None:
        """A reader with a broken storage can still take the quiz."""
        session = from_json(MODEL, raw)
        assert current_screen(MODEL, session, lens) in {*MODEL.questions, LAST, RESULT}
        assert from_json(MODEL, to_json(session)) == session.go_to(session.at)
