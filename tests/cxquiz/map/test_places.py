"""The places of the map, and who else has to know them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Final

import pytest

from cxquiz.authoring.wording import PACKAGED_MODEL
from cxquiz.html.map import STYLE
from cxquiz.map.places import BOTTOM, IN_MODEL, OPEN, PLACES, in_turn
from tests.cxquiz.examples import MODEL

SHEET: Final = Path(__file__).parents[3] / "docs/assets/quiz/map.css"
CSS: Final = SHEET.read_text(encoding="utf-8") if SHEET.exists() else ""
SCHEMA: Final = PACKAGED_MODEL.with_name("model.schema.json")


def colours(selector: str) -> dict[str, str]:
    """Return the colours that a rule of the style sets, by their names."""
    rule = CSS.partition(f"{selector} {{")[2].partition("}")[0]
    return dict(re.findall(r"--cx-map-([a-z]+): (#[0-9a-f]+);", rule))


class TestTable:
    """Rule: a place is one line of the table, and what it says fits together."""

    def test_each_has_an_id_and_a_turn_of_its_own(self) -> None:
        """Else one would hide the other."""
        assert len({place.id for place in PLACES}) == len(PLACES)
        assert sorted(place.turn for place in PLACES) == list(range(len(PLACES)))

    def test_each_has_a_name(self) -> None:
        """It is the heading of the place."""
        assert all(MODEL.say(place.name_key) for place in PLACES)

    def test_only_what_is_no_relationship_has_no_arrowhead(self) -> None:
        """A line without one says nothing of who serves whom."""
        without = {p.id for p in PLACES if not (p.arrow_at_me or p.arrow_at_them)}
        assert without == set(in_turn(BOTTOM))

    def test_the_places_of_a_side_have_their_turn(self) -> None:
        """One column has them all."""
        assert in_turn("below", "above") == ("over", "beside", "led")
        assert set(in_turn()) == {place.id for place in PLACES}


class TestModel:
    """Rule: a model may name each place but the one of what cannot be told yet."""

    def test_the_model_names_them_all(self) -> None:
        """A place that nobody can stand at is none."""
        assert {one.place for one in MODEL.relationships.values()} == set(IN_MODEL)

    @pytest.mark.skipif(not SCHEMA.exists(), reason="there is no schema")
    def test_the_schema_offers_the_same(self) -> None:
        """Editors complete what the loader takes."""
        text = json.dumps(json.loads(SCHEMA.read_text(encoding="utf-8")))
        assert f'"place": {{"enum": {json.dumps(IN_MODEL)}' in text
        assert OPEN not in IN_MODEL


@pytest.mark.skipif(not CSS, reason="the site's files are not here")
class TestStyleOfTheSite:
    """Rule: the map on a page has the colours of the map on its own."""

    def test_the_light_colours_are_the_same(self) -> None:
        """They are also those on paper."""
        found = colours(".cx-map")
        assert {place.id: found.get(place.id) for place in PLACES} == {
            place.id: place.light for place in PLACES
        }

    def test_the_dark_colours_are_the_same(self) -> None:
        """They have enough contrast on the dark page."""
        found = colours('[data-md-color-scheme="slate"] .cx-map')
        assert {place.id: found.get(place.id) for place in PLACES} == {
            place.id: place.dark for place in PLACES
        }

    def test_all_other_colours_are_the_same_too(self) -> None:
        """Those of me, of the ground and of the lines that many hang on."""
        colour = r"--cx-map-[a-z]+: ?#[0-9a-f]+"
        found = [one.replace(" ", "") for one in re.findall(colour, CSS)]
        assert found == re.findall(colour, STYLE)

    @pytest.mark.parametrize("place", [place.id for place in PLACES])
    def test_each_place_is_drawn_in_its_own(self, place: str) -> None:
        """A colour that is set and not used helps nobody."""
        assert f".cx-map__{place} {{\n  --cx-map-kind: var(--cx-map-{place});\n}}" in CSS

    def test_the_style_knows_no_other_place(self) -> None:
        """What is left of a place that is gone would stay for ever."""
        drawn = set(re.findall(r"--cx-map-kind: var\(--cx-map-([a-z]+)\)", CSS))
        assert drawn == {*(place.id for place in PLACES), "trunk"}
