"""What the tests of the command line judge by besides the packaged model."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cxquiz.examples import small_raw

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small model as a file, for ``--model``: whose readings are known for good."""
    path = tmp_path_factory.mktemp("model") / "small.json"
    path.write_text(json.dumps(small_raw()), encoding="utf-8")
    return path
