"""Everything that the sources say is dealt with somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from macros.pages.claims import anchor, load_claims, places
from macros.pages.documents import read_pages

if TYPE_CHECKING:
    from cxquiz.model.types import Model
    from macros.pages.claims import Claims
    from tests.site.built import Site


@pytest.fixture
def claims(model: Model) -> Claims:
    """All claims and disagreements."""
    return load_claims(model)


def test_every_claim_and_every_disagreement_is_covered(claims: Claims) -> None:
    """By a page that says it, and marks the place by ``{{ covers("D4") }}``."""
    texts = {
        **{claim.id: claim.text for claim in claims.claims.values()},
        **{it.id: f"{it.one.text} / {it.other.text}" for it in claims.disagreements.values()},
    }
    missing = [
        f"{name}: {texts[name]}"
        for name, found in places(claims, read_pages()).items()
        if not found
    ]
    assert missing == [], "no page covers these:\n" + "\n".join(missing)


def test_every_place_that_covers_something_can_be_linked_to(built: Site, claims: Claims) -> None:
    """Its mark stands on the built page."""
    lost = [
        f"{name} on docs/{page.path}"
        for name, found in places(claims, read_pages()).items()
        for page in found
        if anchor(name) not in built.page(page.path).ids
    ]
    assert lost == [], "the marks of these are missing from the built pages"


def test_the_table_shows_every_claim_with_a_link(built: Site, claims: Claims) -> None:
    """A reader finds each by its number, and goes on from there."""
    page = built.page("reference/claims.md")
    linked = {target.fragment for link in page.links if (target := built.target("", link))}
    assert {anchor(name) for name in claims.ids} <= linked


def test_all_claims_of_the_five_texts_are_listed(claims: Claims) -> None:
    """None was dropped on the way: the numbers of each text run on without a gap."""
    counts = {"D": 20, "B": 26, "W": 31, "R": 15, "G": 19, "X": 14}
    assert claims.ids == [
        f"{letter}{number}" for letter, count in counts.items() for number in range(1, count + 1)
    ]
