"""Every screen of the quiz: well-formed, accessible, and safe from what readers type."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxquiz.classifier.answers import TEXT_LIMIT
from cxquiz.formats.link import to_text
from cxquiz.html.screens import Screen, render_step
from cxquiz.model.text import one_line
from cxquiz.model.types import MINE, THEIRS
from cxquiz.quiz.session import COMPARED, INVITED, LAST, RESULT, Session, current_screen
from cxquiz.quiz.steps import ACTION_FIELD, SCREEN_FIELD, Step, submit
from tests.cxquiz.browser_modules import allowed_attributes, allowed_tags
from tests.cxquiz.examples import MODEL
from tests.cxquiz.markup import REFERENCES, Document, parse
from tests.cxquiz.strategies import HOSTILE, answers, short_texts

ROOT: Final = "../../"
TEXT_IDS: Final = [question.id for question in MODEL.context.values() if question.kind == "text"]


OTHERS: Final = st.lists(st.tuples(answers(), st.sampled_from([MINE, THEIRS])), max_size=3)
"""Other people's answers, and the side that each stands on."""


@st.composite
def steps(draw: st.DrawFn) -> Step:
    """Any screen that a reader can come to, with or without errors."""
    entries = draw(answers())
    skipped = draw(st.sets(st.sampled_from(list(MODEL.questions)), max_size=4))
    session = Session(
        entries={**entries, **{name: () for name in skipped if name not in entries}},
        at=draw(st.sampled_from(["", *MODEL.questions, LAST, COMPARED, INVITED])),
        last_seen=draw(st.booleans()),
        finished=draw(st.booleans()),
        side=draw(st.sampled_from([MINE, THEIRS])),
        against=tuple(to_text(MODEL, other, side=side) for other, side in draw(OTHERS)),
        names=draw(st.booleans()),
        aside=draw(st.none() | st.builds(Session, entries=answers())),
        problems=tuple(draw(st.lists(short_texts(), max_size=2))),
        dropped=tuple(draw(st.lists(short_texts(), max_size=2))),
    )
    screen = current_screen(MODEL, session)
    if draw(st.booleans()):
        return Step(session, screen)
    long = draw(short_texts()).ljust(TEXT_LIMIT + 1, "x")
    texts = [(name, draw(st.sampled_from(["", long]))) for name in TEXT_IDS]
    fields = [(SCREEN_FIELD, screen), (ACTION_FIELD, "continue"), *texts]
    return submit(MODEL, session, fields)


def show(step: Step) -> Screen:
    """Render a screen of the packaged model."""
    return render_step(MODEL, step, root=ROOT)


def read(step: Step) -> Document:
    """Render a screen and read it back."""
    return parse(show(step).html)


few = settings(max_examples=40)


class TestEveryScreen:
    """Rule: every screen is right, whatever was answered."""

    @few
    @given(steps())
    def test_it_is_well_formed_with_each_id_once(self, step: Step) -> None:
        """A browser shows what was meant, and links and labels find their place."""
        ids = Counter(read(step).ids)
        assert [name for name, count in ids.items() if count > 1] == []

    @few
    @given(steps())
    def test_the_focus_has_a_place_to_go(self, step: Step) -> None:
        """A screen reader starts there; it must be able to take the focus without being a stop."""
        screen = show(step)
        (target,) = [
            item
            for item in parse(screen.html).elements
            if item.attributes.get("id") == screen.focus
        ]
        assert target.attributes["tabindex"] == "-1"
        assert target.text.strip()

    @few
    @given(steps())
    def test_every_field_has_one_label(self, step: Step) -> None:
        """Whoever cannot see the screen hears what to fill in."""
        document = read(step)
        labels = Counter(item.attributes["for"] for item in document.all("label"))
        assert {item.attributes["id"]: 1 for item in document.fields} == labels

    @few
    @given(steps())
    def test_every_choice_stands_in_a_group_with_the_question(self, step: Step) -> None:
        """A screen reader says the question with the first choice."""
        document = read(step)
        for item in document.fields:
            if item.attributes.get("type") in {"radio", "checkbox"}:
                assert "fieldset" in item.parents
        legends = [item for item in document.all("legend") if item.text.strip()]
        assert len(document.all("fieldset")) == len(legends)

    @few
    @given(steps())
    def test_every_reference_finds_its_id(self, step: Step) -> None:
        """Hints and errors are read out with their field."""
        document = read(step)
        for item in document.elements:
            for name in REFERENCES:
                assert set(item.attributes.get(name, "").split()) <= set(document.ids)

    @few
    @given(steps())
    def test_links_start_at_the_root_or_stay_on_the_page(self, step: Step) -> None:
        """The site may stand below any path, and leads nowhere else."""
        for link in read(step).all("a"):
            assert link.attributes["href"].startswith((ROOT, "#"))
            assert link.text.strip()

    @few
    @given(steps())
    def test_the_browsers_guard_lets_it_through(self, step: Step) -> None:
        """A kept screen that the guard refuses would start Python on every page."""
        document = read(step)
        found = {name for item in document.elements for name in item.attributes}
        assert {item.tag for item in document.elements} <= allowed_tags()
        assert found <= allowed_attributes()

    @few
    @given(steps())
    def test_without_the_script_a_form_sends_nothing(self, step: Step) -> None:
        """Else a browser would put name and answers into an address and ask the site for it."""
        (form,) = read(step).all("form")
        assert form.attributes["method"] == "dialog"

    @few
    @given(steps())
    def test_it_says_which_screen_it_is(self, step: Step) -> None:
        """The form sends it back, so that an answer finds its question."""
        (hidden,) = [
            item for item in read(step).elements if item.attributes.get("type") == "hidden"
        ]
        assert hidden.attributes["name"] == SCREEN_FIELD
        assert hidden.attributes["value"] == step.screen

    @few
    @given(steps())
    def test_there_is_a_way_on(self, step: Step) -> None:
        """No screen is a dead end."""
        actions = {
            item.attributes["value"]
            for item in read(step).all("button")
            if item.attributes["name"] == ACTION_FIELD
        }
        assert actions & {"continue", "begin", "restart"}

    @few
    @given(steps())
    def test_headings_go_down_one_step_at_a_time(self, step: Step) -> None:
        """Screen readers list them; a missing level looks like missing content."""
        levels = [
            int(item.tag[1]) for item in read(step).elements if re.fullmatch(r"h\d", item.tag)
        ]
        assert levels[0] == 3
        assert all(after <= before + 1 for before, after in pairwise(levels))

    @few
    @given(steps())
    def test_the_title_says_whether_something_is_wrong(self, step: Step) -> None:
        """A tab's title is the first that a screen reader says."""
        screen, plain = show(step), show(replace(step, errors=()))
        assert screen.title.strip()
        assert (screen.title != plain.title) == bool(step.errors)
        assert screen.focus == ("cx-errors" if step.errors else "cx-focus")


