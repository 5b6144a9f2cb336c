"""My relationships: kept, changed, ranked, put together, taken along and brought back."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxquiz.classifier.reading import assess
from cxquiz.formats.portfolio_json import parse, parse_text, to_json, to_text
from cxquiz.portfolio.portfolio import (
    MOST_EARLIER,
    PRIMARY,
    SUPPORTING,
    Kept,
    Portfolio,
    Version,
    circles,
    keep,
    link,
    merge,
    new_id,
    rank,
    remove,
    suggested_primary,
    version,
    what_changed,
)
from tests.cxquiz.examples import MODEL, SMALL
from tests.cxquiz.portfolios import portfolios
from tests.cxquiz.strategies import json_values

NEAR = {"where": ("here",), "how": ("for",)}
FAR = {"where": ("there",), "how": ("with",)}


def kept(identity: str, day: str = "2026-01-01", name: str = "", **more: Any) -> Kept:  # noqa: ANN401 - any field
    """Return a relationship of the small model."""
    return Kept(identity, name or identity, version(SMALL, NEAR, kept=day), **more)


DOCUMENT: dict[str, Any] = to_json(
    (
        kept("a", rank=PRIMARY, earlier=(version(SMALL, FAR, kept="2025-01-01", note="n"),)),
        kept("b", via="a"),
    )
)


class TestKeep:
    """Rule: keeping never loses how it was before."""

    def test_a_new_one_comes_last_under_its_name(self) -> None:
        """The order is the reader's."""
        found = keep((kept("a"),), " The  clinic ", version(SMALL, FAR, kept=""))
        assert [(one.id, one.name) for one in found] == [("a", "a"), ("the-clinic", "The clinic")]

    def test_other_answers_make_an_earlier_version_of_what_was(self) -> None:
        """Or nobody could see what changed."""
        now = version(SMALL, FAR, kept="2026-02-02")
        (found,) = keep((kept("a"),), "", now, identity="a")
        assert (found.now, found.earlier) == (now, (kept("a").now,))

    def test_the_same_answers_make_none(self) -> None:
        """Looking again and finding the same is no change."""
        now = version(SMALL, NEAR, kept="2026-02-02", note="looked again")
        (found,) = keep((kept("a"),), "", now, identity="a")
        assert (found.now, found.earlier) == (now, ())

    def test_the_oldest_versions_go_first(self) -> None:
        """A list that grows for ever fits no browser."""
        found: Portfolio = (kept("a"),)
        for turn in range(MOST_EARLIER + 2):
            found = keep(found, "", version(SMALL, (FAR, NEAR)[turn % 2], kept=""), identity="a")
        assert len(found[0].earlier) == MOST_EARLIER
        assert all(one.kept == "" for one in found[0].earlier)

    def test_two_of_one_name_get_two_ids(self) -> None:
        """Two clinics are two relationships."""
        assert new_id({"x", "x-2"}, "X") == "x-3"
        assert new_id((), "医院") == "r"

    def test_what_went_through_a_removed_one_stays(self) -> None:
        """The hospital is gone, and its patients are not."""
        assert remove((kept("a"), kept("b", via="a")), "a") == (kept("b"),)


class TestRank:
    """Rule: one primary customer for each piece of work, and the reader chooses."""

    def test_another_primary_one_of_the_same_work_becomes_supporting(self) -> None:
        """First means first in a conflict."""
        ranks = [one.rank for one in rank((kept("a", rank=PRIMARY), kept("b")), "b", PRIMARY)]
        assert ranks == [SUPPORTING, PRIMARY]

    def test_of_another_piece_of_work_it_stays(self) -> None:
        """A hospital can put the patient first in the ward and the young doctor in training."""
        other = Kept("c", "c", version(SMALL, {"work": ("training",)}, kept=""), rank=PRIMARY)
        assert rank((other, kept("b")), "b", PRIMARY)[0].rank == PRIMARY

    @pytest.mark.parametrize(("identity", "chosen"), [("x", PRIMARY), ("a", "best")])
    def test_what_does_not_exist_changes_nothing(self, identity: str, chosen: str) -> None:
        """A form can hold anything."""
        assert rank((kept("a"),), identity, chosen) == (kept("a"),)

    def test_whose_life_differs_is_suggested(self) -> None:
        """Drucker's test; the reader may choose otherwise."""
        says = version(SMALL, {**NEAR, "beneficiary": ("the Patient",)}, kept="")
        assert suggested_primary((Kept("a", "Clinic", says), kept("p", name="The patient"))) == "p"

    def test_nothing_is_suggested_where_nobody_is_named(self) -> None:
        """A guess would be worse."""
        assert suggested_primary((kept("a"),)) is None
        two = tuple(
            Kept(one, one, version(SMALL, {"beneficiary": (other,)}, kept=""))
            for one, other in (("a", "b"), ("b", "a"))
        )
        assert suggested_primary(two) is None


