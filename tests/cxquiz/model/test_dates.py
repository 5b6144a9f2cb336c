"""Dates: a day to look again, as the reader writes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxquiz.model.dates import months_later
from tests.cxquiz.examples import SMALL


class TestMonthsLater:
    """Rule: some months later is the same day of that month, or one that every month has."""

    @pytest.mark.parametrize(
        ("today", "months", "later"),
        [
            ("2026-11-22", 0, "date 22 month11 2026"),
            ("2026-01-05", 1, "date 5 month2 2026"),
            ("2026-11-22", 1, "date 22 month12 2026"),
            ("2026-11-22", 2, "date 22 month1 2027"),
            ("2026-12-01", 1, "date 1 month1 2027"),
            ("2026-01-01", 11, "date 1 month12 2026"),
            ("2026-01-01", 12, "date 1 month1 2027"),
            ("2026-12-10", 25, "date 10 month1 2029"),
        ],
    )
    def test_it_counts_on_beyond_the_end_of_a_year(
        self, today: str, months: int, later: str
    ) -> None:
        """Half of all dates to look again lie in the next year."""
        assert months_later(SMALL, today, months) == later

    @pytest.mark.parametrize("day", [28, 29, 30, 31])
    def test_the_last_days_of_a_month_become_the_28th(self, day: int) -> None:
        """February has no other end that comes every year."""
        assert months_later(SMALL, f"2027-12-{day}", 2) == "date 28 month2 2028"

    def test_it_is_written_as_the_model_says(self) -> None:
        """Other languages name months otherwise, and put them elsewhere."""
        assert months_later(SMALL, "2026-11-22", 3) == "date 22 month2 2027"

    @pytest.mark.parametrize(
        "today",
        [
            "",
            "today",
            "2026-11",
            "2026-11-2",
            "2026-00-10",
            "2026-13-10",
            "2026-11-00",
            "2026-11-32",
            "22-11-2026",
            "2026-11-22T10:00",
            "2026-11-22\n",
            " 2026-11-22",
            "<b>2026-11-22",
        ],
    )
    def test_what_is_no_date_gives_none(self, today: str) -> None:
        """A page that cannot tell the date goes without, and shows nothing odd."""
        assert months_later(SMALL, today, 3) == ""

    @given(st.dates(), st.integers(min_value=0, max_value=40))
    def test_every_day_has_a_day_some_months_later(self, today: object, months: int) -> None:
        """Whatever the calendar shows."""
        _, day, month, year = months_later(SMALL, str(today), months).split()
        then_year, then_month, then_day = map(int, str(today).split("-"))
        passed = (int(year) - then_year) * 12 + SMALL.months.index(month) + 1 - then_month
        assert (passed, int(day)) == (months, min(then_day, 28))
