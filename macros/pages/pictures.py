"""The pictures of the playbook, drawn as SVG and set into the page.

A picture is one file in ``docs/assets/pictures/``, and all its words are in that file: its
``<title>``, its ``<desc>``, the labels, and in ``<metadata>`` a ``<figcaption>`` and a
``<details>`` that says in words what the picture shows. So whoever translates the pages
translates the picture as they would a page. Its colours are those of ``site.css``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from macros.runtime.manifest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PICTURES: Final = ROOT / "docs" / "assets" / "pictures"
"""Where the pictures are."""

_WORDS: Final = ("title", "desc", "metadata/figcaption", "metadata/details")


class PictureError(ValueError):
    """A picture does not exist, or some of its words are missing; the text says which."""


def names(folder: Path = PICTURES) -> list[str]:
    """Return the names of all pictures."""
    return sorted(file.stem for file in folder.glob("*.svg"))


def figure(name: str, folder: Path = PICTURES) -> str:
    """Return a picture as HTML: its caption, the drawing, and what it shows in words.

    All of it is one line, because Markdown would read a blank line as the end of the HTML.

    Raises:
        PictureError: There is no such picture, or some of its words are missing.
    """
    if name not in names(folder):
        raise PictureError(f"There is no picture “{name}”. There are: {', '.join(names(folder))}.")
    drawing = _read(folder / f"{name}.svg")
    words = {path: drawing.find(path) for path in _WORDS}
    missing = [path for path, element in words.items() if not _text(element)]
    if missing:
        raise PictureError(f"The picture “{name}” has no text in: {', '.join(missing)}.")

    title, desc, caption, details = (element for element in words.values() if element is not None)
    title.set("id", f"picture-{name}-title")
    desc.set("id", f"picture-{name}-desc")
    drawing.set("role", "img")
    drawing.set("aria-labelledby", f"{title.get('id')} {desc.get('id')}")
    drawing.set("data-search-exclude", "")  # labels without their places say nothing in a search
    for metadata in drawing.findall("metadata"):
        drawing.remove(metadata)
    parts = [_html(element) for element in (caption, drawing, details)]
    return f'<figure class="picture">{"".join(parts)}</figure>'


def _read(file: Path) -> ET.Element:
    """Return a file's drawing, ready for HTML: without namespaces, comments and line breaks."""
    drawing = ET.fromstring(file.read_bytes())  # noqa: S314 - a file of this repository
    for element in drawing.iter():
        element.tag = element.tag.rpartition("}")[2]
        element.text = _folded(element.text)
        element.tail = _folded(element.tail)
    return drawing


def _folded(text: str | None) -> str:
    """Return a text in one line; what only indents is dropped."""
    if not text or (text.isspace() and "\n" in text):
        return ""
    return re.sub(r"\s+", " ", text)


def _text(element: ET.Element | None) -> str:
    return "" if element is None else "".join(element.itertext()).strip()


def _html(element: ET.Element) -> str:
    return ET.tostring(element, encoding="unicode")
