"""The pictures, and how they come into a page."""

from __future__ import annotations

import re
from collections import Counter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

import markdown  # type: ignore[import-untyped] # it comes without types
import pytest

from macros.pages import pictures
from macros.pages.documents import DOCS
from macros.pages.macros import MacroError, PageMacros, read_facts

if TYPE_CHECKING:
    from pathlib import Path

NAMES: Final = pictures.names()
SVG: Final = "{http://www.w3.org/2000/svg}"
SHAPES: Final = {"svg", "g", "path", "rect", "circle", "text", "title", "desc", "metadata"}
PLACES: Final = {"viewBox", "d", "x", "y", "width", "height", "rx", "cx", "cy", "r"}
STYLES: Final = {
    "class": re.compile(r"pic-[a-z-]+"),
    "fill": re.compile("none|currentColor"),
    "stroke": re.compile("none|currentColor"),
    "stroke-width": re.compile("2"),
    "stroke-linecap": re.compile("round"),
    "stroke-linejoin": re.compile("round"),
    "font-family": re.compile("sans-serif"),
    "font-size": re.compile(r"\d+(\.\d+)?"),
    "text-anchor": re.compile("start|middle"),
}
"""All that a drawing may say of its looks. The rest, colours above all, is in site.css."""

PHONE: Final = 343
"""The width in pixels that a page leaves for a picture on a phone."""

BACKGROUNDS: Final = {"light": "#ffffff", "dark": "#1e2529"}
"""What Material paints a page with; the dark one by our ``--md-hue``."""


def drawing(name: str) -> ET.Element:
    """Return a picture as it is in its file."""
    return ET.parse(pictures.PICTURES / f"{name}.svg").getroot()  # noqa: S314 - our own file


def drawn(name: str) -> list[ET.Element]:
    """Return all that is drawn, without the words beside it."""
    return [element for element in drawing(name).iter() if element.tag.startswith(SVG)]


def css() -> str:
    """Return the style sheet that the pictures use."""
    return (DOCS / "assets" / "site.css").read_text(encoding="utf-8")


def colours(scheme: str) -> dict[str, str]:
    """Return the pictures' colours in a scheme."""
    light, dark, *_ = re.findall(r"\.picture \{([^}]*--pic-ink[^}]*)\}", css())
    found = re.findall(r"--pic-([a-z-]+): (#\w+);", light if scheme == "light" else dark)
    return {"paper": BACKGROUNDS[scheme], **dict(found)}


def luminance(colour: str) -> float:
    """Return a colour's relative luminance by WCAG."""
    digits = colour.removeprefix("#")
    pairs = [2 * digit for digit in digits] if len(digits) == 3 else re.findall("..", digits)
    parts = [int(pair, 16) / 255 for pair in pairs]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", NAMES)
class TestDrawing:
    """Rule: a picture is plain shapes and words, and takes its colours from the page."""

    def test_it_is_made_of_shapes_alone(self, name: str) -> None:
        """No script, no style sheet, no link, and nothing that is loaded from elsewhere."""
        assert {element.tag.removeprefix(SVG) for element in drawn(name)} <= SHAPES

    def test_it_names_no_colour_and_no_address(self, name: str) -> None:
        """A fixed colour would vanish in one of the two schemes; an id would clash."""
        for element in drawn(name):
            for attribute, value in element.attrib.items():
                if attribute not in PLACES:
                    assert STYLES[attribute].fullmatch(value), f"{attribute}={value}"

    def test_a_class_is_one_of_the_style_sheet(self, name: str) -> None:
        """A slip would show as a box without a colour."""
        used = {element.get("class") for element in drawn(name)} - {None}
        assert {one for one in used if f".picture .{one}" not in css()} == set()

    def test_its_words_can_be_read_on_a_phone(self, name: str) -> None:
        """Nobody should have to zoom."""
        left, top, width, _ = map(float, drawing(name).get("viewBox", "").split())
        sizes = [element.get("font-size") for element in drawn(name)]
        assert (left, top) == (0, 0)
        assert min(float(size) for size in sizes if size) * PHONE / width >= 12


