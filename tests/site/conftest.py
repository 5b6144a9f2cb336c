"""The built site, read once for all tests of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.server import SUB_PATH
from tests.site.built import Site

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def built(site: Path) -> Site:
    """The pages of the built site."""
    return Site(site, SUB_PATH)
