"""The files that "My relationships" can be saved as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxquiz.formats import portfolio_csv, portfolio_json

if TYPE_CHECKING:
    from cxquiz.model.types import Model
    from cxquiz.portfolio.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class Download:
    """A file for the reader to save.

    Attributes:
        name: What it is called.
        kind: Its media type. ``image/png`` is for the page to draw from SVG.
        text: Its content.
    """

    name: str
    kind: str
    text: str


def render_download(
    model: Model, portfolio: Portfolio, kind: str, *, today: str = ""
) -> Download | None:
    """Return the list as a file.

    Args:
        model: The model to judge by.
        portfolio: The list.
        kind: ``json``, ``csv``, ``md``, ``svg`` or ``png``.
        today: The reader's date, for the file's name, or an empty text.

    Returns:
        The file; ``None`` where there is none of that kind.
    """
    stem = f"relationships-{today}" if today else "relationships"
    if kind == "json":
        return Download(f"{stem}.json", "application/json", portfolio_json.to_text(portfolio))
    if kind == "csv":
        return Download(f"{stem}.csv", "text/csv", portfolio_csv.to_csv(model, portfolio))
    if kind == "md":
        from cxquiz.html.markdown import render_markdown  # few ask for it

        text = render_markdown(model, portfolio, today=today)
        return Download(f"{stem}.md", "text/markdown", text)
    if kind in ("svg", "png"):
        from cxquiz.html.map import render_map
        from cxquiz.map.items import items_of
        from cxquiz.map.layout import lay_out

        layout = lay_out(model, items_of(model, portfolio), sheet=True)
        media = "image/svg+xml" if kind == "svg" else "image/png"
        return Download(f"{stem}.{kind}", media, render_map(model, layout, standalone=True))
    return None


def stored_download(stored: str) -> Download:
    """Return what the browser keeps, as it is, as a file: some of it could not be read."""
    return Download("relationships-as-kept.json", "application/json", stored)
