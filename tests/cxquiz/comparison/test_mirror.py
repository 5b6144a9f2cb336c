"""Mirroring: the other party's words for the questions, and answers in their terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given

from cxquiz import classify
from cxquiz.authoring.loader import build_model
from cxquiz.comparison.mirror import Translation, mirrored, translate
from tests.cxquiz.examples import MODEL, SMALL, small_raw
from tests.cxquiz.strategies import scored_answers, small_answers

if TYPE_CHECKING:
    from cxquiz.model.types import Model

Answers = dict[str, tuple[str, ...]]


def _crossed() -> Model:
    raw = small_raw()
    _, what, how, mood, _ = raw["question"]
    how["becomes"], mood["becomes"] = "mood", "how"
    for one, other in zip(how["option"], mood["option"], strict=True):
        one["becomes"], other["becomes"] = other["id"], one["id"]
    del what["option"][2]["becomes"]
    raw["context"][1]["becomes"] = "work"
    return build_model(raw)


CROSSED: Final = _crossed()
"""The small model, with how and mood in each other's place, and nothing that becomes nothing."""


class TestWords:
    """Rule: the other party reads every question in words that fit their side."""

    def test_they_are_the_words_of_the_mirrored_model(self) -> None:
        """The quiz can then be taken with it as it is."""
        model = mirrored(SMALL)
        where, name = model.questions["where"], model.context["name"]
        assert (where.text, where.short) == ("What of where over there?", "mirrored where")
        assert where.hint == "Why where is asked over there"
        assert where.options["here"].text == "where is here over there"
        assert name.text == "And name over there?"

    def test_words_that_are_not_mirrored_stay(self) -> None:
        """They fit both sides."""
        raw = small_raw()
        del raw["question"][0]["mirrored"]
        assert mirrored(build_model(raw)).questions["where"].text == "What about where?"

    @given(scored_answers())
    def test_the_words_change_no_reading(self, some: Answers) -> None:
        """The facts are the same."""
        assert classify(mirrored(MODEL), some) == classify(MODEL, some)


class TestTranslation:
    """Rule: an answer becomes what the other party would say of the same fact, or is named."""

    @pytest.mark.parametrize(
        ("own", "other"),
        [
            ({"what": ("take",)}, {"what": ("give",)}),
            ({"what": ("take", "give")}, {"what": ("take", "give")}),
            ({"how": ("with",)}, {"mood": ("cold",)}),
            ({"rest": ("yes",)}, {"rest": ("yes",)}),
            ({"work": ("payroll",)}, {"work": ("payroll",)}),
        ],
    )
    def test_what_becomes_something(self, own: Answers, other: Answers) -> None:
        """Both ways, since neither side comes first."""
        assert translate(CROSSED, own) == Translation(other, ())
        assert translate(CROSSED, other) == Translation(own, ())

    @pytest.mark.parametrize("own", [{"name": ("Ada",)}, {"what": ("nothing",)}])
    def test_what_becomes_nothing_is_named(self, own: Answers) -> None:
        """A guess would put words into somebody's mouth."""
        assert translate(CROSSED, own) == Translation({}, tuple(own))

    def test_of_several_options_those_that_become_something_are_kept(self) -> None:
        """They are true all the same; that one is missing is told."""
        translation = translate(CROSSED, {"what": ("take", "nothing")})
        assert translation == Translation({"what": ("give",)}, ("what",))

    def test_a_skipped_question_is_not_lost(self) -> None:
        """Nothing was said."""
        assert translate(CROSSED, {"what": ()}).lost == ()

    @given(small_answers())
    def test_it_is_its_own_inverse(self, some: Answers) -> None:
        """What goes over and comes back is what it was."""
        once = translate(CROSSED, some)
        back = translate(CROSSED, once.answers)
        assert not back.lost
        assert {name: value for name, value in some.items() if name not in once.lost}.items() <= (
            back.answers.items()
        )
