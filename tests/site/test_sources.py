"""The sources are there to be used, and readers see for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.pages.documents import read_pages
from macros.pages.sources import uses

if TYPE_CHECKING:
    from cxquiz.model.types import Model


def test_every_source_is_used(model: Model) -> None:
    """By a page that cites it, or by a part of the quiz that names it."""
    unused = [name for name, use in uses(model, read_pages()).items() if not use]
    assert unused == [], "cite these sources where they are used, or take them out of model.toml"
