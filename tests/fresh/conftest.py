"""What all machines share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from macros.runtime.manifest import ROOT
from tests.fresh.front_door import LOCK_FILES
from tests.fresh.newer_releases import locked_versions, write_index

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with a newer release of everything that is locked."""
    folder = tmp_path_factory.mktemp("index")
    write_index(folder, {name for file in LOCK_FILES for name in locked_versions(ROOT / file)})
    return folder
