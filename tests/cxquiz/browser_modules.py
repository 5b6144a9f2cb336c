"""What the browser's modules say, read as texts: for tests of what they share with Python."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

MODULES: Final = Path(__file__).parents[2] / "docs" / "assets" / "quiz"


def allowed_tags() -> frozenset[str]:
    """Return the elements that the browser lets into a screen that it has kept."""
    return _listed("TAGS")


def allowed_attributes() -> frozenset[str]:
    """Return the attributes that the browser lets into a screen that it has kept."""
    return _listed("ATTRIBUTES")


def shared_names() -> dict[str, str]:
    """Return the constants of ``contract.mjs``; a regular expression without its slashes."""
    found = re.findall(
        r'^export const (\w+) = (?:"([^"]*)"|/(.*)/u);$', _source("contract"), re.MULTILINE
    )
    assert len(found) == _source("contract").count("export const ")
    return {name: text or pattern.replace(r"\/", "/") for name, text, pattern in found}


def choices(type_name: str, field: str | None = None) -> set[str]:
    """Return the texts that a type of ``contract.mjs``, or a field of it, can be.

    Args:
        type_name: The name of the type.
        field: The name of one of its properties, where it is an object.
    """
    source = _source("contract")
    if field:
        described = _properties(type_name)[field]
    else:
        found = re.search(rf"@typedef \{{([^{{}}]*)\}} {type_name}$", source, re.MULTILINE)
        assert found, type_name
        described = found[1]
    texts = re.findall(r'"([^"]*)"', described)
    assert texts, type_name
    return set(texts)


def fields(type_name: str, *, always: bool = False) -> set[str]:
    """Return the names of the properties of a type of ``contract.mjs``.

    Args:
        type_name: The name of the type.
        always: Whether to leave out those that may be missing.
    """
    names = _properties(type_name)
    return {name.strip("[]") for name in names if not (always and name.startswith("["))}


def _properties(type_name: str) -> dict[str, str]:
    """Return the types of an object's properties; a name in brackets may be missing."""
    _, _, rest = _source("contract").partition(f"@typedef {{object}} {type_name}")
    block, _, _ = rest.partition("@typedef")
    found = re.findall(r"@property \{(.*)\} (\[?\w+\]?)", block)
    assert found, type_name
    return {name: described for described, name in found}


@cache
def _listed(name: str) -> frozenset[str]:
    """Return a list of ``markup.mjs``, in lower case as Python's parsers have names."""
    found = re.search(
        rf"const {name} = new Set\(\s*\((.*?)\)\s*\.split", _source("markup"), re.DOTALL
    )
    assert found, name
    names = "".join(re.findall(r'"([^"]*)"', found[1])).lower().split()
    assert len(names) > 10
    return frozenset(names)


def _source(module: str) -> str:
    return (MODULES / f"{module}.mjs").read_text(encoding="utf-8")
