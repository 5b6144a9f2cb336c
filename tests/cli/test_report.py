"""The reading in a terminal: all that is explained."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

import pytest

from cxquiz.authoring.loader import build_model
from cxquiz.classifier.explanation import explain
from cxquiz.cli.reading import show_reading
from cxquiz.cli.terminal import Terminal
from tests.cxquiz.examples import SMALL, small_raw
from tests.cxquiz.explained import EXAMPLES, NEAR, TIED, TODAY, texts_in

if TYPE_CHECKING:
    from cxquiz.classifier.answers import Answers
    from cxquiz.model.types import Model


def shown(answers: Answers, model: Model = SMALL) -> str:
    """Return what the terminal shows of a reading, on one line."""
    with redirect_stdout(io.StringIO()) as written:
        show_reading(explain(model, answers, today=TODAY), Terminal())
    return " ".join(written.getvalue().split())


@pytest.mark.parametrize(("model", "answers"), EXAMPLES)
def test_each_text_is_there(model: Model, answers: Answers) -> None:
    """The same is said on every screen."""
    text = shown(answers, model)
    wanted = texts_in(explain(model, answers, today=TODAY))
    assert [one for one in wanted if " ".join(one.split()) not in text] == []


def test_two_readings_are_announced() -> None:
    """A tie is not broken in silence."""
    assert "two_title The near They are near." in shown(TIED)
    assert "two_title" not in shown(NEAR)


def test_what_to_do_comes_last() -> None:
    """In a terminal it is the end that stays in sight."""
    text = shown(NEAR)
    keys = ("why_title", "changes_title", "next_steps_title", "toward_title", "directions_title")
    places = [text.index(key) for key in keys]
    assert places == sorted(places)


def test_answers_that_only_together_change_it_are_a_list() -> None:
    """Each has a line of its own between how many they are and what they lead to."""
    text = shown({"where": ("here",), "how": ("for",)})
    assert "2 - suppose that where is there - suppose that how is with changes_all The far" in text


def test_a_relationship_without_a_caution_has_none() -> None:
    """An empty line warns of nothing."""
    raw = small_raw()
    del raw["relationship"][0]["caution"]
    assert "They are near. verdict_label" in shown(NEAR, build_model(raw))
