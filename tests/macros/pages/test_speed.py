"""The tables and the chart of the page “How fast is it?”."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree as ET

import pytest

from macros.pages.speed import WAYS, Aim, Speed

TABLES: Final = [name for name in vars(Speed) if name.endswith("_table")]


@pytest.fixture(name="speed")
def _speed() -> Speed:
    return Speed()


class TestTables:
    """Rules: every table is one, and a figure comes by its path."""

    @pytest.mark.parametrize("name", TABLES)
    def test_all_rows_have_as_many_cells(self, speed: Speed, name: str) -> None:
        """Else Markdown would show the rows as text."""
        rows = speed.show(name).splitlines()
        assert len({row.count("|") for row in rows}) == 1
        assert len(rows) > 2

    def test_a_figure_comes_by_its_path(self, speed: Speed) -> None:
        """So that a sentence can hold it."""
        assert float(speed.show("answers.there.p95")) > 0

    def test_an_unknown_figure_is_refused(self, speed: Speed) -> None:
        """A page must not show nothing."""
        with pytest.raises(KeyError):
            speed.show("answers.nonsense")

    def test_memory_that_the_machine_does_not_tell_is_said_to_be_unknown(
        self, speed: Speed
    ) -> None:
        """No figure is made up."""
        for way in speed._figures["starts"][0]["ways"].values():
            way["memory_mb"] = None
        assert speed.show("costs_table").count("not known") == len(WAYS)

    def test_the_note_says_what_served_the_second_visit(self, speed: Speed) -> None:
        """Nobody should think of a service worker where there is none."""
        notes = set()
        for controlled in (True, False):
            speed._figures["starts"][0]["ways"]["ours_again"]["service_worker"] = controlled
            notes.add(speed.show("second_visit_note"))
        assert len(notes) == 2


class TestAims:
    """Rule: an aim is kept where the measured value is not above the most."""

    @pytest.mark.parametrize(("measured", "kept"), [(0.5, "yes"), (0.6, "yes"), (0.61, "no")])
    def test_the_last_cell_says_it(self, measured: float, kept: str) -> None:
        """A reader need not compare the figures."""
        assert Aim("Ratio", 0.6, measured, str).row[-1] == kept


class TestChart:
    """Rule: the chart shows what the table says, for everybody."""

    def test_each_way_over_each_line_has_a_bar(self, speed: Speed) -> None:
        """None is left out because it looks bad."""
        bars = _chart(speed).iter("rect")
        assert len(list(bars)) == len(WAYS) * len(speed._figures["starts"])

    def test_a_longer_time_has_a_longer_bar(self, speed: Speed) -> None:
        """That is all that the picture says."""
        widths = [float(bar.get("width", 0)) for bar in _chart(speed).iter("rect")][: len(WAYS)]
        times = [speed._figures["starts"][0]["ways"][way]["ms"] for way in WAYS]
        by_width = sorted(range(len(WAYS)), key=lambda number: widths[number])
        assert [times[number] for number in by_width] == sorted(times)

    def test_it_has_a_name_and_a_description(self, speed: Speed) -> None:
        """A screen reader says these instead."""
        drawing = _chart(speed).find("svg")
        assert drawing is not None
        ids = {element.get("id") for element in drawing if element.text}
        assert set(drawing.get("aria-labelledby", "").split()) <= ids


def _chart(speed: Speed) -> ET.Element:
    return ET.fromstring(speed.show("starts_chart"))  # noqa: S314 - made here
