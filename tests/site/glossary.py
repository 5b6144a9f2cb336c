"""The glossary, as it is built: its terms, and where each leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.site.built import Site

GLOSSARY: Final = "reference/glossary.md"


@dataclass(frozen=True)
class Entry:
    """One term of the glossary.

    Attributes:
        term: What a reader may look for.
        text: What it says.
        leads_to: The addresses of the pages that its links lead to, without those of sources.
    """

    term: str
    text: str
    leads_to: tuple[str, ...]


def entries(built: Site) -> Iterator[Entry]:
    """Return all entries of the built glossary, in order."""
    page = built.page(GLOSSARY)
    for anchor, term in page.sections.items():
        if term == "Related":
            continue
        text = " ".join(
            block.text for block in page.blocks if block.section == term and not block.is_heading
        )
        targets = [built.target(page.address, link) for link in page.links_in(anchor)]
        pages = (target.address for target in targets if target)
        yield Entry(term, text, tuple(it for it in pages if it != "reference/sources/"))
