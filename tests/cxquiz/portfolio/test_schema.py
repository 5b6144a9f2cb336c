"""The published description of the file with my relationships."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from cxquiz.formats.portfolio_json import parse, to_json
from tests.cxquiz.examples import MODEL
from tests.cxquiz.portfolios import portfolios

if TYPE_CHECKING:
    from cxquiz.portfolio.portfolio import Portfolio

ROOT: Final = Path(__file__).parents[3]
SCHEMA: Final = json.loads((ROOT / "docs/reference/relationships.schema.json").read_text("utf-8"))
VALIDATOR: Final = Draft202012Validator(SCHEMA)

GOOD: Final = {"id": "a", "name": "A", "answers": {"use": "use"}}


def document(*rows: object) -> dict[str, Any]:
    """Return a document with these relationships."""
    return {"kind": "cxquiz-relationships", "format": 1, "relationships": list(rows)}


class TestSchema:
    """Rule: the description and the reading of a file are of one mind."""

    def test_it_is_a_schema(self) -> None:
        """Or no tool could use it."""
        Draft202012Validator.check_schema(SCHEMA)

    @given(portfolios())
    def test_whatever_is_written_fits_it(self, portfolio: Portfolio) -> None:
        """Other programs rely on it."""
        VALIDATOR.validate(to_json(portfolio))

    @pytest.mark.parametrize(
        "row",
        [
            GOOD,
            {**GOOD, "kept": "2026-11-22", "rank": "primary", "note": "n"},
            {**GOOD, "earlier": [{"answers": {}}]},
            {**GOOD, "reading": {"verdict": "clear", "primary": None, "labels": []}},
            {"id": "a", "answers": {}},
            {**GOOD, "kept": "soon"},
            {**GOOD, "rank": "best"},
            {**GOOD, "name": " "},
            {**GOOD, "x": 1},
            {**GOOD, "answers": []},
            {**GOOD, "answers": {"use": [3]}},
            {**GOOD, "earlier": [{}]},
            {**GOOD, "reading": {}},
            {**GOOD, "note": "x" * 2001},
            7,
        ],
    )
    def test_both_take_and_refuse_the_same(self, row: object) -> None:
        """A file that the description allows can be read."""
        allowed = VALIDATOR.is_valid(document(row))
        assert allowed == (not parse(MODEL, document(row)).problems)

    def test_the_example_of_the_page_is_a_good_one(self) -> None:
        """People copy it."""
        page = (ROOT / "docs/reference/files.md").read_text("utf-8")
        example = json.loads(page.split("```json")[1].split("```")[0])
        VALIDATOR.validate(example)
        assert parse(MODEL, example).problems == ()
