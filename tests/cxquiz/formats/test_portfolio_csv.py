"""My relationships as comma-separated values."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxquiz.formats.portfolio_csv import guard, parse, to_csv, unguard
from cxquiz.portfolio.portfolio import Kept, version
from tests.cxquiz.examples import MODEL, SMALL
from tests.cxquiz.portfolios import RISKY, portfolios

if TYPE_CHECKING:
    from cxquiz.portfolio.portfolio import Portfolio

RISKY_FIRST: Final = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


class TestGuard:
    """Rule: no cell begins with what a spreadsheet takes for a formula."""

    @pytest.mark.parametrize("text", [text for text in RISKY if text[0] not in 'a"'])
    def test_a_risky_beginning_gets_an_apostrophe(self, text: str) -> None:
        """The way that spreadsheets themselves mark a text."""
        assert guard(text).startswith("'")

    @given(st.text(alphabet="=+-@'\t\n;,| a1\uff1d", max_size=9) | st.text(max_size=20))
    def test_taking_it_off_gives_back_any_text(self, text: str) -> None:
        """Nothing may be lost on the way."""
        assert unguard(guard(text)) == text

    @given(portfolios())
    def test_no_cell_of_any_list_is_a_formula(self, portfolio: Portfolio) -> None:
        """Whatever a name says."""
        rows = csv.reader(StringIO(to_csv(MODEL, portfolio), newline=""))
        assert not [cell for row in rows for cell in row if cell[:1] in {*RISKY_FIRST}]


class TestRoundTrip:
    """Rule: what goes out comes back, but for the earlier versions."""

    @given(portfolios())
    def test_the_present_versions_come_back(self, portfolio: Portfolio) -> None:
        """Any list."""
        parsed = parse(MODEL, to_csv(MODEL, portfolio).encode())
        assert parsed.problems == ()
        assert parsed.portfolio == tuple(replace(one, earlier=()) for one in portfolio)


class TestParse:
    """Rule: a register can be read too, and what is wrong with one is named."""

    def test_a_register_needs_only_names_and_answers(self) -> None:
        """As it comes from a survey; ids are made where there are none."""
        raw = b"name,where,how,colour\nThe clinic,here,for,red\nThe clinic,there,,\n"
        answers = {"where": ("here",), "how": ("for",)}
        first, second = parse(SMALL, raw).portfolio
        assert first == Kept("the-clinic", "The clinic", replace(first.now, answers=answers))
        assert second.id == "the-clinic-2"

    @pytest.mark.parametrize(
        ("raw", "place"),
        [
            (b"name,where\na,here\nb,nowhere\n", "kept_line 3.answers.where"),
            (b"name,where\na,here,x\n", "kept_line 2"),
            (b"name,where\n,here\n", "kept_line 2.id"),
            (b"name,where,rank\na,here,3\n", "kept_line 2.rank"),
            (b"colour\nred\n", "line 1"),
            (b"name,where\n\xff,here\n", "kept_line 2"),
        ],
    )
    def test_a_fault_is_named_with_its_line(self, raw: bytes, place: str) -> None:
        """And nothing of the file is taken."""
        parsed = parse(SMALL, raw)
        assert parsed.portfolio == ()
        assert any(place in problem for problem in parsed.problems), parsed.problems

    @given(st.binary(max_size=60))
    def test_nothing_raises(self, raw: bytes) -> None:
        """Any file."""
        parse(SMALL, raw)
        parse(SMALL, b"name,where\n" + raw)

    def test_texts_of_answers_come_back(self) -> None:
        """A semicolon in a text does not cut it."""
        now = version(SMALL, {"work": ("a; =b",), "what": ("take", "give")}, kept="")
        portfolio = (Kept("a", "a", now),)
        assert parse(SMALL, to_csv(SMALL, portfolio).encode()).portfolio == portfolio
