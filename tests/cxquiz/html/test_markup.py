"""HTML as values: elements escape whatever is put into them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxquiz.html.markup import Markup, el, escape, join
from cxquiz.model.text import clean
from tests.cxquiz.markup import parse
from tests.cxquiz.strategies import short_texts


class TestEscaping:
    """Rule: text stays text, wherever it is put, and what harms the text beside it is not there."""

    @given(st.text() | short_texts())
    def test_text_inside_an_element_comes_out_as_it_went_in(self, text: str) -> None:
        """Whatever somebody typed is shown, and does nothing."""
        document = parse(el("p", text))
        assert [item.tag for item in document.elements] == ["p"]
        assert document.text == clean(text)

    @given(st.text() | short_texts())
    def test_text_in_an_attribute_comes_out_as_it_went_in(self, text: str) -> None:
        """A quotation mark must not end the attribute."""
        document = parse(el("input", value=text))
        assert document.elements[0].attributes == {"value": clean(text)}

    def test_markup_is_not_escaped_again(self) -> None:
        """Elements go into elements."""
        assert el("p", el("b", "x")) == "<p><b>x</b></p>"
        assert escape(escape("<")) == "&lt;"

    def test_markup_that_was_pieced_together_as_text_is_text(self) -> None:
        """Only this module says what is HTML."""
        assert not isinstance(Markup("<b>") + "<i>", Markup)
        assert not isinstance(f"{Markup('<b>')}", Markup)

    def test_joined_pieces_are_escaped_one_by_one(self) -> None:
        """A list may hold text and elements."""
        assert join("<", el("br"), None, "&") == "&lt;<br>&amp;"


class TestElements:
    """Rule: an element is written as HTML wants it."""

    def test_an_attribute_that_is_not_set_is_left_out(self) -> None:
        """Nothing is written for nothing."""
        assert el("p", id=None, hidden=False) == "<p></p>"

    def test_an_attribute_that_is_merely_set_has_no_value(self) -> None:
        """As in ``checked``."""
        assert el("input", checked=True) == "<input checked>"

    def test_numbers_are_written_as_they_are(self) -> None:
        """As in ``tabindex``, nought included."""
        assert el("p", tabindex=0) == '<p tabindex="0"></p>'

    def test_names_become_those_of_html(self) -> None:
        """Python cannot say ``class``, ``for`` or ``aria-label``."""
        assert el("p", class_="a", for_="b", aria_label="c") == (
            '<p class="a" for="b" aria-label="c"></p>'
        )

    def test_an_empty_child_is_left_out(self) -> None:
        """Parts of a screen are often not there."""
        assert el("p", None, "x", None) == "<p>x</p>"

    @pytest.mark.parametrize("tag", ["br", "hr", "input", "col"])
    def test_an_element_without_content_has_no_end(self, tag: str) -> None:
        """A browser would make two of it."""
        assert el(tag) == f"<{tag}>"
