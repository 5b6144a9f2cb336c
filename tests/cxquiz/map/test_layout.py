"""The layout of the map, by its geometry."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxquiz.classifier.verdict import NOT_ENOUGH, TWO_READINGS
from cxquiz.map.layout import (
    MOST,
    NAME_SIZE,
    OPEN,
    SMALL_SIZE,
    Item,
    Layout,
    items_of,
    lay_out,
)
from cxquiz.map.text_width import width
from cxquiz.model.types import PLACES
from cxquiz.portfolio.portfolio import PRIMARY, Kept, version
from tests.cxquiz.examples import MODEL, SMALL, answer_pool, ideal_answers
from tests.cxquiz.maps import NAMES, Rectangle, items, labels, segments

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDTHS = (343.0, 320.0, 752.0, 960.0, 1200.0, 1856.0)


def item(name: str, place: str, via: str = "", **more: object) -> Item:
    """Return an item whose name is its id."""
    return replace(Item(id=name, name=name, place=place, kind=place, via=via), **more)  # type: ignore[arg-type] # any field


def boxes(layout: Layout) -> dict[str, Rectangle]:
    """Return where each item is, and I am, as ``me``."""
    found = {box.item.id or "me": box for box in (layout.me, *layout.boxes)}
    return {
        name: Rectangle(name, box.x, box.y, box.x + box.width, box.y + box.height)
        for name, box in found.items()
    }


def check(layout: Layout) -> None:
    """Check all that holds for every map."""
    found = labels(layout)
    for one, other in combinations(found, 2):
        assert not one.overlaps(other), (one, other)
    lines = segments(layout)
    for label in found:
        assert label.inside(layout), label
        for line in lines:
            assert not line.overlaps(_shrunk(label)), (label, line)
    assert all(line.inside(layout) for line in lines)
    for box in layout.boxes:
        for role, text in box.lines:
            size = NAME_SIZE if role == "name" else SMALL_SIZE
            assert width(text, size, bold=role in ("name", "mark")) <= box.width - 8
    assert lines or all(box.item.place in ("aside", OPEN) for box in layout.boxes)


def _shrunk(label: Rectangle) -> Rectangle:
    """Return a label without the edge that lines may touch."""
    return Rectangle(label.name, label.left + 1, label.top + 1, label.right - 1, label.bottom - 1)


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

    @settings(max_examples=10, deadline=None)
    @given(items(most=150, least=61), st.sampled_from(WIDTHS))
    def test_beyond_sixty_the_rest_is_counted(self, found: list[Item], wide: float) -> None:
        """A picture of all would be a wall of boxes."""
        layout = lay_out(MODEL, found, width=wide)
        check(layout)
        assert len(layout.boxes) <= MOST
        shown = [box.item for box in layout.boxes if not box.item.id.endswith("…")]
        counted = [box.item for box in layout.boxes if box.item.id.endswith("…")]
        assert len(shown) + sum(one.number for one in counted) == len(found)

    @pytest.mark.parametrize("place", [*PLACES, OPEN])
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
        found = [item(f"Party {n}", PLACES[n % len(PLACES)]) for n in range(count)]
        layout = lay_out(MODEL, found, sheet=True)
        assert layout.height <= 0.69 * max(layout.width, 620)


class TestPlaces:
    """Rule: the place says what they are, and which way the line runs."""

    LAYOUT = lay_out(MODEL, [item(place, place) for place in [*PLACES, OPEN]])

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


def _edges(layout: Layout, name: str) -> tuple[float, float]:
    box = boxes(layout)[name]
    return box.left, box.right


class TestChains:
    """Rule: a chain runs on through others, and stops where nobody would notice."""

    CHAIN = (
        item("shop", "served"),
        item("buyer", "served", "shop"),
        item("guest", "aside", "buyer", stops=True),
    )

    @pytest.mark.parametrize("wide", [343.0, 1200.0])
    def test_the_line_to_the_first_who_would_not_notice_has_a_stop(self, wide: float) -> None:
        """The rule of the playbook."""
        layout = lay_out(MODEL, self.CHAIN, width=wide)
        assert [line.stop for line in layout.lines if line.stop] == [True]

    def test_a_stop_is_said_in_words_too(self) -> None:
        """Two bars alone tell little."""
        now = version(SMALL, ideal_answers(SMALL, "else"), kept="")
        chained, single = items_of(SMALL, [Kept("a", "A", now, via="b"), Kept("b", "B", now)])
        assert (chained.mark, single.mark) == ("map_stop", "")

    def test_each_link_is_further_from_me(self) -> None:
        """So that the length of a chain can be seen."""
        at = boxes(lay_out(MODEL, self.CHAIN))
        assert at["me"].right < at["shop"].left
        assert at["shop"].right < at["buyer"].left
        assert at["buyer"].right < at["guest"].left

    def test_suppliers_of_suppliers_are_further_left(self) -> None:
        """The same, the other way."""
        at = boxes(lay_out(MODEL, [item("mill", "supply", "baker"), item("baker", "supply")]))
        assert at["mill"].right < at["baker"].left < at["me"].left

    def test_who_has_a_say_stands_by_the_customer(self) -> None:
        """Under the box, with a line to it."""
        found = [item("clinic", "served"), item("doctor", "influence", "clinic")]
        at = boxes(lay_out(MODEL, found))
        assert at["clinic"].left < at["doctor"].left < at["clinic"].right
        assert at["doctor"].top > at["clinic"].bottom

    def test_overseers_stay_above_whoever_they_are_reached_through(self) -> None:
        """The boss of a buyer is no link of the chain."""
        at = boxes(lay_out(MODEL, [item("clinic", "served"), item("boss", "over", "clinic")]))
        assert at["boss"].bottom < at["me"].top

    def test_a_circle_or_a_stranger_is_no_chain(self) -> None:
        """The list may have been put together by hand."""
        found = [item("a", "served", "b"), item("b", "served", "a"), item("c", "end", "x")]
        check(lay_out(MODEL, found))


class TestItems:
    """Rule: the map says what the reading says, and how sure it is."""

    @staticmethod
    def items(answers: Iterable[dict[str, tuple[str, ...]]]) -> list[Item]:
        """Return the items of the small model."""
        kept = [
            Kept(f"r{n}", f"Who {n}", version(SMALL, one, kept="")) for n, one in enumerate(answers)
        ]
        return items_of(SMALL, kept)

    def test_a_reading_has_its_place_and_name(self) -> None:
        """By the model."""
        ideals = [ideal_answers(SMALL, name) for name in ("near", "far", "else")]
        found = self.items(ideals)
        assert [one.place for one in found] == ["served", "supply", "aside"]
        assert [one.kind for one in found] == ["The near", "The far", "The else"]
        assert [one.stops for one in found] == [False, False, True]

    def test_an_uncertain_reading_is_said_to_be_one(self) -> None:
        """In words, and by a broken border."""
        for answers in answer_pool(SMALL):
            now = version(SMALL, answers, kept="")
            (one,) = items_of(SMALL, [Kept("a", "A", now)])
            unsure = now.verdict in (NOT_ENOUGH, TWO_READINGS)
            assert one.certain == (not unsure)
            assert (SMALL.verdicts[now.verdict].name in one.notes) == unsure
            assert (one.place == OPEN) == (now.verdict == NOT_ENOUGH)

    def test_the_first_in_rank_comes_first(self) -> None:
        """Whoever is primary must be seen at once."""
        now = version(SMALL, ideal_answers(SMALL, "near"), kept="")
        kept = [Kept("a", "A", now), Kept("z", "Z", now, rank=PRIMARY)]
        at = boxes(lay_out(SMALL, items_of(SMALL, kept)))
        assert at["z"].top < at["a"].top or at["z"].left < at["a"].left
