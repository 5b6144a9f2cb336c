"""Measuring and breaking text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxquiz.map.text_width import width, wrap

WORDS = st.text(alphabet="abWi é医 \u0301", max_size=80).map(lambda text: " ".join(text.split()))


class TestWrap:
    """Rule: lines fit, and nothing is lost but what an ellipsis stands for."""

    @given(WORDS, st.integers(min_value=30, max_value=300), st.integers(min_value=1, max_value=4))
    def test_every_line_fits(self, text: str, room: int, lines: int) -> None:
        """Or labels would run into one another."""
        found = wrap(text, 13, room, lines, bold=True)
        assert len(found) <= lines
        assert all(width(line, 13, bold=True) <= room for line in found)

    @given(WORDS, st.integers(min_value=30, max_value=300))
    def test_all_of_a_text_is_there_where_lines_are_enough(self, text: str, room: int) -> None:
        """Only spaces at the breaks go."""
        found = wrap(text, 13, room, 100)
        assert "".join(found).replace(" ", "") == text.replace(" ", "")

    def test_what_does_not_fit_ends_in_an_ellipsis(self) -> None:
        """So that the reader knows that there is more."""
        assert wrap("abc def ghi", 10, 30, 1) == ["abc…"]

    def test_words_stay_whole_where_they_can(self) -> None:
        """Broken words are hard to read."""
        assert wrap("one three", 10, 40, 2) == ["one", "three"]
        assert wrap("no exception", 10, 60, 2) == ["no", "exception"]

    @pytest.mark.parametrize(("narrow", "wide"), [("il", "WM"), ("abc", "医院的"), ("a", "ab")])
    def test_wider_letters_count_more(self, narrow: str, wide: str) -> None:
        """A table, not a count of letters."""
        assert width(narrow, 10) < width(wide, 10) < width(wide, 10, bold=True)
