"""What a place on the map is: its side, its arrowheads, its look and the name that it goes by.

Each place is one line of :data:`PLACES`, and whatever tells, lays out or draws a map reads it
there. The site's own style, ``docs/assets/quiz/map.css``, holds the colours a second time; a test
sees that they are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ABOVE: Final = "above"
"""The side of those who have power over me."""

LEFT: Final = "left"
"""The side of those who serve me."""

BELOW: Final = "below"
"""The side of those whom I work with or lead."""

RIGHT: Final = "right"
"""The side of those whom I serve."""

BOTTOM: Final = "bottom"
"""Where those stand to whom no line runs."""

OPEN: Final = "open"
"""The place of what cannot be told yet; no model names it."""

ASIDE: Final = "aside"
"""The place of what is no relationship: a chain should stop before it."""

INFLUENCE: Final = "influence"
"""The place of those with a say in a purchase, who stand by whoever buys."""

TRUNK: Final = "trunk"
"""No place, but what a line belongs to that the lines of several relationships hang on."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the map.

    Attributes:
        id: The name used in the model and in styles.
        name_key: The wording that names it.
        side: Where it is as seen from me: :data:`ABOVE`, :data:`LEFT`, :data:`BELOW`,
            :data:`RIGHT` or :data:`BOTTOM`.
        turn: Its turn where all stands in one column, and among the places of its side.
        light: Its colour on a light ground.
        dark: Its colour on a dark ground.
        arrow_at_me: Whether a line between us has an arrowhead at my end.
        arrow_at_them: Whether a line between us has one at their end.
        dashes: The pattern of its lines, or empty where they are whole.
        stroke: How wide its lines are.
    """

    id: str
    name_key: str
    side: str
    turn: int
    light: str
    dark: str
    arrow_at_me: bool = False
    arrow_at_them: bool = False
    dashes: str = ""
    stroke: float = 1.8


PLACES: Final = (
    Place("served", "map_served", RIGHT, 4, "#0b6b7d", "#7fd0e3", arrow_at_them=True),
    Place(
        *(INFLUENCE, "map_influence", RIGHT, 5, "#7a5a00", "#e6c35c"),
        arrow_at_them=True,
        dashes="1.5 4",
    ),
    Place("end", "map_end", RIGHT, 6, "#1d5fa8", "#9cc7f5", arrow_at_them=True),
    Place("inside", "map_inside", RIGHT, 7, "#1f6f4a", "#8fd9b0", arrow_at_them=True, dashes="9 4"),
    Place("led", "map_led", BELOW, 3, "#4f6a00", "#c3dc74", arrow_at_them=True, dashes="9 4 1.5 4"),
    Place(
        *("beside", "map_beside", BELOW, 2, "#8a3b12", "#f2b48c"),
        arrow_at_me=True,
        arrow_at_them=True,
        stroke=3.2,
    ),
    Place("over", "map_over", ABOVE, 0, "#6a3d9a", "#d0b3f0", arrow_at_me=True, dashes="5 4"),
    Place("supply", "map_supply", LEFT, 1, "#9a2c52", "#f3a6c0", arrow_at_me=True),
    Place(OPEN, "map_open", BOTTOM, 8, "#55606a", "#b4bfc7"),
    Place(ASIDE, "map_aside", BOTTOM, 9, "#55606a", "#b4bfc7"),
)
"""All places, in the order in which a report tells them."""

PLACE_OF: Final = {place.id: place for place in PLACES}
"""Each place by its id."""

IN_MODEL: Final = tuple(place.id for place in PLACES if place.id != OPEN)
"""The ids of the places where a relationship of a model can stand."""


def in_turn(*sides: str) -> tuple[str, ...]:
    """Return the ids of places in their turn.

    Args:
        sides: The sides that they are at; all where there is none.
    """
    found = [place for place in PLACES if not sides or place.side in sides]
    return tuple(place.id for place in sorted(found, key=lambda place: place.turn))
