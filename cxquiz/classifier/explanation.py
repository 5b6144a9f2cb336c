"""Explaining: what the page and the terminal say of a reading in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cxquiz.classifier.reading import Reading
    from cxquiz.model.types import Model, Trajectory


def still_open_text(model: Model, reading: Reading) -> str:
    """Say how many open answers could still change the first relationship."""
    number = len(reading.still_open.answers) if reading.still_open else 0
    key = {0: "open_none", 1: "open_one"}.get(number, "open_several")
    return model.say(key, number=number)


def smallest_lead(model: Model, texts: Sequence[str]) -> str:
    """Return the sentence before the answers that together would change the reading."""
    key = "smallest_one" if len(texts) == 1 else "smallest_several"
    return model.say(key, number=len(texts))


def trajectories(model: Model, relationship: str, said: Collection[str]) -> list[Trajectory]:
    """Return the ways in which a relationship may go on.

    Args:
        model: The model.
        relationship: The id of the relationship as it is now.
        said: What the reader answered about the change; that way comes first.
    """
    ways = [way for way in model.toward if relationship in way.relationships]
    return sorted(ways, key=lambda way: way.id not in said)
