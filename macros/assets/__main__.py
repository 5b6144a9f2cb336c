"""``python -m macros.assets``: makes scripts and styles ready, and tells the theme where they are.

MkDocs and Zensical then copy them as they are, and no built page needs to be changed.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from macros.assets.bundles import bundle
from macros.assets.generated import write_generated
from macros.assets.search import SEARCH_WORKER, material_worker
from macros.runtime.errors import RuntimeBuildError
from macros.runtime.manifest import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence


def make_assets(*, bundled: bool) -> None:
    """Write what the theme includes to know where scripts and styles are.

    Args:
        bundled: Whether as readers get them; else as they are written, for ``make serve``.

    Raises:
        RuntimeBuildError: A file is no valid module or style sheet, or Material's search is not
            where it was.
    """
    folder, search = "assets", ""
    if bundled:
        search, worker = material_worker()
        folder = bundle(ROOT, {SEARCH_WORKER: worker})
    text = f'{{% set folder = "{folder}" %}}\n{{% set material_search = "{search}" %}}\n'
    write_generated({"assets.html": text})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``python -m macros.assets`` and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m macros.assets", description="Make scripts and styles ready for a build."
    )
    parser.add_argument(
        "--as-written", action="store_true", help="one by one, so that a changed one is served"
    )
    try:
        make_assets(bundled=not parser.parse_args(arguments).as_written)
    except RuntimeBuildError as error:
        print(f"Scripts and styles were not made ready. {error}", file=sys.stderr)  # noqa: T201 - its answer
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
