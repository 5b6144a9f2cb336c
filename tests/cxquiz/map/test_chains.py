"""The chains of the map: who stands behind whom, and what is counted only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxquiz.map.chains import MOST
from cxquiz.map.layout import lay_out
from tests.cxquiz.examples import MODEL
from tests.cxquiz.maps import WIDTHS, boxes, check, item, items

if TYPE_CHECKING:
    from cxquiz.map.items import Item


class TestChains:
    """Rule: a chain runs on through others, and stops where nobody would notice."""

    CHAIN = (
        item("shop", "served"),
        item("buyer", "served", "shop"),
        item("guest", "aside", "buyer"),
    )

    @pytest.mark.parametrize("wide", [343.0, 1200.0])
    def test_the_line_to_the_first_who_would_not_notice_has_a_stop(self, wide: float) -> None:
        """The rule of the playbook."""
        layout = lay_out(MODEL, self.CHAIN, width=wide)
        assert [line.stop for line in layout.lines if line.stop] == [True]

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


class TestLimit:
    """Rule: a picture has no more boxes than can be looked at, and tells how many are missing."""

    @settings(max_examples=10, deadline=None)
    @given(items(most=150, least=61), st.sampled_from(WIDTHS))
    def test_beyond_sixty_the_rest_is_counted(self, found: list[Item], wide: float) -> None:
        """A picture of all would be a wall of boxes."""
        layout = lay_out(MODEL, found, width=wide)
        check(layout)
        assert len(layout.boxes) <= MOST
        shown = [box.item for box in layout.boxes if not box.item.rest]
        counted = [box.item for box in layout.boxes if box.item.rest]
        assert len(shown) + sum(one.number for one in counted) == len(found)
