"""Pages are easy to read, also for those whose first language is another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from cxquiz.authoring.model_file import load_model
from tests.site.built import DOCUMENTS
from tests.site.readability import LEAST, prose, reading_ease, syllables

if TYPE_CHECKING:
    from tests.site.built import Site

MODEL: Final = load_model()
QUESTIONS: Final = {**MODEL.questions, **MODEL.context}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_page_is_easy_to_read(built: Site, name: str) -> None:
    """Flesch reading ease is at least that of plain English."""
    ease = reading_ease(prose(built.page(name)))
    print(f"docs/{name}: Flesch reading ease {ease:.1f}")  # noqa: T201 - for `pytest -rP`
    assert ease >= LEAST, (
        f"docs/{name} has a Flesch reading ease of {ease:.1f}, below {LEAST}: "
        "cut its longest sentences in two, and look for shorter words"
    )


@pytest.mark.parametrize("question", [name for name, it in QUESTIONS.items() if it.talk])
def test_what_helps_two_to_talk_is_easy_to_read(question: str) -> None:
    """It is read aloud, and heard by those whose first language is another."""
    talk = QUESTIONS[question].talk
    assert talk is not None
    assert reading_ease([talk.mean, talk.ask, talk.agree]) >= LEAST


@pytest.mark.parametrize(
    ("word", "count"), [("who", 1), ("customer", 3), ("stakeholders", 3), ("chargeback", 2)]
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    """Also in a word that the dictionary does not have."""
    assert syllables(word) == count


def test_the_measure_is_flesch_reading_ease() -> None:
    """The best-known example of it: six words, six syllables, one sentence."""
    assert reading_ease(["The cat sat on the mat."]) == pytest.approx(116.145)


def test_a_lead_in_does_not_make_a_text_look_easier() -> None:
    """Else every “For example.” would hide a long sentence."""
    assert reading_ease(["Cats. The cat sat on the mat."]) < reading_ease(
        ["The cat sat on the mat."]
    )
