"""A bare Debian: another Python, and no Node.js, git or Chromium."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

import pytest

from tests.fresh.front_door import FrontDoor, differing
from tests.fresh.machines import Machine, bare_debian

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEEDED: Final = ("ca-certificates", "make", "python3", "python3-venv")
"""What the README asks for, and what any connection needs."""


@pytest.fixture(scope="module")
def machine(index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """The present stable release in a folder, with a clone."""
    folder = tmp_path_factory.mktemp("machine")
    yield bare_debian(folder, index, "trixie", NEEDED)
    shutil.rmtree(folder, ignore_errors=True)  # a gigabyte


class TestDebian(FrontDoor):
    """Rule: Debian's Python does not make a difference either."""

    chosen_tests = "-m 'not browser and not slow'"

    def test_the_site_is_the_same_to_the_byte(self, machine: Machine) -> None:
        """Readers download again what has changed: folder and Python must not change anything."""
        assert differing(machine.build()) == []
