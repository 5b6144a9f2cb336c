"""My relationships as a report in Markdown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from cxquiz.html.markdown import escape, render_markdown
from cxquiz.portfolio.portfolio import PRIMARY, Kept, Portfolio, version
from tests.cxquiz.examples import MODEL, SMALL, ideal_answers
from tests.cxquiz.portfolios import portfolios

NOW = version(SMALL, ideal_answers(SMALL, "near"), kept="2026-11-22", note="a\nnote")


class TestMarkdown:
    """Rule: the report says of each relationship what it is, how sure, and what changed."""

    def test_each_relationship_is_told_under_its_place(self) -> None:
        """In the order of their ranks."""
        kept = (Kept("b", "B", NOW, via="a"), Kept("a", "Z", NOW, rank=PRIMARY))
        text = render_markdown(SMALL, kept, today="2026-11-22")
        assert text.index("map_served") < text.index("### Z") < text.index("### B")
        assert "markdown_line map_table_via Z" in text
        assert "a step for near" in text
        assert "a note" in text

    def test_what_changed_is_told(self) -> None:
        """Since the last time."""
        before = version(SMALL, ideal_answers(SMALL, "far"), kept="2025-01-01")
        text = render_markdown(SMALL, (replace(Kept("a", "A", NOW), earlier=(before,)),))
        assert "The far; verdict clear; 2025\\-01\\-01" in text

    @pytest.mark.parametrize("text", ["# x", "<b>", "a | b", "[x](y)", "*x*", "1. x", "- x", "`x`"])
    def test_a_name_is_no_markup(self, text: str) -> None:
        """Wherever the report is shown."""
        bare = escape(text)
        for char in "#<|[]()*.-`>":
            assert bare.replace(f"\\{char}", "").count(char) == 0

    @given(portfolios())
    def test_no_name_makes_a_heading_or_an_element(self, portfolio: Portfolio) -> None:
        """Whatever it says."""
        lines = render_markdown(MODEL, portfolio).split("\n")
        headings = [line for line in lines if line.startswith("### ")]
        assert len(headings) == len(portfolio)
        assert not [line for line in lines if "<" in line.replace("\\<", "")]
        assert all(line[:2] in ("# ", "##", "- ", "") or line == lines[2] for line in lines)
