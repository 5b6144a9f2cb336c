"""Pieces of the model as Markdown for the pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import markdown  # type: ignore[import-untyped] # it comes without types
import pytest

from cxquiz import load_model
from macros import cards

if TYPE_CHECKING:
    from collections.abc import Callable

    from cxquiz import Model

MODEL = load_model()
DOCS = "../../"


def html(text: str) -> str:
    """Turn Markdown into HTML as the site does."""
    extensions = ["admonition", "attr_list", "tables"]
    return str(markdown.markdown(text, extensions=extensions))


class TestRelationship:
    """Rule: a page says of a relationship what the quiz says of it."""

    @pytest.mark.parametrize("name", MODEL.relationships)
    def test_the_definition_stands_with_its_caution(self, name: str) -> None:
        """The warning must not get lost on the way to the page."""
        relationship = MODEL.relationships[name]
        text = cards.definition(MODEL, name)
        assert text.startswith(relationship.definition)
        assert relationship.caution in text
        assert ("admonition" in html(text)) == bool(relationship.caution)

    @pytest.mark.parametrize("name", MODEL.relationships)
    def test_each_sign_is_an_item(self, name: str) -> None:
        """Nothing is added and nothing left out."""
        signs = MODEL.relationships[name].criteria
        assert html(cards.criteria(MODEL, name)).count("<li>") == len(signs)

    @pytest.mark.parametrize("name", MODEL.relationships)
    def test_each_neighbour_is_a_row_with_a_link(self, name: str) -> None:
        """The reader goes on to what it may be instead."""
        text = html(cards.near_misses(MODEL, name, DOCS))
        near_misses = MODEL.relationships[name].near_misses
        pages = [MODEL.relationships[near.relationship].page for near in near_misses]
        files = [f"{DOCS}{page.rstrip('/')}.md" for page in pages]
        assert re.findall(r'href="([^"]*)"', text) == files
        assert text.count("<td") == 2 * len(near_misses)

    @pytest.mark.parametrize("name", MODEL.relationships)
    def test_the_next_steps_end_with_the_question_for_the_other_party(self, name: str) -> None:
        """One side alone knows half of it."""
        lines = cards.next_steps(MODEL, name).splitlines()
        assert len(lines) == len(MODEL.relationships[name].next_steps) + 1
        assert lines[-1].removeprefix("- ") == MODEL.relationships[name].ask_them

    @pytest.mark.parametrize("name", MODEL.relationships)
    def test_each_source_is_an_item(self, name: str) -> None:
        """The reader can check it."""
        text = cards.sources_of(MODEL, name)
        for source in MODEL.relationships[name].sources:
            assert MODEL.sources[source].title in text

    @pytest.mark.parametrize(
        "card",
        [
            cards.definition,
            cards.criteria,
            cards.next_steps,
            cards.sources_of,
            lambda model, name: cards.near_misses(model, name, DOCS),
        ],
    )
    def test_an_unknown_one_is_refused_with_those_there_are(
        self, card: Callable[[Model, str], str]
    ) -> None:
        """A slip in a page stops the build and says what may be meant."""
        with pytest.raises(cards.UnknownNameError, match=r"“partnr”.*\bpartner\b"):
            card(MODEL, "partnr")


class TestSources:
    """Rule: a source that is cited can be found."""

    def test_a_reference_links_to_the_entry_of_its_source(self) -> None:
        """One press, and the reader sees author, title and place."""
        target = re.findall(r"\]\((.*?)#(.*?)\)", cards.cite(MODEL, ["glen-2017"], DOCS))
        assert target == [(f"{DOCS}reference/sources.md", "glen-2017")]
        assert '<li id="glen-2017">' in html(cards.all_sources(MODEL))

    def test_several_sources_stand_in_one_pair_of_brackets(self) -> None:
        """As anybody would write them."""
        text = cards.cite(MODEL, ["glen-2017", "hayes"], DOCS)
        assert len(re.findall(r"\]\(", text)) == 2
        assert (text[0], text[-1]) == ("(", ")")

    def test_an_unknown_one_is_refused_with_those_there_are(self) -> None:
        """A slip in a page stops the build and says what may be meant."""
        with pytest.raises(cards.UnknownNameError, match=r"“glenn”.*\bglen-2017\b"):
            cards.cite(MODEL, ["glenn"], DOCS)

    def test_every_source_has_its_entry(self) -> None:
        """Each with an anchor of its own, so that a reference can lead to it."""
        anchors = re.findall(r'<li id="([^"]*)">', html(cards.all_sources(MODEL)))
        assert anchors == list(MODEL.sources)

    def test_an_entry_says_how_far_we_could_read_it(self) -> None:
        """Nobody should quote what nobody here has read."""
        for source in MODEL.sources.values():
            assert f"({cards._READ[source.read]})" in cards._reference(source)


class TestQuestions:
    """Rule: the list of questions holds them all, with the ids that files use."""

    def test_every_question_and_option_is_there_with_its_id(self) -> None:
        """Who writes a file of answers needs them."""
        text = cards.questions_list(MODEL)
        for question in MODEL.questions.values():
            assert f"**{question.text}** `{question.id}`" in text
            for option in question.options.values():
                assert f"- {option.text} `{option.id}`" in text

    def test_each_option_is_an_item_below_its_question(self) -> None:
        """A page that reads as one long line helps nobody."""
        options = sum(len(question.options) for question in MODEL.questions.values())
        assert html(cards.questions_list(MODEL)).count("<li>") == options


class TestEstimation:
    """Rule: a page shows the figures that the quiz works with."""

    @pytest.mark.parametrize(
        "figure", ["two_readings_within", "minimum_answers", "holds_points", "holds_within"]
    )
    def test_a_figure_is_that_of_the_model(self, figure: str) -> None:
        """It cannot go out of date."""
        assert cards.estimation(MODEL, figure) == str(getattr(MODEL.estimation, figure))

    def test_the_share_of_a_clear_reading_is_a_percentage(self) -> None:
        """Readers think in hundredths."""
        assert int(cards.estimation(MODEL, "clear_share_percent")) * 10 == (
            MODEL.estimation.clear_share
        )

    def test_an_unknown_one_is_refused_with_those_there_are(self) -> None:
        """A slip in a page stops the build and says what may be meant."""
        with pytest.raises(cards.UnknownNameError, match=r"“holds”.*\bholds_points\b"):
            cards.estimation(MODEL, "holds")