@pytest.mark.parametrize("name", NAMES)
class TestFigure:
    """Rule: who does not see the picture gets what it says."""

    def test_it_has_all_its_words(self, name: str) -> None:
        """A name, a short description, a caption, and the long description."""
        root = ET.fromstring(pictures.figure(name))  # noqa: S314 - made from our own file
        image = root.find("svg")
        assert image is not None
        assert image.get("role") == "img"
        labels = [
            root.find(f".//*[@id='{label}']") for label in image.get("aria-labelledby", "").split()
        ]
        assert [label.tag for label in labels if label is not None] == ["title", "desc"]
        assert [part.tag for part in root] == ["figcaption", "svg", "details"]
        assert "".join(root[2].itertext()) > "".join(root[2][0].itertext())

    def test_markdown_leaves_it_alone(self, name: str) -> None:
        """It would take a blank line or an unknown tag for the end of the HTML."""
        figure = pictures.figure(name)
        page = f"Before.\n\n{figure}\n\nAfter."
        html = markdown.markdown(page, extensions=["attr_list", "md_in_html"])
        assert html == f"<p>Before.</p>\n{figure}\n\n<p>After.</p>"


class TestPages:
    """Rule: a page gets the picture that it asks for."""

    def test_ids_differ(self) -> None:
        """Two pictures may stand on one page, and on one print of all pages."""
        ids = [
            found for name in NAMES for found in re.findall(r' id="([^"]*)"', pictures.figure(name))
        ]
        assert len(set(ids)) == len(ids) == 2 * len(NAMES)

    def test_each_picture_is_used_and_never_twice_on_a_page(self) -> None:
        """A picture without a page helps nobody; twice on a page, its ids would clash."""
        calls = Counter(
            (page, name)
            for page in DOCS.rglob("*.md")
            for name in re.findall(r'picture\("([^"]*)"\)', page.read_text(encoding="utf-8"))
        )
        assert {name for _, name in calls} == {*NAMES}
        assert set(calls.values()) == {1}

    def test_an_unknown_one_is_refused_with_the_page_and_those_there_are(self) -> None:
        """A slip in a page stops the build and says where."""
        page = SimpleNamespace(url="a/b/", meta={}, file=SimpleNamespace(src_uri="a/b.md"))
        calls = PageMacros(read_facts(), SimpleNamespace(page=page))
        with pytest.raises(MacroError, match=r"a/b\.md: .*“chain”.*\bthe-chain\b"):
            calls.picture("chain")

    def test_a_picture_that_lacks_words_is_refused(self, tmp_path: Path) -> None:
        """A translation may have lost some."""
        whole = (pictures.PICTURES / "the-chain.svg").read_text(encoding="utf-8")
        cut = re.sub(r"<desc>.*</desc>|<figcaption.*</figcaption>", "", whole)
        (tmp_path / "cut.svg").write_text(cut, encoding="utf-8")
        with pytest.raises(pictures.PictureError, match=r"“cut”.*: desc, metadata/figcaption\."):
            pictures.figure("cut", tmp_path)


@pytest.mark.parametrize("scheme", BACKGROUNDS)
class TestColours:
    """Rule: words and lines stand out from what is behind them (WCAG 1.4.3 and 1.4.11)."""

    @pytest.mark.parametrize(
        ("front", "back"), [("ink", "paper"), ("ink", "tint"), ("on-accent", "accent")]
    )
    def test_words(self, scheme: str, front: str, back: str) -> None:
        """The program that checks pages does not look into pictures."""
        assert contrast(colours(scheme)[front], colours(scheme)[back]) >= 4.5

    @pytest.mark.parametrize(
        ("front", "back"),
        [("line", "paper"), ("line", "tint"), ("accent", "paper"), ("accent", "tint")],
    )
    def test_lines(self, scheme: str, front: str, back: str) -> None:
        """A line that is hard to see is no line."""
        assert contrast(colours(scheme)[front], colours(scheme)[back]) >= 3