def typed(text: str, screen: str) -> Step:
    """Return a screen after somebody has typed the same text into every field."""
    entries: dict[str, tuple[str, ...]] = dict.fromkeys(TEXT_IDS, (text,))
    order = ("organisation", "use", "direction", "money", "buying")
    for question in order:
        entries[question] = (next(iter(MODEL.questions[question].options)),)
    at = "" if screen == RESULT else screen
    session = Session(entries, at=at, last_seen=True, finished=True, dropped=(text,))
    return Step(session, screen)


def attempted(text: str, screen: str) -> Step:
    """Return a screen with errors after somebody has typed a text that is too long."""
    session = Session({"use": ("use",)} if screen == LAST else {})
    fields = [(name, text * (TEXT_LIMIT + 1)) for name in TEXT_IDS]
    return submit(MODEL, session, [(SCREEN_FIELD, screen), *fields])


class TestWhatReadersType:
    """Rule: whatever a reader types is shown as it is, and does nothing."""

    @pytest.mark.parametrize("screen", ["organisation", "use", LAST, RESULT])
    @few
    @given(text=short_texts().map(one_line).filter(bool))
    def test_it_adds_no_element_and_no_attribute(self, screen: str, text: str) -> None:
        """The screen has the same shape as with a harmless text."""
        assert read(typed(text, screen)).shape == read(typed("Ada", screen)).shape

    @pytest.mark.parametrize("screen", ["organisation", LAST])
    @few
    @given(text=short_texts().map(one_line).filter(bool))
    def test_nor_does_it_where_it_is_refused(self, screen: str, text: str) -> None:
        """It is shown again to be shortened."""
        step = attempted(text, screen)
        assert step.errors
        assert read(step).shape == read(attempted("Ada", screen)).shape
        assert text * (TEXT_LIMIT + 1) in {
            item.attributes.get("value") for item in read(step).fields
        }

    @pytest.mark.parametrize("text", [*filter(None, map(one_line, HOSTILE))])
    @pytest.mark.parametrize("screen", ["use", LAST, RESULT])
    def test_it_is_shown_as_it_was_typed(self, screen: str, text: str) -> None:
        """Braces, percent signs and tags included."""
        assert text in read(typed(text, screen)).text

    @pytest.mark.parametrize("text", [*filter(None, map(one_line, HOSTILE))])
    @pytest.mark.parametrize("screen", ["organisation", LAST])
    def test_it_stands_in_its_field_as_it_was_typed(self, screen: str, text: str) -> None:
        """So that it can be changed."""
        values = {item.attributes.get("value") for item in read(typed(text, screen)).fields}
        assert text in values

    @given(short_texts().map(one_line).filter(bool))
    def test_it_never_reaches_the_title(self, text: str) -> None:
        """The title is set by script; nothing typed needs to be there."""
        assert show(typed(text, RESULT)).title == show(typed("Ada", RESULT)).title

    def test_a_stored_id_does_nothing_either(self) -> None:
        """Storage can be written by anybody on the same origin."""
        step = Step(Session(dropped=("<b onclick=x>", "{ids}")), "organisation")
        document = read(step)
        assert "<b onclick=x>" in document.text
        assert "{ids}" in document.text
        assert not document.all("b")
