"""The quiz on a newer Pyodide than ours, as it is published, without any layer of ours.

The environment may name another version by ``PYODIDE_VERSION``: ``latest``, for example.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from macros.runtime.manifest import MANIFEST, ROOT, RUNTIME
from macros.runtime.node import find_node
from macros.runtime.npm import installed_pyodide
from tests.fresh.machines import clone_into


def _run(folder: Path, *command: str) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.fail(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}", pytrace=False)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository with that Pyodide in the place of the pinned one, and its runtime uncut."""
    root = tmp_path_factory.mktemp("next") / "repository"
    clone_into(root)
    version = os.environ.get("PYODIDE_VERSION", "314.0.7")
    npm = root / "npm"
    npm.mkdir()
    (npm / "package.json").write_text("{}", encoding="utf-8")
    shutil.copy(ROOT / ".npmrc", npm)
    _run(
        npm,
        str(Path(find_node()).with_name("npm")),
        "install",
        "--loglevel=error",
        f"pyodide@{version}",
    )

    modules = root / "node_modules"
    modules.mkdir()
    for path in (ROOT / "node_modules").iterdir():
        if path.name != "pyodide":
            (modules / path.name).symlink_to(path)
    (npm / "node_modules" / "pyodide").rename(modules / "pyodide")
    found = json.loads((modules / "pyodide" / "package.json").read_text(encoding="utf-8"))
    package = json.loads((root / "package.json").read_text(encoding="utf-8"))
    package["dependencies"]["pyodide"] = found["version"]
    (root / "package.json").write_text(json.dumps(package), encoding="utf-8")
    _run(root, sys.executable, "-m", "macros.runtime", "--cuts", "")
    _run(root, sys.executable, "-m", "macros.pages.partials")
    return root


class TestNextPyodide:
    """Rule: without our layers, the quiz works on the Pyodide that is published now."""

    def test_it_is_another_one_and_whole(self, repository: Path) -> None:
        """Otherwise this would test what all other tests do."""
        manifest = json.loads((repository / RUNTIME / MANIFEST).read_text(encoding="utf-8"))
        pinned = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
        assert manifest["pyodide"] != pinned["dependencies"]["pyodide"]
        served = repository / RUNTIME / manifest["files"]["script"]["path"]
        published = installed_pyodide(repository)
        assert served.read_bytes() == (published.folder / published.script).read_bytes()

    @pytest.mark.parametrize("tests", ["tests/parity", "tests/browser/test_journey.py"])
    def test_it_passes(self, repository: Path, tests: str) -> None:
        """The site can go on, only larger, on the day the pinned version no longer will do.

        That each page has the quiz, whatever it runs on, is seen elsewhere.
        """
        chosen = ["-pno:cacheprovider", "-knot every_page", tests]
        _run(repository, sys.executable, "-m", "pytest", "--quiet", *chosen)
