"""Pieces of the model as Markdown for the pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import markdown  # type: ignore[import-untyped] # it comes without types
import pytest

from cxquiz.authoring.model_file import load_model
from macros.pages import cards

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
    def test_the_definition_stands_between_one_sentence_and_its_caution(self, name: str) -> None:
        """Who has little time reads the first; the warning must not get lost on the way."""
        relationship = MODEL.relationships[name]
        text = cards.definition(MODEL, name)
        parts = [relationship.short, relationship.definition, relationship.caution]
        places = [text.index(part) for part in parts if part]
        assert places == sorted(places)
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
    """Rule: each question has a section of its own, with all that its answers say."""

    def test_every_question_has_a_section_with_its_id_as_anchor(self) -> None:
        """The reasons of a result link there."""
        anchors = re.findall(r'<h2 id="([^"]*)">', html(cards.question_sections(MODEL, DOCS)))
        assert anchors == list(MODEL.questions)

    def test_a_section_says_what_is_asked_and_why(self) -> None:
        """That is what the reader comes for."""
        text = cards.question_sections(MODEL, DOCS)
        for question in MODEL.questions.values():
            for part in (question.text, question.hint, cards.cite(MODEL, question.sources, DOCS)):
                assert part in text

    def test_each_option_is_a_row_of_its_questions_table(self) -> None:
        """A page that reads as one long line helps nobody."""
        options = [o for question in MODEL.questions.values() for o in question.options.values()]
        shown = html(cards.question_sections(MODEL, DOCS))
        assert shown.count("<tr>") == len(options) + shown.count("<table>")
        assert shown.count("<table>") == len(MODEL.questions)

    def test_a_row_names_whom_the_answer_speaks_for_and_against(self) -> None:
        """The strongest first; what hardly counts is left out."""
        names = [relationship.name for relationship in MODEL.relationships.values()]
        weights = [3, -2, 1, -1, 4, 0, -5, *[0] * (len(names) - 7)]
        for sign, named in ((1, [names[4], names[0]]), (-1, [names[6], names[1]])):
            items = cards._leaning(MODEL, weights, sign).split("; ")
            assert [item.partition(" (")[0] for item in items] == named

    def test_a_row_never_stays_empty(self) -> None:
        """An answer that tells nothing by itself is said to."""
        assert cards._leaning(MODEL, [0] * len(MODEL.relationships), 1).strip()

    def test_weights_that_depart_from_the_published_ones_say_why(self) -> None:
        """Nobody has to find out alone."""
        text = cards.question_sections(MODEL, DOCS)
        for question in MODEL.questions.values():
            for option in question.options.values():
                assert option.weights_note in text


class TestEstimation:
    """Rule: a page shows the figures that the quiz works with."""

    @pytest.mark.parametrize("figure", ["minimum_answers", "holds_points", "holds_within"])
    def test_a_figure_is_that_of_the_model(self, figure: str) -> None:
        """It cannot go out of date."""
        assert cards.estimation(MODEL, figure) == str(getattr(MODEL.estimation, figure))

    @pytest.mark.parametrize("share", ["clear_share", "leaning_share", "two_readings_share"])
    def test_the_share_of_a_verdict_is_a_percentage(self, share: str) -> None:
        """Readers think in hundredths."""
        percent = int(cards.estimation(MODEL, f"{share}_percent"))
        assert percent * 10 == getattr(MODEL.estimation, share)

    def test_k_is_a_fraction(self) -> None:
        """As it stands in the model."""
        numerator, denominator = MODEL.estimation.k
        assert cards.estimation(MODEL, "k") == f"{numerator}/{denominator}"

    def test_the_patience_is_that_of_the_model(self) -> None:
        """It is a figure of the asking, not of the estimate."""
        assert cards.estimation(MODEL, "patience") == str(MODEL.asking.patience)

    def test_the_cap_is_the_one_that_all_families_have(self) -> None:
        """The page speaks of one cap, so there must be one."""
        assert {str(cap) for cap in MODEL.estimation.caps.values()} == {
            cards.estimation(MODEL, "family_cap")
        }

    def test_an_unknown_one_is_refused_with_those_there_are(self) -> None:
        """A slip in a page stops the build and says what may be meant."""
        with pytest.raises(cards.UnknownNameError, match=r"“holds”.*\bholds_points\b"):
            cards.estimation(MODEL, "holds")
