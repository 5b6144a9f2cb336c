"""The pieces of wording that the quiz needs, with the placeholders that each may use.

The packaged model is the contract: another model has the same pieces, each with the same
placeholders or fewer. The loader refuses a model in which a piece is missing, or in which there is
one that nothing shows.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from string import Formatter
from typing import Final

PACKAGED_MODEL: Final = Path(__file__).parents[1] / "model.toml"
"""The model that comes with the package."""


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces of a piece of wording.

    Raises:
        ValueError: A brace has no partner, or there is more than a plain name in braces.
    """
    parsed = list(Formatter().parse(text))
    if any(spec or conversion for _, _, spec, conversion in parsed):
        raise ValueError("there may be plain names in braces only, without “:” or “!”")
    return frozenset(field for _, field, _, _ in parsed if field is not None)


WORDING: Final = {
    key: placeholders(text)
    for key, text in tomllib.loads(PACKAGED_MODEL.read_text("utf-8"))["wording"].items()
}
"""What each piece may use, by its key."""
