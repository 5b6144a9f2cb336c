"""The README's two commands, on machines that have never seen the repository.

Each installs everything anew, so this takes minutes: `make fresh` runs it, `make test` does not.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final
from urllib.request import urlopen

import pytest

from macros.runtime.manifest import ROOT
from tests.fresh.machines import Machine, bare_debian, digests, this_machine
from tests.fresh.newer_releases import locked_versions, write_index

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OLDEST_PIP: Final = "22.3"
"""It came with Python 3.11.0, the oldest that the README promises."""

NEEDED: Final = ("ca-certificates", "make", "python3", "python3-venv")
"""What the README asks for, and what any connection needs."""

LOCK_FILES: Final = ("requirements-uv.txt", "requirements.txt", "requirements-node.txt")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index with a newer release of everything that is locked."""
    folder = tmp_path_factory.mktemp("index")
    write_index(folder, {name for file in LOCK_FILES for name in locked_versions(ROOT / file)})
    return folder


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(OLDEST_PIP, marks=pytest.mark.xdist_group("here")),
        pytest.param("newest", marks=pytest.mark.xdist_group("here")),
        pytest.param("trixie", marks=pytest.mark.xdist_group("debian")),
    ],
)
def machine(
    request: pytest.FixtureRequest, index: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Machine]:
    """A machine with a clone: this one with an old or the newest pip, or a bare Debian."""
    folder = tmp_path_factory.mktemp("machine")
    if request.param == "trixie":
        yield bare_debian(folder, index, request.param, NEEDED)
    else:
        yield this_machine(folder, index.as_uri(), request.param)
    shutil.rmtree(folder, ignore_errors=True)  # a gigabyte


def test_make_serve_shows_the_site(machine: Machine) -> None:
    """It is the first thing that anybody tries."""
    with machine.serving() as address, urlopen(address) as answer:  # noqa: S310 - our own server
        assert "<cx-quiz" in answer.read().decode()


def test_what_is_installed_is_what_is_locked(machine: Machine) -> None:
    """A newer release of anything must not get in."""
    lines = machine.run(".venv/bin/uv", "pip", "freeze", "--quiet").splitlines()
    installed = dict(line.split("==") for line in lines if "==" in line)
    # Virtual environments begin with these.
    installed = {name: it for name, it in installed.items() if name not in {"pip", "setuptools"}}
    locked = {name: it for file in LOCK_FILES for name, it in locked_versions(ROOT / file).items()}
    assert installed.items() <= locked.items()


def test_make_test_passes(machine: Machine) -> None:
    """Those who change something want to know that all was well before."""
    # The pip does not matter to what is installed, as has just been shown, so with each of them
    # the tests of the site suffice; Debian's Python is another one.
    chosen = "-m 'not browser and not slow'" if machine.enter else "tests/site"
    machine.run("make", "test", f"PYTEST_ARGS=--quiet --numprocesses=2 {chosen}")


class TestTheSiteIsTheSameToTheByte:
    """Rule: only its sources decide what a build gives.

    Readers download again what has changed, and what has not must not look as if it had.
    """

    def test_in_another_folder_and_by_another_python(self, machine: Machine) -> None:
        """Debian's Python is not this one."""
        assert _differing(machine.build()) == []

    def test_on_another_day(self, machine: Machine) -> None:
        """Each deployment is a build of its own."""
        if machine.enter or shutil.which("faketime") is None:
            pytest.skip("there is no faketime to change the clock with")
        assert _differing(machine.build("faketime", "-f", "+40h")) == []


def _differing(site: dict[str, str]) -> list[str]:
    """List the files that are not those of the site that was built here."""
    here = digests(ROOT / "site")
    return sorted(name for name in site | here if site.get(name) != here.get(name))
