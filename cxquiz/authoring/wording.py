"""The pieces of wording that the quiz needs, with the placeholders that each may use.

The loader refuses a model in which one of them is missing, or in which there is one that nothing
shows. They stand in the schema of model files, which ``make schema`` brings up to date; not in the
packaged model, since that is what people edit, and a slip there must be found.
"""

from __future__ import annotations

import json
from pathlib import Path
from string import Formatter
from typing import Final

PACKAGED_MODEL: Final = Path(__file__).parents[1] / "model.toml"
"""The model that comes with the package."""

SCHEMA: Final = PACKAGED_MODEL.with_name("model.schema.json")
"""The schema by which editors complete and check a model."""


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces of a piece of wording.

    Raises:
        ValueError: A brace has no partner, or there is more than a plain name in braces; the
            exception's text goes on from the name of the piece.
    """
    try:
        parsed = list(Formatter().parse(text))
    except ValueError as error:
        raise ValueError("has a brace without its partner. Write {{ for a plain brace.") from error
    if any(spec or conversion for _, _, spec, conversion in parsed):
        raise ValueError("may hold plain names in braces only, without “:” or “!”.")
    return frozenset(field for _, field, _, _ in parsed if field is not None)


WORDING: Final = {
    key: placeholders(piece.get("description", ""))
    for key, piece in json.loads(SCHEMA.read_text("utf-8"))["properties"]["wording"][
        "properties"
    ].items()
}
"""What each piece may use, by its key."""
