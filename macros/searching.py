"""Lets the theme's search wait until somebody searches: see ``search_on_demand.mjs``."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

_WORKERS: Final = "assets/javascripts/workers"
_WRAPPER: Final = Path(__file__).with_name("search_on_demand.mjs")


def search_on_demand(site: Path) -> None:
    """Put the wrapper around Material's worker, and lead pages to it.

    A site without that worker stays as it is, and so does one on which this was done already.

    Args:
        site: The built site.
    """
    wrapper = _WRAPPER.read_text(encoding="utf-8")
    for worker in site.glob(f"{_WORKERS}/search.*.min.js"):
        original = worker.read_text(encoding="utf-8")
        if wrapper in original:
            continue
        text = f"self.startSearch = () => {{\n{original}\n}};\n{wrapper}"
        digest = hashlib.sha256(text.encode()).hexdigest()[:8]
        wrapped = worker.with_name(f"search.{digest}.min.js")
        wrapped.write_text(text, encoding="utf-8")
        worker.unlink()
        for page in site.rglob("*.html"):
            html = page.read_text(encoding="utf-8")
            page.write_text(
                html.replace(f"{_WORKERS}/{worker.name}", f"{_WORKERS}/{wrapped.name}"),
                encoding="utf-8",
            )
