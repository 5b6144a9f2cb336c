"""The model's file: that everything in it is used, and that editors know its shape."""

from __future__ import annotations

import ast
import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jsonschema
import pytest

import cxquiz
from cxquiz.authoring.loader import build_model
from cxquiz.authoring.schema import current_schema
from cxquiz.authoring.table import ModelError
from cxquiz.authoring.wording import PACKAGED_MODEL, SCHEMA, WORDING
from tests.cxquiz.examples import (
    EVERYTHING,
    KEYS,
    MODEL,
    TABLES,
    TEXTS,
    put,
    remove,
    small_raw,
    value_at,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE: Final = Path(cxquiz.__file__).parent

FREE: Final = {
    *("question.option.weights", "estimation.caps"),
    *("flag.when", "dispute.when", "contradiction.when"),
}
"""Tables whose keys are ids of the model, which no schema can know."""


def strings(path: Path) -> set[str]:
    """Return all texts that stand in a module as constants."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def sayings(path: Path) -> Iterator[tuple[str, set[str]]]:
    """Yield each call of a module that says a piece of wording by its key, and what it gives."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        given = {keyword.arg for keyword in node.keywords}
        if name == "say" and isinstance(node.args[0], ast.Constant) and None not in given:
            yield str(node.args[0].value), {arg for arg in given if arg}


class TestWording:
    """Rule: each piece of wording is shown somewhere."""

    def test_every_piece_is_used_by_the_code(self) -> None:
        """Translators should not translate what nobody reads."""
        used = set().union(*map(strings, PACKAGE.rglob("*.py")))
        assert sorted(WORDING.keys() - used) == []

    def test_the_model_has_exactly_these(self) -> None:
        """The loader sees to it; this is for those who change it."""
        assert MODEL.wording.keys() == WORDING.keys()

    def test_each_place_gives_what_the_wording_needs(self) -> None:
        """Else the reader would see an error in the place of a sentence."""
        calls = [call for path in sorted(PACKAGE.rglob("*.py")) for call in sayings(path)]
        assert calls
        assert [(key, given) for key, given in calls if not WORDING.get(key, {None}) <= given] == []


SCHEMA_RAW: Final = json.loads(SCHEMA.read_text(encoding="utf-8")) if SCHEMA.exists() else {}
VALIDATOR: Final = jsonschema.Draft202012Validator(SCHEMA_RAW)


@pytest.mark.skipif(not SCHEMA.exists(), reason="there is no schema yet")
class TestSchema:
    """Rule: the schema that editors use agrees with the loader."""

    def test_it_is_a_schema(self) -> None:
        """An editor passes over a broken one in silence."""
        assert SCHEMA_RAW["$schema"] == VALIDATOR.META_SCHEMA["$id"]
        VALIDATOR.check_schema(SCHEMA_RAW)

    def test_it_knows_the_wording(self) -> None:
        """`make schema` brings it up to date."""
        assert SCHEMA.read_text("utf-8") == current_schema()

    def test_the_packaged_model_satisfies_it(self) -> None:
        """Else an editor would underline what is right."""
        raw = tomllib.loads(PACKAGED_MODEL.read_text(encoding="utf-8"))
        assert [error.message for error in VALIDATOR.iter_errors(raw)] == []

    def test_the_packaged_model_names_it(self) -> None:
        """Editors find it by the first line."""
        first = PACKAGED_MODEL.read_text(encoding="utf-8").splitlines()[0]
        assert first == f"#:schema ./{SCHEMA.name}"

    def test_a_model_with_every_key_satisfies_it(self) -> None:
        """The optional ones too."""
        assert [error.message for error in VALIDATOR.iter_errors(small_raw())] == []

    @pytest.mark.parametrize("name", sorted(TABLES.keys() - FREE))
    def test_it_refuses_an_unknown_key(self, name: str) -> None:
        """A misspelt key is underlined while it is typed."""
        path = TABLES[name][0]
        assert not VALIDATOR.is_valid(put((*path, "zzz"), "zzz"))

    def test_it_refuses_a_talk_for_a_text(self) -> None:
        """The loader does as well."""
        talk = small_raw()["question"][0]["talk"]
        assert not VALIDATOR.is_valid(put(("context", 0, "talk"), talk))

    def test_it_refuses_an_unknown_key_at_the_top(self) -> None:
        """A misspelt block is underlined as well."""
        assert not VALIDATOR.is_valid({**small_raw(), "zzz": "zzz"})

    @pytest.mark.parametrize("name", EVERYTHING)
    def test_it_refuses_a_wrong_type(self, name: str) -> None:
        """It is underlined while it is typed."""
        path = EVERYTHING[name][0]
        right = value_at(small_raw(), path)
        for wrong in (None, True, 7, "text", ["text"], {"text": "text"}):
            assert type(wrong) is type(right) or not VALIDATOR.is_valid(put(path, wrong)), wrong

    @pytest.mark.parametrize("name", TEXTS)
    def test_it_refuses_an_empty_text(self, name: str) -> None:
        """It is underlined as long as nothing stands there."""
        for path in TEXTS[name]:
            assert not VALIDATOR.is_valid(put(path, ""))

    @pytest.mark.parametrize("name", KEYS)
    def test_it_refuses_a_missing_key_where_the_loader_does(self, name: str) -> None:
        """What must be there is offered at once."""
        path = KEYS[name][0]
        try:
            build_model(remove(path))
        except ModelError as error:
            missing = f"“{path[-1]}” is missing" in str(error)
        else:
            missing = False
        assert VALIDATOR.is_valid(remove(path)) != missing
