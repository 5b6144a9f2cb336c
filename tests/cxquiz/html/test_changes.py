"""What has changed since the last time, as the reader of the list sees it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cxquiz.html.changes import render_changes
from cxquiz.html.map import render_map
from cxquiz.map.items import items_of, rows_of
from cxquiz.map.layout import lay_out
from cxquiz.portfolio.portfolio import Kept, Version, version
from tests.cxquiz.examples import SMALL, ideal_answers
from tests.cxquiz.markup import parse

if TYPE_CHECKING:
    from cxquiz.portfolio.portfolio import Portfolio


def at(relationship: str, kept: str) -> Version:
    """Return a clear reading of a day."""
    return version(SMALL, ideal_answers(SMALL, relationship), kept=kept)


STAYED = Kept("s", "Stayed", at("near", "2026-01-01"))
CHANGED = Kept("c", "Changed", at("near", "2026-03-31"), earlier=(at("far", "2025-05-03"),))


def told(portfolio: Portfolio) -> list[str]:
    """Return what the list says, line by line; nothing where there is no list."""
    markup = render_changes(SMALL, rows_of(SMALL, portfolio))
    return [item.text for item in parse(markup).all("li")] if markup else []


class TestList:
    """Rule: whatever is read otherwise than the last time is told, with both readings and days."""

    def test_both_readings_and_days_are_told(self) -> None:
        """The last day of a month, too."""
        far, near = (f"mine_changed_reading {one} verdict clear" for one in ("The far", "The near"))
        # The small model says a sentence's values in the order of their names.
        values = (far, "date 31 month3 2026", "Changed", near, "date 3 month5 2025")
        assert told((STAYED, CHANGED)) == [f"mine_changed {' '.join(values)}"]

    def test_where_nothing_changed_nothing_is_said(self) -> None:
        """An empty list would be noise."""
        assert render_changes(SMALL, rows_of(SMALL, (STAYED,))) is None

    def test_the_latest_comes_first_and_many_are_counted(self) -> None:
        """Nobody reads sixty lines; the table has them."""
        many = tuple(
            replace(CHANGED, id=f"c{day}", name=f"N{day}", now=at("near", f"2026-02-{day}"))
            for day in range(11, 19)
        )
        found = told(many)
        assert [text.split("date ")[1][:2] for text in found[:-1]] == [
            str(day) for day in range(18, 12, -1)
        ]
        assert found[-1] == "map_more 2"

    def test_the_same_reading_of_other_answers_is_said_to_be_the_same(self) -> None:
        """It was worth asking again."""
        answers = ideal_answers(SMALL, "near")
        fewer = dict(list(answers.items())[:-1])
        before = replace(version(SMALL, fewer, kept="2025-01-01"), primary="near", verdict="clear")
        again = replace(STAYED, earlier=(before,))
        assert told((again,)) == []
        assert "mine_changed_same Stayed" in str(render_changes(SMALL, rows_of(SMALL, (again,))))

    def test_a_changed_quiz_is_told_as_such(self) -> None:
        """The reader has answered nothing anew."""
        (text,) = told((replace(STAYED, now=replace(STAYED.now, primary="far")),))
        assert text.startswith("mine_changed_model mine_changed_reading The far")

    def test_without_a_day_none_is_told(self) -> None:
        """A list from another program need not have them."""
        undated = replace(CHANGED, now=at("near", ""))
        assert told((undated,))[0].startswith("mine_changed_undated mine_changed_reading The far")

    def test_a_relationship_that_the_model_knows_no_more_keeps_its_id(self) -> None:
        """Nothing is made up."""
        before = replace(at("far", "2025-05-03"), primary="gone", verdict="odd")
        (text,) = told((replace(CHANGED, earlier=(before,)),))
        assert text.startswith("mine_changed gone date 31")


class TestMap:
    """Rule: the map marks it in words and by a sign, not by colour."""

    def test_the_box_says_what_it_was(self) -> None:
        """And a screen reader hears it."""
        text = render_map(SMALL, lay_out(SMALL, items_of(SMALL, (CHANGED,))))
        assert text.count("map_before The far") == 3  # for the eye, its title, and its name

    def test_of_the_same_relationship_it_says_how_sure_that_was(self) -> None:
        """A leaning that became clear is news."""
        before = replace(at("near", "2025-05-03"), verdict="leaning")
        (item,) = items_of(SMALL, (replace(CHANGED, earlier=(before,)),))
        assert item.before == "map_before verdict leaning"

    def test_what_stayed_has_no_mark(self) -> None:
        """Most boxes."""
        assert [item.before for item in items_of(SMALL, (STAYED,))] == [""]
