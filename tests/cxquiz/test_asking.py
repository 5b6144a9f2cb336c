"""Asking: which question comes next, and when there is enough."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxquiz import estimate
from cxquiz.asking import next_question, separating_question
from cxquiz.loading import build_model
from tests.cxquiz.examples import MODEL, SMALL, small_raw
from tests.cxquiz.strategies import answers, lenses


class TestNextQuestion:
    """Rule: the page's questions come first, none comes twice, and the questions end."""

    def test_the_pages_questions_come_first_in_its_order(self) -> None:
        """The quiz fits what the reader is reading about."""
        lens = ["rest", "mood"]
        assert next_question(SMALL, {}, (), lens) == "rest"
        assert next_question(SMALL, {}, ("rest",), lens) == "mood"

    def test_a_name_that_is_no_scored_question_is_passed_over(self) -> None:
        """A page from another version of the site must not stop the quiz."""
        asked = next_question(SMALL, {}, (), ["gone", "name", "rest"])
        assert asked == "rest"

    def test_where_there_is_enough_no_question_is_left(self) -> None:
        """Nobody is asked what cannot matter any more."""
        own = {"where": ("here",), "what": ("take",), "how": ("for",)}
        assert next_question(SMALL, own, own.keys()) is None

    def test_while_two_are_close_there_is_another_question(self) -> None:
        """One more answer can tell them apart."""
        own = {"where": ("here",), "what": (), "how": ("with",)}
        assert next_question(SMALL, own, own.keys()) == "mood"

    def test_close_means_as_close_as_two_readings_are(self) -> None:
        """As long as the result would show both, there is something to ask."""
        own = {"where": ("here",), "what": ("nothing",), "how": ("with",)}
        best, second = sorted(estimate.points(SMALL, own), reverse=True)[:2]
        assert best - second == SMALL.estimation.two_readings_within
        assert next_question(SMALL, own, own.keys()) is not None

    def test_where_no_question_is_left_the_questions_end(self) -> None:
        """Two readings are an honest end."""
        assert next_question(SMALL, {}, SMALL.questions.keys()) is None

    @given(answers(), st.data(), lenses())
    def test_no_question_comes_twice(
        self, some: dict[str, tuple[str, ...]], data: st.DataObject, lens: list[str]
    ) -> None:
        """What was answered or skipped is done with, unless the reader goes back."""
        skipped = data.draw(st.sets(st.sampled_from(list(MODEL.questions))))
        seen = {*some, *skipped}
        asked = next_question(MODEL, some, seen, lens)
        assert asked is None or (asked in MODEL.questions and asked not in seen)

    @given(answers(), st.permutations(list(MODEL.questions)))
    def test_the_order_of_what_was_seen_does_not_matter(
        self, some: dict[str, tuple[str, ...]], order: list[str]
    ) -> None:
        """The next question follows from what is known, not from how it came to be known."""
        seen = [question for question in order if question in some]
        assert next_question(MODEL, some, seen) == next_question(MODEL, some, set(seen))


class TestSeparatingQuestion:
    """Rule: the question that separates is open and can tell the first two apart."""

    def test_it_is_the_one_whose_options_differ_most_on_the_two(self) -> None:
        """One answer is to settle as much as it can."""
        own = {"where": ("here",), "how": ("with",)}
        assert separating_question(SMALL, own, estimate.points(SMALL, own)) == "mood"

    def test_one_that_was_skipped_can_be_left_out(self) -> None:
        """The quiz does not come back to it by itself."""
        own = {"where": ("here",), "how": ("with",)}
        totals = estimate.points(SMALL, own)
        assert separating_question(SMALL, own, totals, seen=["mood"]) == "what"

    def test_a_single_point_of_difference_is_one(self) -> None:
        """It may be all that tells the two apart."""
        raw = small_raw()
        raw["question"][4]["option"][0]["weights"] = {"near": 1}
        raw["question"][4]["option"][1]["weights"] = {}
        model = build_model(raw)
        own = {"where": ("here",), "what": ("take",), "how": ("with",), "mood": ("cold",)}
        assert separating_question(model, own, (5, 5, 0)) == "rest"

    def test_where_no_open_question_can_tell_there_is_none(self) -> None:
        """Asking on would waste the reader's time."""
        own = {"where": ("here",), "what": ("take",), "how": ("with",), "mood": ("cold",)}
        totals = (5, 5, 0)
        assert separating_question(SMALL, own, totals) is None

    def test_where_all_is_answered_there_is_none(self) -> None:
        """There is nothing left to ask."""
        own = {question.id: tuple(question.options)[:1] for question in SMALL.questions.values()}
        assert separating_question(SMALL, own, estimate.points(SMALL, own)) is None

    @given(answers())
    def test_it_is_open_and_its_answers_differ(self, some: dict[str, tuple[str, ...]]) -> None:
        """In the packaged model too, whatever was answered."""
        totals = estimate.points(MODEL, some)
        asked = separating_question(MODEL, some, totals)
        if asked is not None:
            first, second = sorted(range(len(totals)), key=lambda index: -totals[index])[:2]
            leads = {
                option.weights[first] - option.weights[second]
                for option in MODEL.questions[asked].options.values()
            }
            assert asked not in some
            assert len(leads) > 1


@pytest.mark.parametrize("count", [1, 2])
def test_options_that_say_nothing_are_allowed(count: int) -> None:
    """A question may be asked for its own sake: for a rule, or for the advice."""
    raw = small_raw()
    for question in raw["question"]:
        question["option"] = [{**option, "weights": {}} for option in question["option"][:count]]
    raw["flag"][2]["when"] = [{"where": ["here"]}]
    raw["dispute"][0]["when"] = [{"where": ["here"]}]
    raw["contradiction"][0]["when"] = [{"where": ["here"]}]
    model = build_model(raw)
    core = model.estimation.core
    assert next_question(model, {}, ()) == core[0]
    assert next_question(model, {}, core) is None
