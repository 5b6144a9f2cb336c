"""``cxquiz report``: a register on one page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cxquiz.authoring.model_file import load_model
from cxquiz.cli.answer_store import Packed, row_of
from cxquiz.cli.report_figures import MOST_TALKS, OTHERS, Survey, find
from cxquiz.formats.answer_sets import AnswerSet
from tests.cli.running import Ran, run
from tests.cli.test_any_input import CASES, damaged
from tests.cli.test_compare import SERVED
from tests.cxquiz.examples import SMALL, ideal_answers

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from cxquiz.classifier.answers import Answers

MODEL = load_model()
NEAR, FAR = ideal_answers(SMALL, "near"), ideal_answers(SMALL, "far")
INSIDE, PARTNER = (
    {name: list(some) for name, some in ideal_answers(MODEL, relationship).items()}
    for relationship in ("internal_customer", "partner")
)
HOSTILE = "<script>alert(1)</script>\"'"


def sets_of(*answers: Answers, identity: str = "a", unit: str = "") -> list[AnswerSet]:
    """Return sets of answers about one relationship."""
    return [
        AnswerSet(identity, f"Person {number}", "mine", one, unit=unit)
        for number, one in enumerate(answers)
    ]


def counted(*relationships: list[AnswerSet]) -> Survey:
    """Return the survey of some relationships, by the small model."""
    found = Survey()
    for sets in relationships:
        rows = [row_of(one) for one in sets]
        found.add(find(SMALL, sets), Packed(rows[0][0], [row for _, row in rows], 0))
    return found


def reported(*rows: object, argv: tuple[str, ...] = ()) -> Ran:
    """Report on records from standard input."""
    return run("report", *argv, "-", stdin=list(rows))


class TestFind:
    """Rule: of several people the reading of most counts, and that they differ is told."""

    def test_the_reading_of_most_counts(self) -> None:
        """One who sees it otherwise does not change the counts."""
        found = find(SMALL, sets_of(FAR, NEAR, NEAR))
        assert (found.primary, found.apart) == ("near", True)

    def test_who_cannot_say_does_not_disagree(self) -> None:
        """Too few answers are no other view."""
        found = find(SMALL, sets_of(NEAR, {}))
        assert (found.primary, found.apart) == ("near", False)

    def test_a_clear_reading_without_dispute_needs_no_talk(self) -> None:
        """Time is short."""
        assert find(SMALL, sets_of(NEAR)).urgency == 0

    def test_people_who_differ_come_before_anything_else(self) -> None:
        """And the more of them, the sooner."""
        alone = find(SMALL, sets_of({}))
        two = find(SMALL, sets_of(NEAR, FAR))
        four = find(SMALL, sets_of(NEAR, FAR, NEAR, FAR))
        assert alone.urgency < two.urgency < four.urgency

    def test_the_other_party_is_not_counted_as_one_of_us(self) -> None:
        """Their answers say how they see it."""
        theirs = AnswerSet("a", "They", "theirs", FAR)
        assert not find(SMALL, [*sets_of(NEAR), theirs]).apart


class TestSurvey:
    """Rule: all is counted, and only a few talks are kept."""

    def test_kinds_are_counted_by_unit(self) -> None:
        """For the map of each."""
        found = counted(
            sets_of(NEAR, unit="Finance"),
            sets_of(FAR, unit="Finance"),
            sets_of({}, unit=""),
        )
        assert found.units["Finance"] == {"near": 1, "far": 1}
        assert found.units[""] == {None: 1}
        assert found.kinds() == {"near": 1, "far": 1, None: 1}

    def test_the_most_useful_talks_are_kept(self) -> None:
        """In their order, the earlier of equals first."""
        open_ones = [sets_of({}, identity=f"open {n}") for n in range(MOST_TALKS + 5)]
        found = counted(*open_ones, sets_of(NEAR, FAR, identity="apart"))
        assert len(found.talks) == MOST_TALKS
        assert [talk.name for talk in found.best_talks()][:2] == ["apart", "open 0"]

    def test_too_many_units_are_counted_together(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A wrong column must not fill the memory."""
        monkeypatch.setattr("cxquiz.cli.report_figures.MOST_UNITS", 2)
        found = counted(*(sets_of(NEAR, unit=str(number)) for number in range(5)))
        assert {unit: sum(counts.values()) for unit, counts in found.largest_units()} == {
            "0": 1,
            "1": 1,
            OTHERS: 3,
        }
        assert found.largest_units()[-1][0] == OTHERS


class TestPage:
    """Rule: the page says it all, and needs nothing from elsewhere."""

    ROWS: tuple[dict[str, Any], ...] = (
        {"id": "a", "by": "Ann", "department": "Finance", "answers": {"name": HOSTILE, **INSIDE}},
        {"id": "a", "by": "Bob", "department": "Finance", "answers": PARTNER},
        {"id": "b", "by": HOSTILE, "department": HOSTILE, "answers": SERVED},
        {"id": "c", "answers": {}},
    )

    def test_counts_units_and_talks_are_there(self) -> None:
        """By their names."""
        ran = reported(*self.ROWS)
        assert (ran.code, ran.err) == (0, "")
        assert MODEL.say("report_title", number=3) in ran.out
        assert "Finance" in ran.out
        assert MODEL.say("report_no_unit") in ran.out
        assert "Ann" in ran.out

    def test_nothing_is_loaded_from_elsewhere(self) -> None:
        """It may hold what nobody else should know."""
        out = reported(*self.ROWS).out
        assert not re.search(r"<(script|link|img|iframe|object|form)|@import|url\(|\bsrc=", out)
        addresses = re.findall(r'(?:href|xmlns)="([^#"][^"]*)"', out)
        assert set(addresses) <= {"http://www.w3.org/2000/svg"}
        assert "default-src &#39;none&#39;" in out or "default-src 'none'" in out

    def test_what_was_fed_in_is_no_markup(self) -> None:
        """A register may come from anybody."""
        assert "<script" not in reported(*self.ROWS).out

    def test_ids_are_used_once(self) -> None:
        """Each map has ids of its own."""
        ids = re.findall(r'\bid="([^"]*)"', reported(*self.ROWS).out)
        assert len(ids) == len(set(ids)) > 5

    def test_another_column_may_name_the_unit(self) -> None:
        """Registers differ."""
        row = {"id": "a", "country": "Chile", "answers": SERVED}
        assert "Chile" in reported(row, {**row, "id": "b"}, argv=("--by", "country")).out

    def test_bad_lines_are_told_on_the_page_too(self) -> None:
        """Or the counts would promise too much."""
        ran = reported(*self.ROWS, {"id": "x"})
        assert ran.code == 1
        assert MODEL.say("report_unread") in ran.out

    def test_it_goes_into_a_file(self, tmp_path: Path) -> None:
        """As the manual says."""
        target = tmp_path / "report.html"
        assert reported(*self.ROWS, argv=("-o", str(target))).out == ""
        assert target.read_text("utf-8").startswith("<!doctype html>")

    def test_nothing_at_all_is_a_page_too(self) -> None:
        """An empty register is no fault."""
        assert reported().code == 0

    @settings(max_examples=15)
    @given(st.sampled_from(CASES).flatmap(lambda case: damaged(st.just(case))))
    def test_no_input_ends_in_a_traceback(self, raw: bytes) -> None:
        """Whatever was fed in, there is a page."""
        ran = run("report", "-", stdin=raw)
        assert ran.code in (0, 1)
        assert ran.out.endswith("</html>\n")