class TestLink:
    """Rule: ways through others never lead round in a circle."""

    def test_a_way_is_taken(self) -> None:
        """A patient behind a hospital."""
        assert link((kept("a"), kept("b")), "b", "a")[1].via == "a"

    @pytest.mark.parametrize("via", ["b", "a", "x"])
    def test_a_circle_or_a_stranger_changes_nothing(self, via: str) -> None:
        """No picture could show it."""
        portfolio = (kept("a"), kept("b", via="a"))
        assert link(portfolio, "a", via) == portfolio

    def test_whatever_leads_into_a_circle_is_found(self) -> None:
        """And what does not, is not."""
        ways = {"a": "b", "b": "a", "c": "a", "d": "", "e": "d", "f": "gone"}
        assert circles(ways) == {"a", "b", "c"}


class TestWhatChanged:
    """Rule: the reader sees what is not as it was the last time."""

    def test_answers_and_reading_are_compared_with_the_last_version(self) -> None:
        """With its day."""
        one = replace(kept("a"), earlier=(version(SMALL, FAR, kept="2025-01-01"),))
        found = what_changed(SMALL, one, assess(SMALL, one.now.answers))
        assert found is not None
        assert (found.since, found.primary) == ("2025-01-01", ("far", "near"))
        assert found.questions == ("where", "how")

    def test_nothing_changed_where_nothing_did(self) -> None:
        """Most often."""
        one = kept("a")
        assert what_changed(SMALL, one, assess(SMALL, one.now.answers)) is None

    def test_another_reading_by_a_changed_model_is_told(self) -> None:
        """The same answers may come to something else after an update."""
        one = replace(kept("a"), now=replace(kept("a").now, primary="far"))
        found = what_changed(SMALL, one, assess(SMALL, one.now.answers))
        assert found is not None
        assert (found.since, found.primary, found.questions) == (
            "2026-01-01",
            ("far", "near"),
            (),
        )

    def test_an_unknown_reading_is_no_change(self) -> None:
        """A register says none."""
        one = Kept("a", "a", Version("", NEAR))
        assert what_changed(SMALL, one, assess(SMALL, NEAR)) is None


class TestMerge:
    """Rule: the newer version holds, and nothing is lost."""

    def test_the_version_kept_later_holds(self) -> None:
        """Whichever list it is in."""
        old, new = kept("a"), replace(kept("a"), now=version(SMALL, FAR, kept="2026-03-03"))
        for mine, incoming in ((old, new), (new, old)):
            found = merge((mine,), (incoming,)).portfolio[0]
            assert (found.now, found.earlier) == (new.now, (old.now,))

    def test_of_the_same_day_the_incoming_one_holds(self) -> None:
        """The reader has just chosen it."""
        new = replace(kept("a"), now=version(SMALL, FAR, kept="2026-01-01"))
        merged = merge((kept("a"),), (new,))
        assert (merged.portfolio[0].now, merged.updated) == (new.now, ("a",))

    def test_another_name_makes_another_relationship(self) -> None:
        """A colleague's list may use the same ids for others."""
        incoming = (kept("a", name="Other"), kept("b", via="a"))
        merged = merge((kept("a"),), incoming)
        assert [(one.id, one.via) for one in merged.portfolio] == [
            ("a", ""),
            ("a-2", ""),
            ("b", "a-2"),
        ]
        assert merged.added == ("a-2", "b")

    def test_two_ways_that_make_a_circle_together_leave_mine(self) -> None:
        """Each was good alone."""
        mine, incoming = (kept("a"), kept("b", via="a")), (kept("a", via="b"), kept("b"))
        assert [one.via for one in merge(mine, incoming).portfolio] == ["", "a"]

    @given(portfolios())
    def test_merging_with_itself_changes_nothing(self, portfolio: Portfolio) -> None:
        """A backup brought back twice."""
        merged = merge(portfolio, portfolio)
        assert [one.now for one in merged.portfolio] == [one.now for one in portfolio]
        assert (merged.added, merged.updated) == ((), ())

    @given(portfolios(), portfolios())
    def test_every_version_of_both_is_there_and_can_be_read_again(
        self, one: Portfolio, other: Portfolio
    ) -> None:
        """Nothing is lost."""
        merged = merge(one, other).portfolio
        there = [version for kept in merged for version in (kept.now, *kept.earlier)]
        for kept in (*one, *other):
            assert all(version in there for version in (kept.now, *kept.earlier))
        assert not circles({kept.id: kept.via for kept in merged})
        assert not parse(MODEL, to_json(merged)).problems


