"""Names that came in wrong: which known one may be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

# Comparing a megabyte with every known name would take long and find nothing.
_LONGEST_NAME: Final = 60


def nearest(name: str, known: Iterable[str]) -> str:
    """Return " Did you mean …?" for the known name most like ``name``, or nothing."""
    # difflib is only worth loading once something is wrong.
    from difflib import get_close_matches

    match = get_close_matches(name[:_LONGEST_NAME], list(known), n=1, cutoff=0.5)
    return f" Did you mean “{match[0]}”?" if match else ""
