"""Comparing: who says what, who sees what, and which disagreements matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxquiz import assess
from cxquiz.comparison.comparison import (
    AGREED,
    ALONE,
    CHANGES,
    WORDS,
    Comparison,
    Voice,
    compare,
    compare_sides,
    fewest_differences,
)
from cxquiz.comparison.mirror import translate
from tests.cxquiz.examples import MODEL, SMALL
from tests.cxquiz.strategies import answers, scored_answers

Answers = dict[str, tuple[str, ...]]

NEAR: Answers = {"where": ("here",), "how": ("for",)}
FAR: Answers = {"where": ("there",), "how": ("with",)}


def voices(*sets: Answers) -> list[Voice]:
    """Return voices called a, b, c and so on."""
    return [Voice(chr(ord("a") + place), some) for place, some in enumerate(sets)]


def compared(*sets: Answers) -> Comparison:
    """Compare answers to the small model."""
    return compare(SMALL, voices(*sets))


def state_of(comparison: Comparison, question: str) -> str:
    """Return the state of a question that somebody answered."""
    return next(item.state for item in comparison.questions if item.question == question)


class TestWhoSeesWhat:
    """Rule: each voice is read by itself, and those who see the same are counted together."""

    def test_each_opinion_is_that_of_the_quiz(self) -> None:
        """A comparison must not say of anybody what the quiz did not."""
        opinions = compared(NEAR, FAR).opinions
        for opinion, some in zip(opinions, (NEAR, FAR), strict=True):
            assert opinion.assessment == assess(SMALL, some)

    def test_the_most_common_view_comes_first(self) -> None:
        """A team wants to know where most of it stands."""
        views = compared(FAR, NEAR, NEAR).views
        assert [(view.relationship, view.names) for view in views] == [
            ("near", ("b", "c")),
            ("far", ("a",)),
        ]

    def test_too_few_answers_are_no_view(self) -> None:
        """A first hint is not something that somebody sees; it comes last."""
        views = compared({"where": ("here",)}, {}, NEAR).views
        assert [(view.relationship, view.names) for view in views] == [
            ("near", ("c",)),
            (None, ("a", "b")),
        ]


class TestWhoSaysWhat:
    """Rule: for each question it is told who says what and who says nothing."""

    def test_the_most_common_answer_comes_first(self) -> None:
        """It is where the team stands."""
        where = compared(FAR, NEAR, NEAR, {"how": ("for",)}).questions[0]
        assert [(saying.options, saying.names) for saying in where.sayings] == [
            (("here",), ("b", "c")),
            (("there",), ("a",)),
        ]
        assert where.silent == ("d",)

    def test_a_question_that_nobody_answered_is_left_out(self) -> None:
        """There is nothing to say about it."""
        assert [item.question for item in compared(NEAR, FAR).questions] == ["where", "how"]

    def test_unscored_choices_are_compared_and_typed_texts_are_not(self) -> None:
        """What people are called is worth a talk; two spellings of a name are not."""
        some: Answers = {"called": ("near",), "name": ("Ada",)}
        other: Answers = {"called": ("far",), "name": ("ada",)}
        comparison = compared(some, other)
        assert [item.question for item in comparison.questions] == ["called"]
        assert state_of(comparison, "called") == WORDS

    @pytest.mark.parametrize(
        ("answer_set_of", "spread"),
        [(("here",) * 3, 0), (("here", "there"), 1000), (("here", "here", "there"), 666)],
    )
    def test_the_spread_counts_the_pairs_that_disagree(
        self, answer_set_of: tuple[str, ...], spread: int
    ) -> None:
        """Nobody disagrees: none of the pairs; two who disagree: all of them."""
        sets: list[Answers] = [{"where": (option,)} for option in answer_set_of]
        assert compared(*sets).questions[0].spread == spread


class TestDisagreements:
    """Rule: a disagreement matters where another's answer would change somebody's reading."""

    def test_what_all_say_is_agreed(self) -> None:
        """It needs no talk."""
        assert state_of(compared(NEAR, NEAR, {}), "where") == AGREED

    def test_what_one_alone_says_is_nothing_to_compare(self) -> None:
        """Agreement needs two."""
        assert state_of(compared(NEAR, {}), "where") == ALONE

    def test_an_answer_that_would_change_a_reading_is_named(self) -> None:
        """It is what to talk about first."""
        one: Answers = {"where": ("here",)}
        other: Answers = {"where": ("there",)}
        where = compared(one, other).questions[0]
        assert where.state == CHANGES
        assert {(change.names, change.options, change.primary) for change in where.changes} == {
            (("a",), ("there",), "far"),
            (("b",), ("here",), "near"),
        }

    def test_an_answer_that_would_change_none_is_only_words(self) -> None:
        """Nobody needs to win that argument."""
        one: Answers = {**NEAR, "rest": ("yes",)}
        other: Answers = {**NEAR, "rest": ("no",)}
        assert state_of(compared(one, other), "rest") == WORDS

    def test_those_who_answer_alike_are_named_together(self) -> None:
        """Ten who think the same are one argument."""
        (change, _) = (
            compared({"where": ("here",)}, {"where": ("here",)}, {"where": ("there",)})
            .questions[0]
            .changes
        )
        assert change.names == ("a", "b")

    @given(scored_answers(), scored_answers())
    def test_a_change_is_what_the_quiz_would_say(self, one: Answers, other: Answers) -> None:
        """The reader can check it by answering otherwise."""
        sets = dict(zip("ab", (one, other), strict=True))
        for item in compare(MODEL, voices(one, other)).questions:
            for change in item.changes:
                for name in change.names:
                    changed = {**sets[name], item.question: change.options}
                    assert assess(MODEL, changed).primary == change.primary
                    assert assess(MODEL, sets[name]).primary != change.primary

    @given(scored_answers(), scored_answers())
    def test_only_words_change_nothing(self, one: Answers, other: Answers) -> None:
        """Else something that matters would be passed over."""
        for item in compare(MODEL, voices(one, other)).in_state(WORDS):
            for own, others in ((one, other), (other, one)):
                changed = {**own, item.question: others[item.question]}
                assert assess(MODEL, changed).primary == assess(MODEL, own).primary


class TestFurthest:
    """Rule: the two who answer most differently are the ones to bring together."""

    def test_the_two_with_the_most_differences_are_found(self) -> None:
        """They have most to tell each other."""
        middle: Answers = {"where": ("here",), "how": ("with",)}
        furthest = compared(middle, NEAR, FAR).furthest
        assert furthest is not None
        assert furthest.names == ("b", "c")
        assert furthest.questions == ("where", "how")

    def test_of_equals_those_who_see_different_things_are_taken(self) -> None:
        """Their difference has consequences."""
        one: Answers = {"where": ("here",), "rest": ("yes",)}
        other: Answers = {"where": ("here",), "rest": ("no",)}
        far: Answers = {"where": ("there",), "rest": ("no",)}
        furthest = compared(other, one, far).furthest
        assert furthest is not None
        assert furthest.names == ("b", "c")

    def test_there_is_somebody_to_bring_together_where_they_are_not_the_only_two(self) -> None:
        """Two know each other."""
        three, two = compared(NEAR, FAR, {}), compared(NEAR, FAR)
        assert three.furthest is not None
        assert three.bring_together == three.furthest
        assert two.furthest is not None
        assert two.bring_together is None

    def test_where_nobody_disagrees_there_are_none(self) -> None:
        """Silence is no disagreement."""
        assert compared(NEAR, NEAR, {"rest": ("no",)}).furthest is None

    def test_differences_that_matter_only_together_are_named(self) -> None:
        """Else all of them would look like words, and the readings like a riddle."""
        one: Answers = {"where": ("here",), "what": ("take",), "how": ("for",)}
        other: Answers = {"where": ("there",), "what": ("give",), "how": ("with",)}
        furthest = compared(one, other).furthest
        assert furthest is not None
        assert len(furthest.together) == 2

    def test_a_single_difference_that_matters_leaves_nothing_to_add(self) -> None:
        """It is named with its question already."""
        furthest = compared({"where": ("here",)}, {"where": ("there",)}).furthest
        assert furthest is not None
        assert furthest.together == ()

    def test_differences_that_change_nothing_are_none(self) -> None:
        """Two who see the same have nothing to account for."""
        one, other = {**NEAR, "rest": ("yes",)}, {**NEAR, "rest": ("no",)}
        assert fewest_differences(SMALL, one, other, ["rest"]) == ()


class TestBothSides:
    """Rule: each side has a reading of its own, and the two are told apart and put together."""

    def test_the_near_of_one_has_a_far(self) -> None:
        """Both know what they are to each other."""
        mine = Voice("a", {**NEAR, "name": ("Ada",)})
        sides = compare_sides(SMALL, mine, Voice("b", dict(mine.answers)), mirrored=True)
        assert sides.mine.primary == "near"
        assert sides.theirs.primary == "far"
        assert sides.mirrors is True
        assert sides.lost == ("name",)
        assert all(item.state == AGREED for item in compare(SMALL, sides.voices).questions)

    def test_two_who_both_see_a_near_do_not_mirror(self) -> None:
        """That is the talk to hold."""
        sides = compare_sides(SMALL, Voice("a", NEAR), Voice("b", FAR), mirrored=True)
        assert sides.mine.primary == sides.theirs.primary == "near"
        assert sides.mirrors is False

    def test_their_own_quiz_is_translated_for_the_comparison(self) -> None:
        """They need not take it twice."""
        own = translate(SMALL, NEAR).answers
        sides = compare_sides(SMALL, Voice("a", NEAR), Voice("b", own), mirrored=False)
        assert all(item.state == AGREED for item in compare(SMALL, sides.voices).questions)
        assert sides.theirs == assess(SMALL, own)
        assert sides.lost == ()

    def test_with_too_few_answers_nothing_is_said(self) -> None:
        """A hint mirrors nothing."""
        sides = compare_sides(SMALL, Voice("a", NEAR), Voice("b", {}), mirrored=True)
        assert sides.mirrors is None

    @given(answers(), answers(), st.booleans())
    def test_any_answers_can_be_compared(
        self,
        one: Answers,
        other: Answers,
        mirrored: bool,  # noqa: FBT001 - hypothesis gives it
    ) -> None:
        """And each side's reading is that of the quiz."""
        sides = compare_sides(MODEL, Voice("a", one), Voice("b", other), mirrored=mirrored)
        assert sides.mine == assess(MODEL, one)
        own = translate(MODEL, other).answers if mirrored else other
        assert sides.theirs == assess(MODEL, own)


class TestAnyAnswers:
    """Rule: whatever was answered, everybody is told of, and once."""

    @given(st.lists(answers(), max_size=5))
    def test_everybody_is_counted_once(self, sets: list[Answers]) -> None:
        """Nobody's voice may be lost or doubled."""
        comparison = compare(MODEL, voices(*sets))
        names = [voice.name for voice in voices(*sets)]
        assert sorted(name for view in comparison.views for name in view.names) == names
        for item in comparison.questions:
            said = [name for saying in item.sayings for name in saying.names]
            assert sorted([*said, *item.silent]) == names
            assert 0 <= item.spread <= 1000

    @given(answers())
    def test_nobody_disagrees_with_themselves(self, some: Answers) -> None:
        """The same answers twice are of one mind."""
        comparison = compare(MODEL, voices(some, some))
        assert comparison.furthest is None
        assert all(item.state == AGREED for item in comparison.questions)
