"""The site, built for the tests that look at it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from macros.manifest import ROOT
from macros.runtime.build import is_current
from tests.browser.server import SUB_PATH


def build_site(folder: Path) -> Path:
    """Build the site for a sub-path, and return where it stands.

    ``site/`` of the repository is built for wherever it will stand, which its 404 page knows.
    ``SITE_UNDER_TEST`` names a folder that is built for the sub-path already, by Zensical for
    example.

    Args:
        folder: An empty folder to build into.
    """
    if ready := os.environ.get("SITE_UNDER_TEST"):
        return Path(ready).resolve()
    if not is_current():
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
    return folder