class TestRoundTrip:
    """Rule: what goes out comes back the same."""

    def test_a_list_with_a_way_and_an_earlier_version(self) -> None:
        """In Pyodide, too, where there is no hypothesis."""
        portfolio = (
            kept("a", rank=PRIMARY, earlier=(version(SMALL, FAR, kept="2025-01-01", note="n"),)),
            kept("b", via="a"),
        )
        assert parse_text(SMALL, to_text(portfolio)).portfolio == portfolio

    @given(portfolios())
    def test_as_json(self, portfolio: Portfolio) -> None:
        """Any list, with all its versions."""
        parsed = parse_text(MODEL, to_text(portfolio))
        assert parsed.problems == ()
        assert parsed.portfolio == portfolio


class TestParse:
    """Rule: what cannot be used is named with its place, and nothing of it is taken."""

    @pytest.mark.parametrize(
        ("path", "value", "place"),
        [
            ((0, "id"), 3, "relationships[0].id"),
            ((0, "id"), " ", "relationships[0].id"),
            ((1, "id"), "a", "relationships[1].id"),
            ((0, "name"), None, "relationships[0].name"),
            ((0, "name"), "x" * 201, "relationships[0].name"),
            ((0, "rank"), "best", "relationships[0].rank"),
            ((0, "kept"), "yesterday", "relationships[0].kept"),
            ((0, "kept"), "2026-13-01", "relationships[0].kept"),
            ((0, "note"), ["x"], "relationships[0].note"),
            ((0, "colour"), "red", "relationships[0].colour"),
            ((0, "answers"), [], "relationships[0].answers"),
            ((0, "answers", "where"), "nowhere", "relationships[0].answers.where"),
            ((0, "answers", "whre"), "here", "relationships[0].answers.whre"),
            ((0, "reading"), "near", "relationships[0].reading"),
            ((0, "reading", "labels"), "near", "relationships[0].reading.labels"),
            ((0, "reading"), {"primary": "near"}, "relationships[0].reading.verdict"),
            ((0, "earlier"), {}, "relationships[0].earlier"),
            ((0, "earlier", 0), 7, "relationships[0].earlier[0]"),
            ((0, "earlier", 0, "kept"), "x", "relationships[0].earlier[0].kept"),
            ((1, "via"), "x", "relationships[1].via"),
            ((0, "via"), "b", "relationships[0].via"),
            ((1,), "b", "relationships[1]"),
        ],
    )
    def test_a_fault_is_named_with_its_place(
        self, path: tuple[Any, ...], value: object, place: str
    ) -> None:
        """Whoever made the file can mend it."""
        raw = copy.deepcopy(DOCUMENT)
        target: Any = raw["relationships"]
        for part in path[:-1]:
            target = target[part]
        target[path[-1]] = value
        parsed = parse(SMALL, raw)
        assert parsed.portfolio == ()
        assert any(problem.startswith("kept_problem") for problem in parsed.problems)
        assert any(f" {place} " in f"{problem} " for problem in parsed.problems), parsed.problems

    @pytest.mark.parametrize(
        "raw",
        [
            None,
            [],
            {},
            {"kind": "other"},
            {**DOCUMENT, "format": 2},
            {**DOCUMENT, "format": True},
            {**DOCUMENT, "more": 1},
            {**DOCUMENT, "relationships": None},
        ],
    )
    def test_another_document_is_refused(self, raw: object) -> None:
        """With a reason."""
        assert parse(SMALL, raw).problems
        assert parse(SMALL, raw).portfolio == ()

    @pytest.mark.parametrize(
        "text", ["", "{", '{"a": 1, "a": 2}', "[" * 100_000, "NaN", "1e999", "9" * 5000]
    )
    def test_what_is_no_json_is_refused(self, text: str) -> None:
        """A file that was cut, or another file."""
        assert parse_text(SMALL, text).problems

    def test_a_byte_order_mark_does_no_harm(self) -> None:
        """Some editors put one."""
        assert not parse_text(SMALL, "\ufeff" + json.dumps(DOCUMENT)).problems

    def test_of_my_own_list_what_is_good_stays(self) -> None:
        """After a question of the model is gone, the reader's list must still open."""
        raw = copy.deepcopy(DOCUMENT)
        raw["relationships"][0]["answers"]["gone"] = "yes"
        parsed = parse(SMALL, raw, lenient=True)
        assert parsed.problems
        assert [one.now.answers for one in parsed.portfolio] == [NEAR, NEAR]

    @given(st.recursive(json_values(), lambda inner: st.lists(inner, max_size=3)), st.booleans())
    def test_nothing_raises(self, value: object, lenient: bool) -> None:  # noqa: FBT001 - what is tried
        """An import comes from anywhere."""
        for raw in (value, {**DOCUMENT, "relationships": value}):
            parse(SMALL, raw, lenient=lenient)
        for key in ("id", "name", "via", "rank", "kept", "answers", "reading", "earlier", "note"):
            row = {**DOCUMENT["relationships"][0], key: value}
            found = parse(SMALL, {**DOCUMENT, "relationships": [row]}, lenient=lenient)
            assert not parse(SMALL, to_json(found.portfolio)).problems
