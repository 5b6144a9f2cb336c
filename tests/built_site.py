"""The site, built for the tests that look at it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from macros.assets.__main__ import make_assets
from macros.release.release import finish, is_offline_wanted
from macros.runtime.build import is_current
from macros.runtime.manifest import ROOT
from tests.browser.server import SUB_PATH


def build_site(folder: Path, builder: str = "mkdocs") -> Path:
    """Build the site for a sub-path, and return where it stands.

    ``site/`` of the repository is built for wherever it will stand, which its 404 page knows.

    Args:
        folder: An empty folder to build into.
        builder: ``mkdocs`` or ``zensical``.
    """
    if not is_current():
        message = "The runtime for the browser is missing or out of date. Run `make build`."
        pytest.fail(message, pytrace=False)
    make_assets(bundled=True)
    # Zensical builds within the repository alone.
    with tempfile.TemporaryDirectory(dir=ROOT, prefix="site-") as inside:
        done = subprocess.run(
            [sys.executable, "-m", builder, "build", "--clean", "--strict"],
            cwd=ROOT,
            env={
                **os.environ,
                "SITE_DIR": Path(inside).name,
                "SITE_URL": f"http://127.0.0.1:8000{SUB_PATH}",
                "NO_MKDOCS_2_WARNING": "1",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            pytest.fail(f"The site cannot be built:\n{done.stderr}", pytrace=False)
        shutil.copytree(inside, folder, dirs_exist_ok=True)
    finish(folder, offline=is_offline_wanted())
    return folder
