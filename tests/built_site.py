"""The site, built for the tests that look at it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from macros import runtime
from macros.manifest import ROOT, RUNTIME
from macros.pyodide import installed_pyodide
from macros.release import finish
from tests.browser.server import SUB_PATH


def build_site(folder: Path) -> Path:
    """Return where the site stands, built for a sub-path.

    ``SITE_UNDER_TEST`` names a folder where ``make`` has built it, by MkDocs or by Zensical.
    Without it MkDocs builds one.

    Args:
        folder: An empty folder to build into.
    """
    if ready := os.environ.get("SITE_UNDER_TEST"):
        return Path(ready).resolve()
    out = ROOT / RUNTIME
    pyodide = installed_pyodide(ROOT)
    if not runtime.is_current(out, runtime.inputs_digest(ROOT, pyodide)):
        message = "The runtime for the browser is missing or out of date. Run `make build`."
        pytest.fail(message, pytrace=False)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder],
        cwd=ROOT,
        env={
            **os.environ,
            "SITE_URL": f"http://127.0.0.1:8000{SUB_PATH}",
            "NO_MKDOCS_2_WARNING": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        pytest.fail(f"The site cannot be built:\n{done.stderr}", pytrace=False)
    finish(folder, offline=True)
    return folder
