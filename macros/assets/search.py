"""Lets the theme's search wait until somebody searches: see ``search_on_demand.mjs``."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final

SEARCH_INDEX: Final = "search/search_index.json"
"""Where MkDocs puts the texts of all pages, and each page gets them from when it is opened."""

SEARCH_TEXTS: Final = "search/texts.json"
"""Where they are instead, for whoever searches."""

_WORKERS: Final = "assets/javascripts/workers"
_WRAPPER: Final = Path(__file__).with_name("search_on_demand.mjs")


def search_on_demand(site: Path) -> dict[str, str]:
    """Put the wrapper around Material's worker, and the texts where only that looks for them.

    A site of Zensical, which has another search, stays as it is, and so does one on which this was
    done already.

    Args:
        site: The built site.

    Returns:
        Where the worker is now, by where it was, for :func:`macros.assets.fingerprints.lead_pages`.
    """
    if not (site / SEARCH_INDEX).is_file():
        return {}
    wrapper = _WRAPPER.read_text(encoding="utf-8")
    moved = {}
    for worker in list(site.glob(f"{_WORKERS}/search.*.min.js")):
        original = worker.read_text(encoding="utf-8")
        if wrapper not in original:
            text = f"self.startSearch = () => {{\n{original}\n}};\n{wrapper}"
            digest = hashlib.sha256(text.encode()).hexdigest()[:8]
            wrapped = f"{_WORKERS}/search.{digest}.min.js"
            (site / wrapped).write_text(text, encoding="utf-8")
            worker.unlink()
            _move_texts(site)
            moved[f"{_WORKERS}/{worker.name}"] = wrapped
    return moved


def _move_texts(site: Path) -> None:
    """Leave pages what Material's own script looks up: the settings."""
    index = site / SEARCH_INDEX
    (site / SEARCH_TEXTS).write_bytes(index.read_bytes())
    settings = {**json.loads(index.read_text(encoding="utf-8")), "docs": []}
    index.write_text(json.dumps(settings), encoding="utf-8")
