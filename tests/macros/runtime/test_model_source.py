"""The model as Python, for the browser."""

from __future__ import annotations

from typing import Any

from cxquiz.authoring.model_file import load_model
from macros.runtime.model_source import source_of


def test_the_module_holds_the_same_model() -> None:
    """The browser reasons from what the build has checked."""
    model = load_model()
    found: dict[str, Any] = {}
    exec(source_of(model), found)  # noqa: S102 - what has just been written
    assert found["MODEL"] == model


def test_the_same_model_gives_the_same_source() -> None:
    """Sets have no order of their own, and the published file has a hash."""
    assert source_of(load_model()) == source_of(load_model())
