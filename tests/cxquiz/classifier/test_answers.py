"""Answers from outside: what counts as one, what is left out, and what is refused."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxquiz import AnswersError, assess, parse_answers
from cxquiz.classifier.answers import TEXT_LIMIT
from tests.cxquiz.examples import MODEL, SMALL
from tests.cxquiz.strategies import answers, json_values


class TestForm:
    """Rule: whatever the spelling, the same answer has one form."""

    def test_one_option_may_be_a_text_or_a_list(self) -> None:
        """People write "same" by hand and programs write ["same"]."""
        assert parse_answers(SMALL, {"where": "here"}) == parse_answers(SMALL, {"where": ["here"]})

    def test_a_tuple_is_a_list(self) -> None:
        """Code that calls the package has answers in the package's own form."""
        assert parse_answers(SMALL, {"what": ("take", "give")}) == {"what": ("take", "give")}

    def test_several_options_come_in_the_models_order(self) -> None:
        """The order of ticks says nothing, so it must not make another answer."""
        assert parse_answers(SMALL, {"what": ["give", "take"]}) == {"what": ("take", "give")}

    def test_an_option_named_twice_counts_once(self) -> None:
        """A slip in a file must not double the points."""
        assert parse_answers(SMALL, {"what": ["take", "take"], "where": ["here", "here"]}) == {
            "what": ("take",),
            "where": ("here",),
        }

    def test_a_text_loses_the_space_around_and_doubled_inside(self) -> None:
        """Pasted names come with line breaks; they are shown in one line."""
        assert parse_answers(SMALL, {"name": "  Ada\n\t Lovelace "}) == {"name": ("Ada Lovelace",)}

    def test_the_answers_come_in_the_order_given(self) -> None:
        """A session replays them in the order in which the reader met the questions."""
        given_order = {"how": "for", "name": "Ada", "where": "here"}
        assert list(parse_answers(SMALL, given_order)) == ["how", "name", "where"]

    @given(answers())
    def test_the_packages_own_form_is_kept(self, own: dict[str, tuple[str, ...]]) -> None:
        """What the package has written it reads again."""
        assert parse_answers(MODEL, own) == own


class TestLeftOut:
    """Rule: "not sure" and every kind of nothing are the same as leaving the question out."""

    @pytest.mark.parametrize("nothing", ["not_sure", "", None, [], ["not_sure"], ["", "not_sure"]])
    @pytest.mark.parametrize("question", ["where", "what"])
    def test_every_kind_of_nothing_is_left_out(self, question: str, nothing: object) -> None:
        """An empty cell in a table must not become an answer, nor an error."""
        assert parse_answers(SMALL, {question: nothing}) == {}

    @pytest.mark.parametrize("nothing", ["", " \n", None, [], [""]])
    def test_an_empty_text_is_left_out(self, nothing: object) -> None:
        """A reader who leaves the name empty has not named anybody."""
        assert parse_answers(SMALL, {"name": nothing}) == {}

    def test_not_sure_beside_an_option_adds_nothing(self) -> None:
        """The option was chosen, so it counts."""
        assert parse_answers(SMALL, {"what": ["not_sure", "give"]}) == {"what": ("give",)}

    def test_somebody_may_be_called_not_sure(self) -> None:
        """A typed text is no option: whatever it says is what was meant."""
        assert parse_answers(SMALL, {"name": "not_sure"}) == {"name": ("not_sure",)}

    @given(answers(), st.data())
    def test_not_sure_changes_nothing(
        self, some: dict[str, tuple[str, ...]], data: st.DataObject
    ) -> None:
        """Honesty must not move the result."""
        others = [question for question in MODEL.questions if question not in some]
        unsure = data.draw(st.sets(st.sampled_from(others)) if others else st.just(set()))
        raw = {**some, **dict.fromkeys(unsure, "not_sure")}
        assert assess(MODEL, parse_answers(MODEL, raw)) == assess(MODEL, some)


class TestRefusal:
    """Rule: what does not fit is refused with its name and the nearest right one."""

    @pytest.mark.parametrize("raw", [None, [], "where", 7, True, [["where", "here"]]])
    def test_answers_must_be_a_mapping(self, raw: object) -> None:
        """A line of a file that holds something else is reported, not guessed at."""
        with pytest.raises(AnswersError, match="answers"):
            parse_answers(SMALL, raw)

    def test_an_unknown_question_is_named_with_the_nearest(self) -> None:
        """A typing error must not cost an answer in silence."""
        with pytest.raises(AnswersError, match=r"“wher”.*“where”"):
            parse_answers(SMALL, {"wher": "here"})

    @pytest.mark.parametrize("key", [7, None, ("where",)])
    def test_a_question_id_must_be_a_text(self, key: object) -> None:
        """Callers in Python may pass anything; they get the same error as everybody."""
        with pytest.raises(AnswersError, match=r"no question"):
            parse_answers(SMALL, {key: "here"})

    def test_an_unknown_option_is_named_with_its_question_and_the_nearest(self) -> None:
        """The word is enough to mend the line."""
        with pytest.raises(AnswersError, match=r"“where”.*“hier”.*“here”"):
            parse_answers(SMALL, {"where": "hier"})

    def test_not_sure_is_offered_as_the_nearest_too(self) -> None:
        """It is an answer to every question."""
        with pytest.raises(AnswersError, match=r"“notsure”.*“not_sure”"):
            parse_answers(SMALL, {"where": "notsure"})

    def test_an_option_of_another_question_is_refused(self) -> None:
        """Two columns that were swapped must not pass."""
        with pytest.raises(AnswersError, match=r"“where”.*“warm”"):
            parse_answers(SMALL, {"where": "warm"})

    def test_one_option_is_not_several(self) -> None:
        """Two answers to such a question contradict each other."""
        with pytest.raises(AnswersError, match="“where”"):
            parse_answers(SMALL, {"where": ["here", "there"]})

    @pytest.mark.parametrize("value", [7, True, {"here": True}, ["here", 7], [["here"]]])
    @pytest.mark.parametrize("question", ["where", "what", "name"])
    def test_an_answer_is_a_text_or_a_list_of_texts(self, question: str, value: object) -> None:
        """Anything else has no meaning here."""
        with pytest.raises(AnswersError, match=f"“{question}”"):
            parse_answers(SMALL, {question: value})

    def test_a_text_may_be_as_long_as_the_limit(self) -> None:
        """The limit that a reader is told is the one that holds."""
        text = "x" * TEXT_LIMIT
        assert parse_answers(SMALL, {"name": text}) == {"name": (text,)}

    def test_a_longer_text_is_refused(self) -> None:
        """A book pasted into the field would travel through every later step."""
        with pytest.raises(AnswersError, match=f"“name”.*{TEXT_LIMIT}.*{TEXT_LIMIT + 1}"):
            parse_answers(SMALL, {"name": "x" * (TEXT_LIMIT + 1)})

    @given(st.dictionaries(st.sampled_from([*MODEL.questions, *MODEL.context]), json_values()))
    def test_nothing_else_is_ever_raised(self, raw: dict[str, object]) -> None:
        """One bad line must not end the reading of a million."""
        with contextlib.suppress(AnswersError):
            parse_answers(MODEL, raw)
