"""``python -m macros.runtime``: the build of the runtime as a command."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from macros.runtime.build import build
from macros.runtime.errors import RuntimeBuildError
from macros.runtime.layers import LAYERS, layers_named

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``python -m macros.runtime`` and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m macros.runtime", description="Build what the browser needs for the quiz."
    )
    parser.add_argument(
        "--cuts",
        default=" ".join(LAYERS),
        help="the layers that make the runtime small, by their names with blanks; all by default",
    )
    cuts: str = parser.parse_args(arguments).cuts
    try:
        print(build(layers=layers_named(cuts)))  # noqa: T201 - a command answers by printing
    except RuntimeBuildError as error:
        print(f"The runtime was not built. {error}", file=sys.stderr)  # noqa: T201 - as above
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
