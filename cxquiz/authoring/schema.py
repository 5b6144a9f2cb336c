"""``python -m cxquiz.authoring.schema``: brings the schema of model files up to date.

Which pieces of wording there are, and what each may use, comes from the packaged model; all else in
``cxquiz/model.schema.json`` is written by hand.
"""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING, Any

from cxquiz.authoring.wording import PACKAGED_MODEL, SCHEMA, placeholders

if TYPE_CHECKING:
    from collections.abc import Mapping


def with_wording(schema: dict[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """Return a schema with the wording that models need now.

    Args:
        schema: The schema as it is.
        texts: The pieces of the packaged model, by their keys.
    """
    pieces = {
        key: {
            "$ref": "#/$defs/text",
            **({"description": f"May use {_named(names)}."} if names else {}),
        }
        for key, names in ((key, placeholders(text)) for key, text in texts.items())
    }
    wording = {**schema["properties"]["wording"], "properties": pieces, "required": [*texts]}
    return {**schema, "properties": {**schema["properties"], "wording": wording}}


def _named(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def current_schema() -> str:
    """Return the text that the schema's file has to have."""
    texts = tomllib.loads(PACKAGED_MODEL.read_text("utf-8"))["wording"]
    schema = with_wording(json.loads(SCHEMA.read_text("utf-8")), texts)
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(current_schema(), "utf-8")
