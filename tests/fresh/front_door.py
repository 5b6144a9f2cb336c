"""The README's two commands, on a machine that has never seen the repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.request import urlopen

from macros.runtime.manifest import ROOT
from tests.fresh.machines import digests
from tests.fresh.newer_releases import locked_versions

if TYPE_CHECKING:
    from tests.fresh.machines import Machine

LOCK_FILES: Final = ("requirements-uv.txt", "requirements.txt", "requirements-node.txt")


class FrontDoor:
    """Rule: whoever clones the repository has a site, and tests that pass, by two commands.

    The tests of one machine follow one another in this order: each finds what the ones before it
    have left. The first installs everything.
    """

    chosen_tests = "tests/site"
    """Which tests `make test` runs there."""

    def test_make_serve_shows_the_site(self, machine: Machine) -> None:
        """It is the first thing that anybody tries."""
        with machine.serving() as address, urlopen(address) as answer:  # noqa: S310 - our own server
            assert "<cx-quiz" in answer.read().decode()

    def test_what_is_installed_is_what_is_locked(self, machine: Machine) -> None:
        """A newer release of anything must not get in."""
        lines = machine.run(".venv/bin/uv", "pip", "freeze", "--quiet").splitlines()
        installed = dict(line.split("==") for line in lines if "==" in line)
        # Virtual environments begin with these.
        installed = {k: it for k, it in installed.items() if k not in {"pip", "setuptools"}}
        assert installed
        locked = {k: it for file in LOCK_FILES for k, it in locked_versions(ROOT / file).items()}
        assert installed.items() <= locked.items()

    def test_make_test_passes(self, machine: Machine) -> None:
        """Those who change something want to know that all was well before."""
        machine.run("make", "test", f"PYTEST_ARGS=--quiet --numprocesses=2 {self.chosen_tests}")


def differing(site: dict[str, str]) -> list[str]:
    """List the files that are not those of the site that was built here."""
    here = digests(ROOT / "site")
    return sorted(name for name in site | here if site.get(name) != here.get(name))
