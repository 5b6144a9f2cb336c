"""What hypothesis tries on lists of kept relationships."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from cxquiz.model.text import one_line, several_lines
from cxquiz.portfolio.portfolio import PRIMARY, SUPPORTING, Kept, Version, circles, version
from tests.cxquiz.examples import MODEL
from tests.cxquiz.strategies import HOSTILE, Strategy, answers, short_texts

if TYPE_CHECKING:
    from cxquiz.portfolio.portfolio import Portfolio

RISKY = ("=1+1", "+1", "-1", "@x", "\t=1", "'=1", "''", "a;=b", "\uff1d1", "- a\n- b", '"=1"')
"""Texts that a spreadsheet would take for a formula, and some that only look so."""


def names() -> Strategy[str]:
    """Names that a reader may give, tidied."""
    texts = st.one_of(short_texts(), st.sampled_from(RISKY), st.sampled_from(HOSTILE))
    return texts.map(one_line).filter(bool)


def days() -> Strategy[str]:
    """Days, and none."""
    return st.sampled_from(["", "2025-01-31", "2026-02-28", "2026-11-22"])


def versions() -> Strategy[Version]:
    """Relationships as they were kept on some day."""
    notes = st.one_of(st.text(max_size=40), st.sampled_from(RISKY)).map(several_lines)

    def build(given: dict[str, tuple[str, ...]], kept: str, note: str) -> Version:
        return version(MODEL, given, kept=kept, note=note)

    return st.builds(build, answers(), days(), notes)


def _portfolio(kept: list[Kept], ways: list[int]) -> Portfolio:
    one_each = list({one.id: one for one in kept}.values())
    linked = [
        replace(one, via=one_each[way % len(one_each)].id if way >= 0 else "")
        for one, way in zip(one_each, ways, strict=False)
    ]
    round_about = circles({one.id: one.via for one in linked})
    known = {one.id for one in linked}
    return tuple(
        replace(one, via="") if one.id in round_about or one.via not in known else one
        for one in linked
    )


def portfolios(most: int = 6) -> Strategy[Portfolio]:
    """Lists of kept relationships, with ways through one another."""
    kept = st.builds(
        Kept,
        id=st.one_of(names(), st.sampled_from("abcdefgh")).map(lambda text: text[:80].strip()),
        name=names(),
        now=versions(),
        rank=st.sampled_from(["", PRIMARY, SUPPORTING]),
        earlier=st.lists(versions(), max_size=2).map(tuple),
    )
    ways = st.lists(st.integers(min_value=-8, max_value=60), min_size=most, max_size=most)
    return st.builds(_portfolio, st.lists(kept, max_size=most), ways)
