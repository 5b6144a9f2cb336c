"""The pages are valid HTML."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Final

import pytest

from macros.runtime.manifest import ROOT
from macros.runtime.node import find_node

if TYPE_CHECKING:
    from pathlib import Path

VALIDATOR: Final = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


@pytest.mark.slow
def test_pages_are_valid_html(site: Path) -> None:
    """What browsers have to guess at, they show in different ways."""
    done = subprocess.run(
        [find_node(), VALIDATOR, "--max-warnings=0", f"--config={ROOT}/.htmlvalidate.mjs", site],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
