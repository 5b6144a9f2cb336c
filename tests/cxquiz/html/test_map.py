"""The map as SVG and as a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from cxquiz.html.map import anchor, render_map, render_map_table, said
from cxquiz.map.items import Item, items_of, rows_of
from cxquiz.map.layout import lay_out
from cxquiz.portfolio.portfolio import PRIMARY, Kept, version
from tests.cxquiz.examples import MODEL, SMALL, ideal_answers
from tests.cxquiz.maps import items
from tests.cxquiz.markup import parse
from tests.cxquiz.portfolios import portfolios

if TYPE_CHECKING:
    from cxquiz.portfolio.portfolio import Portfolio

SVG = "{http://www.w3.org/2000/svg}"


def kept(identity: str, relationship: str, *, rank: str = "", via: str = "") -> Kept:
    """Return a clear relationship of the small model."""
    now = version(SMALL, ideal_answers(SMALL, relationship), kept="2026-11-22")
    return Kept(identity, f"Name of {identity}", now, via, rank)


PORTFOLIO = (
    kept("a", "near", rank=PRIMARY),
    kept("b", "near", via="a"),
    kept("c d/é", "far"),
)


def picture(portfolio: Portfolio = PORTFOLIO, *, standalone: bool = False) -> ET.Element:
    """Return the map of some relationships, read back."""
    layout = lay_out(SMALL, items_of(SMALL, portfolio))
    return ET.fromstring(render_map(SMALL, layout, standalone=standalone))  # noqa: S314 - our own


class TestPicture:
    """Rule: the picture is well formed, and no text gets into its markup."""

    @settings(max_examples=25, deadline=None)
    @given(items(most=9))
    def test_whatever_the_names_are(self, found: list[Item]) -> None:
        """A name is data."""
        text = render_map(MODEL, lay_out(MODEL, found), standalone=True)
        plain = [
            replace(item, name="x", kind="x", notes=("x",) * len(item.notes)) for item in found
        ]
        other = render_map(MODEL, lay_out(MODEL, plain), standalone=True)
        tags = {element.tag for element in ET.fromstring(text).iter()}  # noqa: S314 - our own
        assert tags == {element.tag for element in ET.fromstring(other).iter()}  # noqa: S314 - as above
        assert "script" not in str(tags)

    @pytest.mark.parametrize("standalone", [True, False])
    def test_it_has_a_title_and_a_description(self, standalone: bool) -> None:  # noqa: FBT001 - what is tried
        """For whoever cannot see it."""
        root = picture(standalone=standalone)
        names = {element.get("id"): element.text for element in root if element.get("id")}
        assert names[root.get("aria-labelledby")] == "map_title"
        assert names[root.get("aria-describedby")]

    def test_only_on_its_own_it_carries_a_style_along(self) -> None:
        """In a page the page's policy may forbid one."""
        assert picture(standalone=True).findall(f"{SVG}style")
        assert not picture().findall(f"{SVG}style")

    def test_each_box_is_a_link_to_its_row(self) -> None:
        """The keyboard gets to it, and on to all that is known."""
        links = [element.get("href") for element in picture().iter(f"{SVG}a")]
        ids = parse(render_map_table(SMALL, rows_of(SMALL, PORTFOLIO))).ids
        assert sorted(str(link) for link in links) == sorted(f"#{name}" for name in ids)

    def test_a_file_on_its_own_has_no_links(self) -> None:
        """There is no table for them to lead to."""
        assert not list(picture(standalone=True).iter(f"{SVG}a"))

    def test_every_box_says_all_of_itself(self) -> None:
        """What is cut in the picture can be read by its title."""
        long = replace(PORTFOLIO[0], name="A very long name " * 9)
        titles = [element.text for element in picture((long,)).iter(f"{SVG}title")]
        (item,) = items_of(SMALL, (long,))
        assert said(item) in titles
        assert long.name in said(item)

    def test_kinds_differ_by_more_than_colour(self) -> None:
        """One reader in twelve cannot tell them by colour."""
        found = [
            Item(id=place, name=place, place=place, kind=place) for place in ("served", "over")
        ]
        layout = lay_out(SMALL, found)
        root = ET.fromstring(render_map(SMALL, layout))  # noqa: S314 - our own
        dashes = {path.get("stroke-dasharray") for path in root.iter(f"{SVG}path")}
        assert len(dashes) > 1

    def test_an_uncertain_reading_has_a_broken_border(self) -> None:
        """Beside the words."""
        unsure = Item(id="a", name="a", place="served", kind="k", certain=False)
        for item, broken in ((unsure, True), (replace(unsure, certain=True), False)):
            root = ET.fromstring(render_map(SMALL, lay_out(SMALL, [item])))  # noqa: S314 - our own
            (frame,) = list(next(root.iter(f"{SVG}a")).iter(f"{SVG}rect"))
            assert (frame.get("stroke-dasharray") is not None) == broken


class TestAnchor:
    """Rule: ids that differ have rows that differ."""

    def test_any_id_makes_a_good_one(self) -> None:
        """Spaces and slashes would break a link."""
        names = ["a b", "a-b", "a.20.b", "ä", "a/b", ""]
        anchors = {anchor(name) for name in names}
        assert len(anchors) == len(names)
        assert all(part.isascii() and " " not in part for part in anchors)


class TestTable:
    """Rule: the table says what the picture says."""

    @settings(max_examples=25)
    @given(portfolios())
    def test_no_markup_gets_through(self, portfolio: Portfolio) -> None:
        """A name is data."""
        document = parse(render_map_table(MODEL, rows_of(MODEL, portfolio), root="/"))
        assert {item.tag for item in document.elements} <= {
            *("table", "caption", "thead", "tbody", "tr", "th", "td", "a", "br"),
        }

    def test_each_row_says_who_what_where_how_sure_and_through_whom(self) -> None:
        """All of it, for whoever cannot see the lines."""
        document = parse(render_map_table(SMALL, rows_of(SMALL, PORTFOLIO), root="/"))
        cells = [item.text for item in document.all("td")]
        assert cells[7:14] == [
            *("The near", "map_served", "verdict clear", "Name of a", "", "2026-11-22"),
            "map_changed_none",
        ]

    def test_what_changed_is_told(self) -> None:
        """The reading before, and the questions."""
        before = version(SMALL, ideal_answers(SMALL, "far"), kept="2025-01-01")
        text = parse(
            render_map_table(SMALL, rows_of(SMALL, (replace(PORTFOLIO[0], earlier=(before,)),)))
        ).text
        assert "The far" in text
        assert "2025-01-01" in text
        assert "short where" in text
