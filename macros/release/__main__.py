"""``python -m macros.release``: making a built site ready as a command."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from macros.release.release import ReleaseError, finish, is_offline_wanted

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``python -m macros.release`` and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m macros.release", description="Make a built site ready to be published."
    )
    parser.add_argument("site", type=Path, help="the folder that holds it")
    try:
        finish(parser.parse_args(arguments).site, offline=is_offline_wanted())
    except ReleaseError as error:
        print(f"The site was not made ready. {error}", file=sys.stderr)  # noqa: T201 - its answer
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
