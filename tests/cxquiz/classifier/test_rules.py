"""Flags, disputes and contradictions: when they apply and when they keep silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cxquiz import assess
from cxquiz.classifier.rules import answer_mask
from tests.cxquiz.examples import SMALL

if TYPE_CHECKING:
    from cxquiz.classifier.answers import Answers
    from cxquiz.model.types import Model


def fired(answers: Answers, model: Model = SMALL) -> set[str]:
    """Return the ids of everything that applies to answers."""
    assessment = assess(model, answers)
    return {*assessment.flags, *assessment.disputes, *assessment.contradictions}


class TestSituations:
    """Rule: a situation holds where every line of it is met, by any option that it names."""

    def test_all_lines_must_be_met(self) -> None:
        """Half a situation is another situation."""
        assert "near_or_far" not in fired({"where": ("here",)})
        assert "near_or_far" in fired({"where": ("here",), "how": ("with",)})

    @pytest.mark.parametrize("option", ["give", "take"])
    def test_any_of_the_named_options_meets_a_line(self, option: str) -> None:
        """A line lists what comes to the same."""
        assert "both_ways" in fired({"where": ("here",), "what": (option,)})

    def test_other_options_do_not_meet_it(self) -> None:
        """A line means what it says."""
        assert "both_ways" not in fired({"where": ("here",), "what": ("nothing",)})

    def test_one_of_several_options_is_enough(self) -> None:
        """Ticking a second box takes nothing back."""
        assert "both_ways" in fired({"where": ("here",), "what": ("take", "nothing")})

    def test_one_situation_of_several_is_enough(self) -> None:
        """A rule lists the ways in which it can come about."""
        assert "both_ways" in fired({"mood": ("cold",)})

    def test_the_first_relationship_can_be_a_condition(self) -> None:
        """Whether a title fits depends on what came out."""
        assert "misnamed" in fired({"where": ("there",), "called": ("near",)})
        assert "misnamed" not in fired({"where": ("here",), "called": ("near",)})

    def test_without_a_reading_no_relationship_is_the_first(self) -> None:
        """A title alone cannot clash with anything."""
        assert "misnamed" not in fired({"called": ("near",)})

    def test_few_answers_can_be_a_condition(self) -> None:
        """Scored answers count, not names and titles."""
        one = {"where": ("here",), "name": ("Ada",), "called": ("near",)}
        assert "few" in fired(one)
        assert "few" not in fired({**one, "how": ("for",)})

    def test_they_come_in_the_models_order(self) -> None:
        """The author of the model says what matters most."""
        own = {"mood": ("cold",), "what": ("nothing",), "called": ("near",)}
        assert assess(SMALL, own).flags == ("misnamed", "both_ways")

    def test_a_typed_text_meets_no_condition(self) -> None:
        """Somebody may be called by the name of an option."""
        assert answer_mask(SMALL, {"name": ("near",), "beneficiary": ("here",)}) == 0
