"""``python -m cxquiz.authoring.schema``: brings the schema of model files up to date.

Editors complete and check a model by it. Which pieces of wording there are, and what each may use,
comes from the packaged model; all else in ``cxquiz/model.schema.json`` is written by hand.
"""

from __future__ import annotations

import json
from typing import Any, Final

from cxquiz.authoring.wording import PACKAGED_MODEL, WORDING

SCHEMA: Final = PACKAGED_MODEL.with_name("model.schema.json")


def with_wording(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with the wording that models need now."""
    pieces = {
        key: {
            "$ref": "#/$defs/text",
            **({"description": f"May use {_named(names)}."} if names else {}),
        }
        for key, names in WORDING.items()
    }
    wording = {**schema["properties"]["wording"], "properties": pieces, "required": [*WORDING]}
    return {**schema, "properties": {**schema["properties"], "wording": wording}}


def _named(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def text_of(schema: dict[str, Any]) -> str:
    """Return a schema as the text of its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(text_of(with_wording(json.loads(SCHEMA.read_text("utf-8")))), "utf-8")
