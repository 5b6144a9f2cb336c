"""What all tests share: how hypothesis searches, the model, and the built site."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, settings

from cxquiz.loading import load_model
from macros import runtime
from macros.manifest import ROOT, RUNTIME
from macros.pyodide import installed_pyodide
from tests.browser.server import SUB_PATH

if TYPE_CHECKING:
    from cxquiz.model import Model

# A deadline would fail a test because the machine is busy, which says nothing about the code.
settings.register_profile("repository", deadline=None)
# `make mutants` wants to know that a test fails, not the shortest input for it.
settings.register_profile(
    "mutants", deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate]
)
settings.load_profile("repository")


@pytest.fixture(scope="session")
def model() -> Model:
    """The model that the site is built with."""
    return load_model()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built for a sub-path.

    ``site/`` of the repository is built for wherever it will stand, which its 404 page knows.
    A build takes a second or two, so there is one for the tests. ``SITE_UNDER_TEST`` names a
    folder that is built for the sub-path already, by Zensical for example.
    """
    if ready := os.environ.get("SITE_UNDER_TEST"):
        return Path(ready).resolve()
    out = ROOT / RUNTIME
    pyodide = installed_pyodide(ROOT)
    if not runtime.is_current(out, runtime.inputs_digest(ROOT, pyodide)):
        message = "The runtime for the browser is missing or out of date. Run `make build`."
        pytest.fail(message, pytrace=False)
    folder = tmp_path_factory.mktemp("site")
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
