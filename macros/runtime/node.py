"""Node.js: it runs the build's JavaScript, and Pyodide outside the browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from macros.runtime.errors import RuntimeBuildError

if TYPE_CHECKING:
    from collections.abc import Sequence


def find_node() -> str:
    """Return the path of Node.js: the set-up's own beside this Python, else that of the PATH.

    Raises:
        RuntimeBuildError: There is none.
    """
    node = shutil.which("node", path=Path(sys.executable).parent) or shutil.which("node")
    if node is None:
        message = (
            "Node.js was found neither beside Python nor on the PATH. It runs Pyodide outside "
            "the browser. Run `make setup`, which installs it where it is missing."
        )
        raise RuntimeBuildError(message)
    return node


def run_node(root: Path, script: Path, arguments: Sequence[str | Path]) -> None:
    """Run a module of the repository.

    Args:
        root: The repository.
        script: The module, seen from the repository.
        arguments: What it is given.

    Raises:
        RuntimeBuildError: It failed; its own words are quoted.
    """
    command = [find_node(), str(script), *map(str, arguments)]
    # What a developer has set for Node, such as a debugger, would mingle with the result.
    environment = {key: value for key, value in os.environ.items() if key != "NODE_OPTIONS"}
    done = subprocess.run(  # noqa: S603 - no shell, and a module of this repository
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        words = (done.stderr or done.stdout).strip()
        raise RuntimeBuildError(
            f"`{' '.join(command)}` failed with exit code {done.returncode}:\n{words}"
        )
