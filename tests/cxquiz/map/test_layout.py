"""The layout of the map, by its geometry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxquiz.map.items import Item, items_of
from cxquiz.map.layout import lay_out
from cxquiz.map.places import IN_MODEL, OPEN
from cxquiz.portfolio.portfolio import PRIMARY, Kept, version
from tests.cxquiz.examples import MODEL, SMALL, ideal_answers
from tests.cxquiz.maps import NAMES, WIDTHS, boxes, check, item, items

if TYPE_CHECKING:
    from cxquiz.map.shapes import Layout


class TestGeometry:
    """Rule: everything can be read, whatever the relationships are."""

    @settings(max_examples=40, deadline=None)
    @given(items(most=12) | items(least=30), st.sampled_from(WIDTHS), st.booleans())
    def test_labels_never_overlap_and_no_line_runs_through_one(
        self,
        found: list[Item],
        wide: float,
        sheet: bool,  # noqa: FBT001 - what is tried
    ) -> None:
        """In both layouts, with chains, circles and names of any length."""
        layout = lay_out(MODEL, found, width=wide, sheet=sheet)
        check(layout)
        assert sheet or layout.width <= wide

    @pytest.mark.parametrize("place", [*IN_MODEL, OPEN])
    @pytest.mark.parametrize("count", [1, 3, 60, 400])
    @pytest.mark.parametrize("wide", WIDTHS)
    def test_all_in_one_place_can_be_read_too(self, place: str, count: int, wide: float) -> None:
        """Somebody has sixty suppliers and nothing else."""
        found = [item(f"{NAMES[n % len(NAMES)]} {n}", place) for n in range(count)]
        check(lay_out(MODEL, found, width=wide))

    @pytest.mark.parametrize("wide", WIDTHS)
    @pytest.mark.parametrize("place", ["served", "supply", "inside", "beside"])
    def test_a_chain_of_any_length_can_be_read(self, place: str, wide: float) -> None:
        """Longer ones than any picture is wide are cut."""
        for length in (2, 5, 9, 40):
            found = [item(str(n), place, str(n - 1)) for n in range(length)]
            check(lay_out(MODEL, found, width=wide))

    @given(items(most=12), st.randoms(use_true_random=False))
    def test_the_order_of_the_input_changes_nothing(
        self, found: list[Item], random: object
    ) -> None:
        """The same relationships give the same picture."""
        mixed = list(found)
        random.shuffle(mixed)  # type: ignore[attr-defined] # a random.Random, says hypothesis
        assert lay_out(MODEL, mixed) == lay_out(MODEL, found)

    def test_nothing_at_all_is_a_map_of_me(self) -> None:
        """The list begins empty."""
        layout = lay_out(MODEL, [])
        assert layout.boxes == ()
        assert layout.me.lines == (("name", MODEL.say("map_me")),)

    @pytest.mark.parametrize("count", [3, 12, 30, 60])
    def test_it_goes_on_a_landscape_sheet(self, count: int) -> None:
        """As high as A4 is, or lower, with its margins."""
        found = [item(f"Party {n}", IN_MODEL[n % len(IN_MODEL)]) for n in range(count)]
        layout = lay_out(MODEL, found, sheet=True)
        assert layout.height <= 0.69 * max(layout.width, 620)


class TestPlaces:
    """Rule: the place says what they are, and which way the line runs."""

    LAYOUT = lay_out(MODEL, [item(place, place) for place in [*IN_MODEL, OPEN]])

    def test_whom_i_serve_is_right_and_who_serves_me_left(self) -> None:
        """As people read a flow of work."""
        at = boxes(self.LAYOUT)
        assert all(at[name].left > at["me"].right for name in ("served", "end", "inside"))
        assert at["supply"].right < at["me"].left

    def test_overseers_are_above_and_partners_below(self) -> None:
        """Power looks down; partners stand at my side."""
        at = boxes(self.LAYOUT)
        assert at["over"].bottom < at["me"].top
        assert all(at[name].top > at["me"].bottom for name in ("beside", "led", "aside", OPEN))

    @pytest.mark.parametrize(
        ("place", "at_start", "at_end"),
        [
            ("served", False, True),
            ("inside", False, True),
            ("led", False, True),
            ("supply", True, False),
            ("over", True, False),
            ("beside", True, True),
        ],
    )
    @pytest.mark.parametrize("wide", [343.0, 1200.0])
    def test_arrows_run_to_whoever_is_served(
        self,
        place: str,
        at_start: bool,  # noqa: FBT001 - what is expected
        at_end: bool,  # noqa: FBT001 - as above
        wide: float,
    ) -> None:
        """Lines begin at my side; partners have an arrow at each end."""
        layout = lay_out(MODEL, [item("x", place)], width=wide)
        (line,) = [line for line in layout.lines if line.points[-1].x in _edges(layout, "x")]
        assert (line.at_start, line.at_end) == (at_start, at_end)

    def test_whatever_is_no_relationship_has_no_line(self) -> None:
        """There is nothing between us."""
        assert not lay_out(MODEL, [item("x", "aside"), item("y", OPEN)]).lines

    def test_the_first_in_rank_comes_first(self) -> None:
        """Whoever is primary must be seen at once."""
        now = version(SMALL, ideal_answers(SMALL, "near"), kept="")
        kept = [Kept("a", "A", now), Kept("z", "Z", now, rank=PRIMARY)]
        at = boxes(lay_out(SMALL, items_of(SMALL, kept)))
        assert at["z"].top < at["a"].top or at["z"].left < at["a"].left


def _edges(layout: Layout, name: str) -> tuple[float, float]:
    box = boxes(layout)[name]
    return box.left, box.right
