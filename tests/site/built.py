"""The pages of the built site, read once: their addresses, links and words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urldefrag, urljoin

from selectolax.lexbor import LexborHTMLParser

from macros.pages.documents import DOCS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from selectolax.lexbor import LexborNode

DOCUMENTS: Final = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))
"""The files of all pages, relative to ``docs/``."""

_HOST: Final = "http://site.invalid"
_QUIZ: Final = "cx-block"
_SKIPPED: Final = frozenset({"code", "pre", "script", "style", "noscript", "svg"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS: Final = _HEADINGS | {
    *("article", "aside", "blockquote", "details", "div", "figure", "figcaption", "p", "section"),
    *("caption", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    *("dd", "dl", "dt", "li", "ol", "ul"),
}
_LINKS: Final = {"a": "href", "link": "href", "img": "src", "script": "src", "use": "href"}

_CITATION: Final = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands in a raw text where a source is cited."""

_CITATIONS: Final = re.compile(rf"\s*\({_CITATION}(?:; {_CITATION})*\)|{_CITATION}")


@dataclass(frozen=True)
class Block:
    """A paragraph, a list item, a cell or a heading.

    Attributes:
        text: Its words, without short references to sources.
        cited: Whether a source is cited in it.
        parents: The blocks that it stands in, itself last.
        section: The heading of second order above it.
    """

    text: str
    cited: bool
    parents: tuple[str, ...]
    section: str

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return self.parents[-1] in _HEADINGS


class BuiltPage:
    """One page of the built site."""

    def __init__(self, address: str, html: str) -> None:
        """Read a page.

        Args:
            address: Where it stands, relative to the site's root.
            html: The page.
        """
        self.address = address
        self._tree = LexborHTMLParser(html)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of its elements."""
        return frozenset(filter(None, (node.id for node in self._tree.css("[id]"))))

    @cached_property
    def links(self) -> list[str]:
        """All that it links to or loads, as written."""
        found = [
            node.attributes.get(attribute)
            for tag, attribute in _LINKS.items()
            for node in self._tree.css(f"{tag}[{attribute}]")
        ]
        return [link for link in found if link is not None]

    @property
    def quizzes(self) -> int:
        """How many quizzes stand on it."""
        return len(self._tree.css("cx-quiz"))

    @cached_property
    def blocks(self) -> list[Block]:
        """What an author has written, block by block, without the quiz."""
        article = self._tree.css_first("article")
        return list(_Reader().read(article)) if article else []

    def links_in(self, section: str) -> list[str]:
        """Return what the section of that anchor links to, as written."""
        heading = self._tree.css_first(f'h2[id="{section}"]')
        found: list[str] = []
        node = heading.next if heading else None
        while node is not None and node.tag not in {"h1", "h2"} and not _is_quiz(node):
            found += [str(link.attributes.get("href")) for link in node.css("a[href]")]
            node = node.next
        return found

    @cached_property
    def sections(self) -> dict[str, str]:
        """Its headings of second order by their anchors, without the quiz's."""
        headings = self._tree.css(f"article h2[id]:not(.{_QUIZ} *)")
        return {str(heading.id): heading.text(strip=True) for heading in headings}


class _Reader:
    """Cuts an article into blocks."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._section = ""

    def read(self, node: LexborNode, parents: tuple[str, ...] = ()) -> Iterator[Block]:
        """Return the blocks inside a node."""
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag in _SKIPPED or _is_quiz(child):
                continue
            if tag in _BLOCKS:
                yield from self._end(parents)
                if tag == "h2":
                    self._section = child.text(strip=True)
                yield from self.read(child, (*parents, tag))
                yield from self._end((*parents, tag))
            elif child.is_text_node:
                self._words.append(child.text(deep=False))
            elif tag == "br":
                self._words.append(" ")
            elif "sources/#" in (child.attributes.get("href") or ""):
                self._words.append(_CITATION)
            else:
                yield from self.read(child, parents)
        if not parents:
            yield from self._end(("article",))

    def _end(self, parents: tuple[str, ...]) -> Iterator[Block]:
        raw = " ".join("".join(self._words).split())
        self._words.clear()
        text = _CITATIONS.sub("", raw).strip()
        if text:
            yield Block(text, _CITATION in raw, parents or ("article",), self._section)


def _is_quiz(node: LexborNode) -> bool:
    return _QUIZ in (node.attributes.get("class") or "").split()


@dataclass(frozen=True)
class Target:
    """What a link leads to: a file of the site, and a place on it."""

    file: str
    fragment: str

    @property
    def address(self) -> str:
        """The address of the file, relative to the site's root."""
        return self.file.removesuffix("index.html")


class Site:
    """The built site."""

    def __init__(self, folder: Path, path: str) -> None:
        """Read all pages.

        Args:
            folder: Where it was built.
            path: The path under which it is built to stand, with slashes at both ends.
        """
        self._folder = folder
        self._base = _HOST + path
        self.pages = {
            page.address: page
            for file in sorted(folder.rglob("*.html"))
            for page in [
                BuiltPage(
                    file.relative_to(folder).as_posix().removesuffix("index.html"),
                    file.read_text(encoding="utf-8"),
                )
            ]
        }

    def page(self, source: str) -> BuiltPage:
        """Return the page that was built from a file, given relative to ``docs/``."""
        address = source.removesuffix(".md")
        return self.pages[address.removesuffix("index") if _is_index(address) else f"{address}/"]

    def target(self, page: str, link: str) -> Target | None:
        """Return what a link on a page leads to; nothing where it leaves the site."""
        if re.match(r"(?!https?:)[a-z]+:", link):  # mailto:, data: and the like
            return None
        address, fragment = urldefrag(urljoin(self._base + page, link))
        if not address.startswith(_HOST):
            return None
        path = unquote(address.removeprefix(self._base))
        file = f"{path}index.html" if path.endswith("/") or not path else path
        return Target(file, unquote(fragment))

    def broken(self, page: str, links: Sequence[str]) -> list[str]:
        """Return those of a page's links that lead to a place of this site that is not there."""
        return [link for link in links if not self._is_there(self.target(page, link))]

    def _is_there(self, target: Target | None) -> bool:
        if target is None:
            return True
        if not (self._folder / target.file).is_file():
            return False
        found = self.pages.get(target.address)
        return not target.fragment or found is None or target.fragment in found.ids

    def reachable(self, start: str = "") -> set[str]:
        """Return the addresses of all pages that links lead to from the start page on."""
        seen: set[str] = set()
        todo = [start]
        while todo:
            address = todo.pop()
            if address in seen:
                continue
            seen.add(address)
            targets = (self.target(address, link) for link in self.pages[address].links)
            todo += [it.address for it in targets if it and it.address in self.pages]
        return seen


def _is_index(address: str) -> bool:
    return address.rpartition("/")[2] == "index"
