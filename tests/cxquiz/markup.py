"""Reading back the HTML that the renderer writes, strictly."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final, Never

VOID: Final = frozenset({"br", "hr", "input", "col"})
REFERENCES: Final = ("for", "aria-describedby", "aria-labelledby")


@dataclass
class Element:
    """An element with its attributes, and all text inside it."""

    tag: str
    attributes: dict[str, str]
    parents: tuple[str, ...]
    text: str = ""


@dataclass
class Document:
    """A piece of HTML, read."""

    elements: list[Element] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """All ids, in order."""
        return [item.attributes["id"] for item in self.elements if "id" in item.attributes]

    @property
    def inputs(self) -> list[str]:
        """The names of all fields that a reader fills in."""
        return [item.attributes["name"] for item in self.fields]

    @property
    def fields(self) -> list[Element]:
        """All fields that a reader fills in."""
        return [
            item
            for item in self.elements
            if item.tag in {"input", "select", "textarea"}
            and item.attributes.get("type") != "hidden"
        ]

    @property
    def shape(self) -> list[tuple[str, ...]]:
        """The elements with the names of their attributes, without any content."""
        return [(item.tag, *sorted(item.attributes)) for item in self.elements]

    @property
    def text(self) -> str:
        """All text, without what is inside another text."""
        return "".join(item.text for item in self.elements if not item.parents)

    def all(self, tag: str) -> list[Element]:
        """Return the elements of one name."""
        return [item for item in self.elements if item.tag == tag]


def _refuse(what: str, content: object) -> Never:
    raise AssertionError(f"{what} has no place in the quiz: {content}")


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.document = Document()
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"an attribute twice in <{tag}>"
        parents = tuple(item.tag for item in self.open)
        element = Element(tag, {name: value or "" for name, value in attrs}, parents)
        self.document.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        _refuse(f"<{tag} … />", attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data

    def handle_comment(self, data: str) -> None:
        _refuse("a comment", data)

    def handle_decl(self, decl: str) -> None:
        _refuse("a declaration", decl)

    def handle_pi(self, data: str) -> None:
        _refuse("an instruction", data)

    def unknown_decl(self, data: str) -> None:
        _refuse("an unknown declaration", data)


def parse(html: str) -> Document:
    """Read HTML; anything that a browser would have to mend is an error."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    assert not parser.open, f"not closed: {[item.tag for item in parser.open]}"
    return parser.document
