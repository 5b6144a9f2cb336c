"""What each source is used for: the pages that cite it, and the parts of the quiz."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from macros.pages.documents import link_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cxquiz.model.types import Model
    from macros.pages.documents import PageSource


@dataclass(frozen=True)
class Entry:
    """A part of the model that names sources.

    Attributes:
        kind: What it is, such as a question.
        name: What readers know it by.
        page: The page that explains it, relative to the site's root; empty where there is none.
        sources: The ids of the sources that it names.
    """

    kind: str
    name: str
    page: str
    sources: tuple[str, ...]


@dataclass
class Uses:
    """What one source is used for."""

    pages: list[PageSource] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Tell whether it is used at all."""
        return bool(self.pages or self.entries)


def entries(model: Model) -> Iterator[Entry]:
    """Return all parts of the model that name sources."""
    for relationship in model.relationships.values():
        yield Entry("relationship", relationship.name, relationship.page, relationship.sources)
    for question in [*model.questions.values(), *model.context.values()]:
        yield Entry("question", question.short, question.page, question.sources)
    for kind, rules in (("flag", model.flags), ("dispute", model.disputes)):
        for rule in rules:
            yield Entry(kind, rule.name, rule.page, rule.sources)
    for way in model.toward:
        yield Entry("next step", way.name, way.page, way.sources)


def uses(model: Model, pages: Iterable[PageSource]) -> dict[str, Uses]:
    """Return what each source is used for, by its id."""
    found = {name: Uses() for name in model.sources}
    for page in pages:
        cited = {name for call in page.calls_of("cite") for name in call.arguments}
        for name in cited & found.keys():  # the macro itself refuses an unknown one
            found[name].pages.append(page)
    for entry in entries(model):
        for name in entry.sources:
            found[name].entries.append(entry)
    return found


def used_for(use: Uses, docs: str) -> list[str]:
    """Return in lines what a source is used for, with links from a page to others' files."""
    parts = []
    if use.pages:
        pages = [f"[{page.title}]({docs}{page.path})" for page in use.pages]
        parts.append(f"Cited on: {', '.join(pages)}.")
    by_kind: dict[str, list[str]] = {}
    for entry in use.entries:
        by_kind.setdefault(entry.kind, []).append(_linked(entry, docs))
    if by_kind:
        kinds = "; ".join(f"{kind} {', '.join(names)}" for kind, names in by_kind.items())
        parts.append(f"In the quiz: {kinds}.")
    return parts


def _linked(entry: Entry, docs: str) -> str:
    name = f"“{entry.name}”"
    return f"[{name}]({link_to(entry.page, docs)})" if entry.page else name
