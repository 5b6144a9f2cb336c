"""Lets Material's search wait until somebody searches: see ``search_on_demand.mjs``.

Zensical has another search. Whoever gives Material up deletes this module, and what uses it.
"""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from macros.runtime.errors import RuntimeBuildError

if TYPE_CHECKING:
    from collections.abc import Iterable

SEARCH_WORKER: Final = "search.js"
"""What the worker that waits is called, beside our other scripts."""

SEARCH_INDEX: Final = "search/search_index.json"
"""Where MkDocs puts the texts of all pages, and each page gets them from when it is opened."""

SEARCH_TEXTS: Final = "search/texts.json"
"""Where they are instead, for whoever searches."""

_WORKERS: Final = "assets/javascripts/workers"
_WRAPPER: Final = Path(__file__).with_name("search_on_demand.mjs")


def material_worker(templates: Iterable[str] | None = None) -> tuple[str, str]:
    """Return where Material's worker stands in a site, and that worker with the wrapper around it.

    Args:
        templates: The folders that Material's templates may be in; by default the installed ones.

    Raises:
        RuntimeBuildError: There is not one worker where Material has it.
    """
    if templates is None:
        spec = find_spec("material")
        templates = [f"{it}/templates" for it in (spec and spec.submodule_search_locations) or ()]
    found = [path for it in templates for path in Path(it, _WORKERS).glob("search.*.min.js")]
    if len(found) != 1:
        raise RuntimeBuildError(
            f"Material for MkDocs has {len(found)} workers for its search in {_WORKERS}, where "
            "macros/assets/search.py expects one. See what its new release has changed."
        )
    original = found[0].read_text(encoding="utf-8")
    wrapper = _WRAPPER.read_text(encoding="utf-8")
    return (
        f"{_WORKERS}/{found[0].name}",
        f"self.startSearch = () => {{\n{original}\n}};\n{wrapper}",
    )


def move_texts(site: Path) -> None:
    """Leave pages what Material's own script looks up: the settings.

    A site of Zensical, and one on which this was done already, stays as it is.
    """
    index = site / SEARCH_INDEX
    if not index.is_file() or (site / SEARCH_TEXTS).is_file():
        return
    texts = index.read_bytes()
    (site / SEARCH_TEXTS).write_bytes(texts)
    index.write_text(json.dumps({**json.loads(texts), "docs": []}), encoding="utf-8")
