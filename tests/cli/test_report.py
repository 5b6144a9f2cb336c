"""The reading in a terminal: every part that a page has, where it has something to say."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Final

import pytest

from cxquiz.authoring.loader import build_model
from cxquiz.classifier.reading import classify
from cxquiz.cli.reading import show_reading
from cxquiz.cli.terminal import Terminal
from cxquiz.quiz.session import Session
from tests.cxquiz.examples import SMALL, small_raw

if TYPE_CHECKING:
    from cxquiz.classifier.answers import Answers
    from cxquiz.model.types import Model

NEAR: Final = {"where": ("here",), "what": ("take",), "how": ("for",)}
"""Answers to the small model that all say near."""
ALL: Final = {**NEAR, "mood": ("warm",), "rest": ("no",)}
"""The same, with no question left open."""


def shown(answers: Answers, model: Model = SMALL) -> str:
    """Return what the terminal shows of a reading, on one line."""
    with redirect_stdout(io.StringIO()) as written:
        show_reading(model, Session(answers), classify(model, answers), Terminal())
    return " ".join(written.getvalue().split())


class TestStillOpen:
    """Rule: it is said how many open answers could still change it."""

    @pytest.mark.parametrize(
        ("answers", "text"),
        [
            ({**NEAR, "mood": ("warm",)}, "open_none"),
            ({"where": ("here",), "how": ("for",)}, "open_several 2"),
        ],
    )
    def test_the_number(self, answers: Answers, text: str) -> None:
        """The user can stop with a good conscience, or go on for a reason."""
        assert text in shown(answers)

    def test_where_nothing_is_open_nothing_is_said(self) -> None:
        """What could that be?"""
        assert "open_" not in shown(ALL)

    def test_two_readings_name_the_question_that_would_tell_most(self) -> None:
        """As long as there is one."""
        tied: dict[str, tuple[str, ...]] = {"where": ("here",), "how": ("with",)}
        assert "next_question What about" in shown({**tied, "what": ("take", "give")})
        raw = small_raw()
        raw["question"][3]["option"][0]["weights"] = {}
        everything = {**tied, "what": ("take", "give"), "mood": ("warm",), "rest": ("no",)}
        assert "two_title" in shown(everything, build_model(raw))
        assert "next_question" not in shown(everything, build_model(raw))


class TestChanges:
    """Rule: the smallest change that would change it is named."""

    def test_where_nothing_would_the_terminal_says_so(self) -> None:
        """That is worth knowing too."""
        raw = small_raw()
        raw["question"][0]["option"][1]["weights"] = {"near": 3}
        raw["question"][2]["option"][1]["weights"] = {"near": 3}
        assert "changes_none" in shown(NEAR, build_model(raw))

    def test_options_that_only_flip_together_are_counted_one_by_one(self) -> None:
        """The number that is told is the number of lines that follow."""
        raw = small_raw()
        weights: tuple[dict[str, int], ...] = ({"else": 3}, {"else": 3}, {})
        for option, row in zip(raw["question"][1]["option"], weights, strict=True):
            option["weights"] = row
        raw["question"][0]["option"][1]["weights"] = {}
        raw["question"][2]["option"][0]["weights"] = {"near": 2}
        raw["question"][2]["option"][1]["weights"] = {}
        text = shown({**NEAR, "what": ("nothing",)}, build_model(raw))
        assert "smallest_several 2 - suppose that what is take - suppose that what is give" in text
        assert "changes_all The else" in text


class TestToward:
    """Rule: the ways in which it may go on come with their steps and a day to look again."""

    def test_each_has_its_steps_and_a_day(self) -> None:
        """The day is some months after today."""
        days = re.findall(r"toward_review date (\d+) month(\d+) (\d+)", shown(NEAR))
        assert len(days) == 2
        assert "a step toward closer" in shown(NEAR)

    def test_the_one_that_was_answered_comes_first(self) -> None:
        """And is marked as the answer."""
        text = shown({**NEAR, "changing": ("apart",)})
        assert text.index("Toward apart toward_chosen") < text.index("Toward closer")
        assert text.count("toward_chosen") == 1
        assert "toward_chosen" not in shown(NEAR)

    def test_without_any_nothing_is_said(self) -> None:
        """A heading over nothing helps nobody."""
        raw = small_raw()
        for way in raw["toward"]:
            way["relationships"] = ["far"]
        assert "toward" not in shown(NEAR, build_model(raw)).casefold()
