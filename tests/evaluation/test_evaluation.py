"""The judging itself: its variants, its comparisons, and of which model its figures are."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from cxquiz.classifier.answers import parse_answers
from macros.pages.evaluation import figures_digest
from tests.cxquiz.examples import CASES, MODEL, SMALL
from tests.evaluation.draws import draw
from tests.evaluation.optimum import compare
from tests.evaluation.quiz_runs import run
from tests.evaluation.states import survey
from tests.evaluation.variants import BENDS, CODINGS, UNKNOWN, bent, thinned, wishful

FACTS = [parse_answers(MODEL, case.answers) for case in CASES]


class TestFigures:
    """Rule: it is known of which model the figures are."""

    def test_a_changed_limit_makes_them_old(self) -> None:
        """Or the notice on the page would never appear."""
        other = replace(MODEL, estimation=replace(MODEL.estimation, clear_share=1000))
        assert figures_digest(other) != figures_digest(MODEL)

    def test_a_changed_sentence_does_not(self) -> None:
        """Whoever mends the wording need not wait for minutes."""
        assert figures_digest(replace(MODEL, wording={})) == figures_digest(MODEL)


class TestVariants:
    """Rules: people bend answers in the ways that are written down, and in no other."""

    @pytest.mark.parametrize("coding", CODINGS)
    def test_every_variant_can_be_answered(self, coding: str) -> None:
        """It is what the classifier takes, with options that exist."""
        for facts in FACTS:
            said = CODINGS[coding](facts, Random(1))  # noqa: S311 - chance, not secrets
            assert parse_answers(MODEL, said) == {name: tuple(said[name]) for name in said}

    def test_only_what_is_named_is_bent(self) -> None:
        """Each changed answer is one of the bends, each missing one is hard to know."""
        named = {bend.question for bend in BENDS}
        for facts in FACTS:
            said = bent(facts, Random(2))  # noqa: S311 - as above
            assert {name for name in said if said[name] != facts[name]} <= named
            assert facts.keys() - said.keys() <= set(UNKNOWN)

    def test_at_no_strength_nothing_is_bent(self) -> None:
        """The strength is the share of readers who bend."""
        for facts in FACTS:
            assert bent(facts, Random(3), strength=0) == facts  # noqa: S311 - as above

    def test_thinning_leaves_answers_as_they_are(self) -> None:
        """It takes away and changes nothing."""
        for facts in FACTS:
            said = thinned(facts, Random(4))  # noqa: S311 - as above
            assert said.items() <= facts.items()

    def test_wishful_readers_never_say_for(self) -> None:
        """Nor that the goals differ."""
        said = [wishful(facts, Random(5)) for facts in FACTS]  # noqa: S311 - as above
        assert not {"for_them", "for_us"} & {one.get("direction", ("",))[0] for one in said}
        assert {one["goal"][0] for one in said if "goal" in one} == {"same"}

    def test_a_case_gets_the_same_answers_in_any_company(self) -> None:
        """Leaving cases out must not change the others."""
        alone = draw(MODEL, CASES[3:4], ["bent"], 2)
        assert alone == [item for item in draw(MODEL, CASES, ["bent"], 2) if item.case == CASES[3]]


class TestStates:
    """Rules for every state of the quiz up to some questions, and of a small model in all."""

    def test_no_question_is_in_vain_and_no_end_contradicts_itself(self) -> None:
        """All answers are tried, several ticks and “not sure” included."""
        found = survey(every_answer=True, depth=4)
        assert (found.in_vain, found.contradicted) == (0, 0)
        assert found.states > 1000

    def test_a_run_gives_only_what_was_asked_and_known(self) -> None:
        """What a reader does not know is asked and stays open."""
        for facts in FACTS[:10]:
            way = run(MODEL, facts)
            assert list(way.answers) == [name for name in way.asked if name in facts]


class TestOptimum:
    """Rule: nothing is better than the best possible."""

    def test_the_quiz_needs_no_fewer_questions(self) -> None:
        """Both are expected numbers under the same chances."""
        found = compare(SMALL)
        assert found["best"] <= found["quiz"]
        assert found["states"] > len(SMALL.questions)
