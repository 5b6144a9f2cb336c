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


def search_on_demand(site: Path) -> None:
    """Put the wrapper around Material's worker, and the texts where only that looks for them.

    A site without that worker stays as it is, and so does one on which this was done already.

    Args:
        site: The built site.
    """
    wrapper = _WRAPPER.read_text(encoding="utf-8")
    for worker in list(site.glob(f"{_WORKERS}/search.*.min.js")):
        original = worker.read_text(encoding="utf-8")
        if wrapper not in original:
            text = f"self.startSearch = () => {{\n{original}\n}};\n{wrapper}"
            digest = hashlib.sha256(text.encode()).hexdigest()[:8]
            wrapped = worker.with_name(f"search.{digest}.min.js")
            wrapped.write_text(text, encoding="utf-8")
            worker.unlink()
            _lead_pages(site, worker.name, wrapped.name)
            _move_texts(site)


def _lead_pages(site: Path, old: str, new: str) -> None:
    for page in site.rglob("*.html"):
        html = page.read_text(encoding="utf-8")
        led = html.replace(f"{_WORKERS}/{old}", f"{_WORKERS}/{new}")
        page.write_text(led, encoding="utf-8")


def _move_texts(site: Path) -> None:
    """Leave pages what Material's own script looks up: the settings."""
    index = site / SEARCH_INDEX
    (site / SEARCH_TEXTS).write_bytes(index.read_bytes())
    settings = {**json.loads(index.read_text(encoding="utf-8")), "docs": []}
    index.write_text(json.dumps(settings), encoding="utf-8")
