"""What the sources claim, and the places that cover it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from cxquiz.authoring.model_file import load_model
from macros.pages.claims import Claims, ClaimsError, anchors, load_claims, places, tables
from macros.pages.documents import Call, PageSource

if TYPE_CHECKING:
    from pathlib import Path

MODEL: Final = load_model()

FILE: Final = """
[[claim]]
id = "G1"
source = "glen-2017"
text = "It sounds easy."

[[claim]]
id = "G2"
source = "glen-2017"
text = "It is not."

[[disagreement]]
id = "X1"
quiz = "It asks."

[disagreement.one]
text = "Easy."
claims = ["G1"]

[disagreement.other]
text = "Hard."
sources = ["hayes"]
"""


def load(folder: Path, text: str = FILE) -> Claims:
    """Load claims from a text."""
    path = folder / "claims.toml"
    path.write_text(text, encoding="utf-8")
    return load_claims(MODEL, path)


def page(path: str, *calls: tuple[str, ...]) -> PageSource:
    """Return a page that covers something on each of its lines."""
    found = [Call("covers", names, line) for line, names in enumerate(calls, 1)]
    return PageSource(path, f"Title of {path}", tuple(found))


class TestFile:
    """Rule: a mistake in the file is reported with its place, before it is on a page."""

    def test_claims_and_disagreements_are_read_in_order(self, tmp_path: Path) -> None:
        """The tables show them so."""
        assert load(tmp_path).ids == ["G1", "G2", "X1"]

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ('id = "G2"', 'id = "G1"', "“G1” is there twice"),
            ('id = "X1"', 'id = "G1"', "“G1” is a claim and a disagreement"),
            ('source = "glen-2017"', 'source = "glenn"', "“G1”: there is no source “glenn”"),
            ('sources = ["hayes"]', 'sources = ["haze"]', "“X1”: there is no source “haze”"),
            ('claims = ["G1"]', 'claims = ["G3"]', "“X1”: there is no claim “G3”"),
            ('text = "It is not."', "", "“G2”: missing .* argument: 'text'"),
            ('text = "It is not."', 'text = "A"\nnote = "B"', "“G2”: got an unexpected .* 'note'"),
            ('quiz = "It asks."', "", "“X1”: missing .* argument: 'quiz'"),
            ('id = "G1"', "id =", "line 3"),
        ],
    )
    def test_a_mistake_is_refused(self, tmp_path: Path, old: str, new: str, message: str) -> None:
        """With what is wrong and where."""
        with pytest.raises(ClaimsError, match=f"docs/reference/claims.toml.*{message}"):
            load(tmp_path, FILE.replace(old, new, 1))


class TestPlaces:
    """Rule: each page that covers a claim is found, and each mark names a claim once."""

    def test_all_pages_that_cover_it_are_found(self, tmp_path: Path) -> None:
        """A claim may be said in two places."""
        one, two = page("a.md", ("G1",)), page("b.md", ("X1", "G1"))
        assert places(load(tmp_path), [one, two]) == {"G1": [one, two], "G2": [], "X1": [two]}

    def test_an_unknown_claim_is_refused(self, tmp_path: Path) -> None:
        """With page and line."""
        with pytest.raises(ClaimsError, match=r"docs/a\.md, line 2: .*“G9”.*does not list"):
            places(load(tmp_path), [page("a.md", ("G1",), ("G9",))])

    def test_the_same_claim_twice_on_a_page_is_refused(self, tmp_path: Path) -> None:
        """Two elements would have one id."""
        with pytest.raises(ClaimsError, match=r"docs/a\.md, line 2: .*“G1” a second time"):
            places(load(tmp_path), [page("a.md", ("G1",), ("X1", "G1"))])


class TestAnchors:
    """Rule: a mark can be linked to and is not seen."""

    def test_each_claim_has_its_mark(self, tmp_path: Path) -> None:
        """Its id is the claim's."""
        marks = '<span id="claim-g1"></span><span id="claim-x1"></span>'
        assert anchors(load(tmp_path), ["G1", "X1"], "a.md") == marks

    def test_an_unknown_claim_is_refused(self, tmp_path: Path) -> None:
        """With the page, while it is being built."""
        with pytest.raises(ClaimsError, match=r"docs/a\.md: .*“G9”"):
            anchors(load(tmp_path), ["G9"], "a.md")


class TestTables:
    """Rule: the tables show what is covered, and where."""

    def test_a_claim_leads_to_the_place_that_covers_it(self, tmp_path: Path) -> None:
        """To the very paragraph."""
        text = tables(load(tmp_path), MODEL, [page("a/b.md", ("G1",))], "../")
        assert "| **G1** It sounds easy. | [Title of a/b.md](../a/b.md#claim-g1) |" in text

    def test_a_disagreement_shows_both_sides_with_what_is_behind_them(self, tmp_path: Path) -> None:
        """Claims by their ids, other sources by links."""
        text = tables(load(tmp_path), MODEL, [], "../")
        source = f"[{MODEL.sources['hayes'].short}](../reference/sources.md#hayes)"
        assert f"| **X1** Easy. (G1)<br>**Or:** Hard. ({source}) | It asks.<br> |" in text

    def test_each_source_has_its_section(self, tmp_path: Path) -> None:
        """A reader goes to the text that they know."""
        headings = [line for line in tables(load(tmp_path), MODEL, [], "").splitlines()
                    if line.startswith("## ")]  # fmt: skip
        assert headings == ["## Glen 2017", "## Where they disagree"]
