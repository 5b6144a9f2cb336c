"""The trimmed library is all that the package needs, and no more."""

from __future__ import annotations

import json
import subprocess
import sysconfig
from pathlib import Path
from typing import Any, Final

import pytest

from macros.runtime.build import is_current
from macros.runtime.library import MODULES, listed_modules
from macros.runtime.manifest import ROOT, RUNTIME
from macros.runtime.node import find_node

pytestmark = pytest.mark.slow

FEWEST_PASSED: Final = 1000
"""The package has far more tests; the property tests among them cannot run in Pyodide."""


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    """How the package's own tests ended in the built runtime, and what was imported."""
    if not is_current():
        message = "The runtime for the browser is missing or out of date. Run `make build`."
        pytest.fail(message, pytrace=False)
    script = Path(__file__).with_name("run_tests.mjs")
    # A test nests JSON very deeply, which needs more stack than Node gives by itself.
    arguments = [script, ROOT / RUNTIME, ROOT, sysconfig.get_path("purelib")]
    done = subprocess.run(
        [find_node(), "--stack-size=4000", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    content = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(content, dict)
    return {**content, "output": done.stdout}


class TestLibrary:
    """Rule: the reader's browser has every module that the quiz may come to need."""

    def test_the_package_passes_its_own_tests(self, report: dict[str, Any]) -> None:
        """On the WebAssembly, the script and the byte-code that readers get."""
        assert report["status"] == 0, report["output"]
        assert report["passed"] > FEWEST_PASSED

    def test_no_module_is_missing(self, report: dict[str, Any]) -> None:
        """Else some answer, or some fault, would end the quiz."""
        assert set(report["imported"]) - set(report["library"]) == set(), f"add these to {MODULES}"

    def test_no_module_is_too_much(self, report: dict[str, Any]) -> None:
        """Each reader would download it for nothing."""
        assert set(report["library"]) - set(report["loaded"]) == set(), f"not needed: {MODULES}"

    def test_what_a_start_shows_is_not_listed(self, report: dict[str, Any]) -> None:
        """Another Pyodide starts with other modules, and the list stays as it is."""
        listed = listed_modules((ROOT / MODULES).read_text(encoding="utf-8"))
        assert set(listed) & set(report["start"]) == set(), f"take these out of {MODULES}"
