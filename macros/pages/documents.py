"""The pages as they are written: their titles, and what each asks the macros for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, TemplateSyntaxError, nodes
from mkdocs.utils.meta import get_data

from macros.runtime.manifest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DOCS: Final = ROOT / "docs"
"""Where the pages are."""

_CONSTANT_MACROS: Final = frozenset({"cite", "covers"})
"""Macros whose calls are also read here, so their arguments must be plain texts."""


class PageError(ValueError):
    """A page cannot be read; the text names the page and the line."""


@dataclass(frozen=True)
class Call:
    """One call of a macro on a page."""

    macro: str
    arguments: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class PageSource:
    """A page as it is written.

    Attributes:
        path: Its file, relative to ``docs/``.
        title: The title that its front matter gives, else its path.
        calls: The calls of ``cite`` and ``covers``, in their order.
        quiz: What its front matter says of the questions that the quiz on it asks first.
    """

    path: str
    title: str
    calls: tuple[Call, ...]
    quiz: object = ()

    def calls_of(self, macro: str) -> Iterator[Call]:
        """Return the calls of one macro."""
        return (call for call in self.calls if call.macro == macro)


def link_to(address: str, docs: str) -> str:
    """Return the link to a page's file.

    Args:
        address: Where the page stands on the site, such as ``quiz/questions/#use``.
        docs: The way from the page that links to ``docs/``.
    """
    page, mark, fragment = address.partition("#")
    return f"{docs}{page.rstrip('/')}.md{mark}{fragment}"


def read_pages(docs: Path = DOCS) -> list[PageSource]:
    """Return all pages, sorted by their paths.

    Raises:
        PageError: A page is no template that the macros could fill in.
    """
    return [
        _read(path.relative_to(docs).as_posix(), path, path.stat().st_mtime_ns)
        for path in sorted(docs.rglob("*.md"))
    ]


@lru_cache(maxsize=1024)
def _read(name: str, path: Path, _modified: int) -> PageSource:
    text = path.read_text(encoding="utf-8")
    try:
        template = Environment(autoescape=True).parse(text)
    except TemplateSyntaxError as error:
        raise PageError(
            f"docs/{name}, line {error.lineno}: {error.message}. Correct the macro there."
        ) from error
    calls = tuple(
        Call(call.node.name, _arguments(call, name), call.lineno)
        for call in template.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in _CONSTANT_MACROS
    )
    _, meta = get_data(text)
    return PageSource(name, str(meta.get("title", name)), calls, meta.get("quiz", []))


def _arguments(call: nodes.Call, page: str) -> tuple[str, ...]:
    try:
        return tuple(str(argument.as_const()) for argument in call.args)
    except nodes.Impossible as error:
        message = (
            f"docs/{page}, line {call.lineno}: the arguments of a macro that is counted must "
            'be plain texts in quotes, such as {{ cite("glen-2017") }}.'
        )
        raise PageError(message) from error
