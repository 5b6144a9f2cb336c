"""The whole playbook on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from macros.pages.whole_playbook import playbook, silent

if TYPE_CHECKING:
    from pathlib import Path

NAV = [{"Start": "index.md"}, {"Ideas": [{"One": "ideas/one.md"}, {"All": "all.md"}]}]
START = "---\ntitle: Start\n---\n# Start\n\nSee [one](ideas/one.md#two).\n\n## Related\n\n- x\n"
ONE = """# One

## Two

[Back](../index.md), [out](https://example.org/a.md) {{ say("hello") }}

{{ quiz() }}
"""


@pytest.fixture(name="whole")
def _whole(tmp_path: Path) -> str:
    """Return the whole of two small pages."""
    (tmp_path / "ideas").mkdir()
    (tmp_path / "index.md").write_text(START, "utf-8")
    (tmp_path / "ideas" / "one.md").write_text(ONE, "utf-8")
    return playbook(NAV, "all.md", {"say": "said {}".format, "quiz": silent}, tmp_path)


class TestWhole:
    """Rules for what becomes of a page inside the whole."""

    def test_pages_stand_in_the_order_of_the_navigation(self, whole: str) -> None:
        """And the page that holds them all is not among them."""
        titles = [line for line in whole.splitlines() if line.startswith("## ")]
        assert titles == ["## Start { .page-start }", "## One { .page-start }"]

    def test_headings_are_one_level_lower(self, whole: str) -> None:
        """The whole has one title of its own."""
        assert "\n### Two\n" in whole

    def test_links_lead_where_they_led(self, whole: str) -> None:
        """From wherever the whole stands, and outside addresses stay."""
        assert "](ideas/one.md#two)" in whole
        assert "[Back](index.md)" in whole
        assert "](https://example.org/a.md)" in whole

    def test_macros_are_filled_in(self, whole: str) -> None:
        """The pages are read as they are shown."""
        assert "said hello" in whole
        assert "{{" not in whole

    def test_front_matter_and_related_pages_are_left_out(self, whole: str) -> None:
        """All pages are here."""
        assert "title:" not in whole
        assert "Related" not in whole
