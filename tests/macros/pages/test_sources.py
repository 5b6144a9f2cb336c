"""What each source is used for."""

from __future__ import annotations

from typing import Final

from cxquiz.authoring.model_file import load_model
from macros.pages import cards
from macros.pages.documents import Call, PageSource
from macros.pages.sources import Entry, Uses, entries, used_for, uses

MODEL: Final = load_model()
PAGE: Final = PageSource(
    "ideas/money.md",
    "Money",
    (Call("cite", ("glen-2017", "hayes"), 1), Call("cite", ("glen-2017",), 2)),
)


def test_a_page_that_cites_a_source_uses_it() -> None:
    """Once, however often it does."""
    found = uses(MODEL, [PAGE])
    assert found["glen-2017"].pages == [PAGE]
    assert found["watermark"].pages == []


def test_a_part_of_the_model_that_names_a_source_uses_it() -> None:
    """Be it a relationship, a question, a flag, a dispute or a next step."""
    kinds = {entry.kind for entry in uses(MODEL, [])["tbm-comments"].entries}
    assert kinds == {"relationship", "question", "flag", "dispute", "next step"}


def test_every_source_that_the_model_names_is_counted() -> None:
    """None of its parts is forgotten."""
    named = sum(len(entry.sources) for entry in entries(MODEL))
    assert named == sum(len(use.entries) for use in uses(MODEL, []).values())


def test_a_source_that_nothing_uses_counts_as_unused() -> None:
    """The test of the sources asks for it."""
    assert not Uses()
    assert Uses(pages=[PAGE])


def test_uses_are_said_with_links() -> None:
    """Pages first, then what in the quiz rests on it, by kind."""
    use = Uses(
        [PAGE],
        [
            Entry("question", "Money", "quiz/questions/#money", ()),
            Entry("question", "Who", "", ()),
            Entry("flag", "No choice", "", ()),
        ],
    )
    assert used_for(use, "../") == [
        "Cited on: [Money](../ideas/money.md).",
        "In the quiz: question [“Money”](../quiz/questions.md#money), “Who”; flag “No choice”.",
    ]


def test_an_unused_source_says_nothing_of_uses() -> None:
    """An empty line would be worse."""
    assert used_for(Uses(), "../") == []


def test_the_list_shows_for_each_source_what_it_is_used_for() -> None:
    """On a line of its own below the source."""
    entry = cards.all_sources(MODEL, {"hayes": ["Cited on: all."]}).split("\n- ")
    assert [text for text in entry if "Cited on" in text] == [
        text for text in entry if "{: #hayes }" in text
    ]
