"""``cxquiz compare``: what comes in, what comes out, and what is wrong with it."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from cxquiz.authoring.model_file import load_model
from cxquiz.cli import main
from cxquiz.cli.answer_store import Voices
from cxquiz.formats.link import to_text
from cxquiz.model.types import THEIRS
from tests.cli.running import Ran, run
from tests.cli.test_any_input import CASES, damaged, records
from tests.cxquiz.examples import SMALL

if TYPE_CHECKING:
    from pathlib import Path

from hypothesis import strategies as st

MODEL = load_model()

NEAR = {"where": "here", "how": "for"}
FAR = {"where": "there", "how": "with"}
"""Answers to the small model."""
SERVED: dict[str, Any] = {
    "organisation": "same",
    "use": "use",
    "direction": "for_them",
    "goal": "different",
    "failure": "separate",
    "decisions": "they",
}
SHARED: dict[str, Any] = {
    **SERVED,
    "direction": "together",
    "goal": "same",
    "failure": "both",
    "decisions": "together",
}
ANN = {"id": "a1", "by": "Ann", "answers": SERVED}
BOB = {"id": "a1", "by": "Bob", "answers": SHARED}


def compared(*rows: object, argv: tuple[str, ...] = ()) -> Ran:
    """Compare records from standard input, as JSON."""
    return run("compare", "--json", *argv, "-", stdin=list(rows))


def names(ran: Ran) -> list[list[str]]:
    """Return for each relationship whose opinions there are."""
    return [[one["by"] for one in result["opinions"]] for result in ran.results]


class TestGrouping:
    """Rule: what has the same id is about the same relationship, wherever it stands."""

    def test_the_same_id_is_compared(self) -> None:
        """A survey has a line for each person and relationship."""
        ran = compared(ANN, {**ANN, "id": "b2"}, BOB)
        assert (ran.code, ran.err) == (0, "")
        assert [result["id"] for result in ran.results] == ["a1", "b2"]
        assert names(ran) == [["Ann", "Bob"], ["Ann"]]

    def test_a_number_and_a_text_are_different_ids(self) -> None:
        """Nothing may be put together that only looks alike."""
        assert len(compared({**ANN, "id": 1}, {**BOB, "id": "1"}).results) == 2

    def test_with_all_everything_is_about_one_relationship(self) -> None:
        """People send their answers without an id."""
        ran = compared({"answers": SERVED}, BOB, argv=("--all",))
        assert names(ran) == [["standard input", "Bob"]]
        assert ran.results[0]["id"] is None

    def test_files_are_put_together(self, tmp_path: Path) -> None:
        """Each sends a file; a name that is missing is that of the file."""
        one, other = tmp_path / "ann.jsonl", tmp_path / "bob.csv"
        one.write_text(json.dumps({"id": "a1", "answers": SERVED}))
        other.write_text("id,use,direction\na1,use;some,together\n")
        ran = run("compare", "--json", one, other)
        assert names(ran) == [["ann", "bob"]]

    def test_two_of_the_same_name_are_told_apart(self) -> None:
        """Else nobody could say whose answer it is."""
        assert names(compared(ANN, ANN, ANN)) == [["Ann", "Ann (2)", "Ann (3)"]]


class TestForms:
    """Rule: answers are taken in every form in which they are kept or sent."""

    def test_the_list_that_the_site_keeps(self) -> None:
        """It is what a browser has stored."""
        pairs = [["organisation", ["same"]], ["use", ["use"]], ["money", []]]
        one = compared({"id": 1, "answers": pairs}).results
        assert one == compared({"id": 1, "answers": dict(map(tuple, pairs))}).results  # type: ignore[arg-type] # pairs are pairs

    @pytest.mark.parametrize("around", ["{}", "https://example.org/#{}", "see {} please"])
    def test_a_link_on_a_line_of_its_own(self, around: str) -> None:
        """People paste what they got by mail."""
        link = around.format(to_text(MODEL, {"use": ("use",)}))
        ran = run("compare", "--json", "--all", "-", stdin=f"{link}\n{link}\n")
        assert ran.code == 0
        assert ran.results[0]["questions"][0]["answers"][0]["options"] == ["use"]

    def test_a_link_in_a_record_and_in_a_column(self) -> None:
        """There it can have an id and a name."""
        link = to_text(MODEL, {"use": ("use",)})
        csv = f"id,by,link\na1,Ann,{link}\n"
        ran = run("compare", "--json", "--format", "csv", "-", stdin=csv)
        assert ran.results == compared({"id": "a1", "by": "Ann", "link": link}).results

    def test_the_other_side_is_marked(self) -> None:
        """They look at the same thing from over there."""
        link = to_text(MODEL, {"use": ("use",)}, side=THEIRS)
        ran = compared({**ANN, "side": "theirs"}, {"id": "a1", "by": "Bob", "link": link})
        assert names(ran) == [[MODEL.say("compare_other_side", name=it) for it in ("Ann", "Bob")]]


class TestOtherDirection:
    """Rule: where both parties answered, it is told whether their readings go together."""

    def test_the_data_say_so(self, small: Path) -> None:
        """To whoever is near for one, one is far."""
        both = {"id": "a1", "answers": {**NEAR, "name": "Ada"}}
        (result,) = compared(both, {**both, "side": "theirs"}, argv=("--model", str(small))).results
        assert result["other_direction"]["primary"] == "far"
        assert result["other_direction"]["mirrors"] is True
        assert result["other_direction"]["not_translated"] == ["name"]

    @pytest.mark.parametrize(
        ("answers", "key"),
        [(NEAR, "compare_mirror"), (FAR, "compare_no_mirror"), ({}, "compare_mirror_open")],
    )
    def test_the_report_says_so(self, answers: dict[str, str], key: str, small: Path) -> None:
        """It is what the two will talk about."""
        rows = [{**ANN, "answers": NEAR}, {**BOB, "answers": answers, "side": "theirs"}]
        lines = run("compare", "--model", small, "-", stdin=rows).out.splitlines()
        assert any(line.strip().startswith("compare_theirs Bob") for line in lines)
        assert SMALL.say(key) in map(str.strip, lines)

    def test_it_takes_one_set_of_answers_of_each(self) -> None:
        """Of several, none speaks for its side."""
        theirs = {**BOB, "side": "theirs"}
        assert compared(ANN, theirs, theirs).results[0]["other_direction"] is None


class TestReport:
    """Rule: the report says who sees what, what they disagree on, and what to do about it."""

    def test_it_says_what_the_data_say(self, small: Path) -> None:
        """It is read aloud in meetings."""
        said = {"Ann": NEAR, "Bob": FAR, "Cy": NEAR}
        rows = [
            {"id": "a1", "by": name, "answers": {**some, "rest": "yes"}}
            for name, some in said.items()
        ]
        text = run("compare", "--model", small, "-", stdin=rows).out
        how = SMALL.questions["how"]
        for piece in (
            SMALL.say("compare_title", name="a1", number=3),
            SMALL.say("compare_view", number=2, total=3, relationship="The near", names="Ann; Cy"),
            SMALL.say("compare_view", number=1, total=3, relationship="The far", names="Bob"),
            how.text,
            how.options["with"].text,
            SMALL.say("compare_agreed", questions="short rest"),
            SMALL.say("compare_furthest", one="Ann", other="Bob", number=2),
            SMALL.say("compare_summary", number=1, agreed=0),
        ):
            assert piece in text

    def test_what_has_one_set_of_answers_is_only_counted(self) -> None:
        """There is nothing to compare."""
        text = run("compare", "-", stdin=[ANN]).out
        assert "a1" not in text
        assert MODEL.say("compare_single", number=1) in text

    def test_a_name_cannot_move_the_cursor(self) -> None:
        """Names come from outside."""
        rows = [{**ANN, "by": "\x1b[2J", "id": "\x1b"}, {**BOB, "id": "\x1b"}]
        assert "\x1b" not in run("compare", "-", stdin=rows).out


class TestBadInput:
    """Rule: what is wrong is said with its file and line, and the rest goes on."""

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("{", "not JSON"),
            ("nonsense", "no link"),
            ("[1]", "not a JSON object"),
            ({"id": 1}, "“answers” is missing"),
            ({"answers": {}}, "--all"),
            ({"id": "", "answers": {}}, "--all"),
            ({"id": [1], "answers": {}}, "“id” must be"),
            ({"id": 1, "by": 7, "answers": {}}, "“by” must be"),
            ({"id": 1, "side": "left", "answers": {}}, "“side” must be"),
            ({"id": 1, "answers": {"usee": "use"}}, "Did you mean “use”?"),
            ({"id": 1, "answers": [["use"]]}, "list of pairs"),
            ({"id": 1, "link": 5}, "no link"),
            ({"id": 1, "link": "cx1mB"}, MODEL.say("link_damaged")),
        ],
    )
    def test_a_bad_record(self, row: object, said: str, tmp_path: Path) -> None:
        """One slip must not cost the others their answers."""
        path = tmp_path / "some.jsonl"
        line = row if isinstance(row, str) else json.dumps(row)
        path.write_text("\n".join([json.dumps(ANN), line, json.dumps(BOB)]))
        ran = run("compare", "--json", path)
        assert ran.code == 1
        assert f"{path}: line 2: " in ran.err
        assert said in ran.err
        assert names(ran) == [["Ann", "Bob"]]

    def test_of_a_damaged_link_the_rest_is_taken(self) -> None:
        """Most of it is better than nothing."""
        link = to_text(MODEL, {"use": ("use",), "goal": ("same",)})[:-2]
        ran = compared({"id": "a1", "link": link})
        assert ran.code == 1
        assert f"line 1: {MODEL.say('link_damaged')}" in ran.err
        assert len(ran.results[0]["questions"]) == 1

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        """Nothing is compared, for the missing one may be the one that matters."""
        ran = run("compare", tmp_path / "gone.jsonl")
        assert (ran.code, ran.out) == (2, "")
        assert "gone.jsonl" in ran.err

    @pytest.mark.parametrize("command", ["compare", "report"])
    def test_where_there_is_no_room_that_is_said(
        self,
        command: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """A register of any size goes through the disk."""

        def add(*_: object) -> None:
            message = "database or disk is full"
            raise sqlite3.OperationalError(message)

        monkeypatch.setattr(Voices, "add", add)
        file = tmp_path / "a.jsonl"
        file.write_text('{"id": 1, "answers": {}}\n', "utf-8")
        assert main([command, str(file)]) == 2
        assert "database or disk is full. Make room" in capsys.readouterr().err

    def test_a_table_without_a_header(self, tmp_path: Path) -> None:
        """Its columns mean nothing."""
        path = tmp_path / "bad.csv"
        path.write_text("1,2,3\n")
        ran = run("compare", path)
        assert (ran.code, ran.out) == (2, "")
        assert f"{path}: line 1: no column" in ran.err

    def test_too_many_answers_about_one_thing_are_cut(self) -> None:
        """Everybody would be compared with everybody else."""
        ran = compared(*[ANN] * 1002)
        assert ran.code == 1
        assert "a1: only the first 1000 of 1002" in ran.err
        assert len(ran.results[0]["opinions"]) == 1000

    @given(st.lists(records | st.sampled_from([ANN, BOB]), max_size=5))
    def test_no_record_ends_in_a_traceback(self, rows: list[object]) -> None:
        """Files come from anywhere."""
        assert compared(*rows).code in (0, 1)

    @given(damaged(st.sampled_from(CASES)))
    def test_no_text_ends_in_a_traceback(self, text: bytes) -> None:
        """As above."""
        assert run("compare", "-", stdin=text).code in (0, 1)
        assert run("compare", "--all", "--format", "csv", "-", stdin=text).code in (0, 1, 2)
