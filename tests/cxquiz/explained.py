"""Explanations to render: answers of every kind, and the texts that each rendering has to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cxquiz.classifier.answers import parse_answers
from cxquiz.classifier.explanation import Changes, Contradictions
from cxquiz.model.types import Relationship
from tests.cxquiz.examples import CASES, MODEL, SMALL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxquiz.classifier.answers import Answers
    from cxquiz.model.types import Model

NEAR: Final[Answers] = {"where": ("here",), "what": ("take",), "how": ("for",)}
"""Clearly near, by the small model."""
TIED: Final[Answers] = {"where": ("here",), "how": ("with",), "what": ("take", "give")}
"""As much near as far."""
HINT: Final[Answers] = {"where": ("here",)}
"""Too little to say."""

TODAY: Final = "2026-11-22"

EXAMPLES: Final[list[tuple[Model, Answers]]] = [
    (SMALL, {"name": ("Ada",)}),
    (SMALL, HINT),
    (SMALL, TIED),
    (SMALL, {**NEAR, "name": ("Ada",), "work": ("the engine",), "beneficiary": ("Bob",)}),
    (SMALL, {**NEAR, "what": ("give", "take"), "called": ("near",), "changing": ("apart",)}),
    (SMALL, {"where": ("there",), "what": ("give",), "mood": ("warm",), "rest": ("no",)}),
    *((MODEL, parse_answers(MODEL, case.answers)) for case in CASES),
]
"""Answers, and the model by which to explain them."""

# A page leads to pages and sources, and unfolds more; the title depends on what stands below it.
_NOT_EVERYWHERE: Final = {"title", "page", "sources", "ask_next", "id"}


def texts_in(value: object) -> Iterator[str]:
    """Yield the texts inside an explanation that every rendering shows."""
    match value:
        case str():
            yield value
        case tuple():
            for item in value:
                yield from texts_in(item)
        case Relationship():
            yield from (value.name, value.reading)
        case Contradictions():
            yield from (text for text, _ in value.problems)
        case Changes():
            yield from texts_in((value.lead, value.single[:5]))  # a terminal shows no more
        case _:
            for name in getattr(value, "__match_args__", ()):
                if name not in _NOT_EVERYWHERE:
                    yield from texts_in(getattr(value, name))
