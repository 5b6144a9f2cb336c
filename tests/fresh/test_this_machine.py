"""This machine without its habits: with the oldest pip that is promised, and the newest."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

import pytest

from tests.fresh.front_door import FrontDoor, differing
from tests.fresh.machines import Machine, this_machine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OLDEST_PIP: Final = "22.3"
"""It came with Python 3.11.0, the oldest that the README promises."""


@pytest.fixture(scope="module", params=[OLDEST_PIP, "newest"])
def machine(
    request: pytest.FixtureRequest, index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Machine]:
    """A clone, an empty home directory, and that pip."""
    folder = tmp_path_factory.mktemp("machine")
    yield this_machine(folder, index.as_uri(), request.param)
    shutil.rmtree(folder, ignore_errors=True)  # a gigabyte


class TestThisMachine(FrontDoor):
    """Rule: no pip makes a difference.

    What is installed is then the same as here, where all tests run, so those of the site suffice.
    """

    def test_the_site_is_the_same_in_another_folder_on_another_day(self, machine: Machine) -> None:
        """Readers download again what has changed, and each deployment is a build of its own."""
        clock = ["faketime", "-f", "+40h"] if shutil.which("faketime") else []
        assert differing(machine.build(*clock)) == []
