"""``cxquiz classify``: what goes in, what comes out, and what is refused."""

from __future__ import annotations

import errno
import io
import json
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from cxquiz.authoring.model_file import load_model
from cxquiz.authoring.wording import PACKAGED_MODEL
from cxquiz.classifier.answers import parse_answers
from cxquiz.classifier.reading import assess
from cxquiz.cli.classify import NOT_PASSED_THROUGH
from cxquiz.cli.input import bounded_lines
from cxquiz.cli.model_file import UnreadableError
from tests.cli.running import ROOT, run
from tests.cxquiz.examples import CASES

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS = {"organisation": "different", "use": ["use", "pass_on"], "money": "pay"}
RESULT_KEYS = ["id", "primary", "labels", "verdict", "points", "flags", "disputes"]


def one(record: object) -> dict[str, Any]:
    """Classify one record without any fault and return its result."""
    ran = run("classify", stdin=[record])
    assert (ran.code, ran.err) == (0, "")
    (result,) = ran.results
    return result


class TestResult:
    """Rule: a result is what the classifier says, under the documented keys."""

    def test_the_keys_are_the_documented_ones_in_their_order(self) -> None:
        """Scripts that read the results rely on the names, people on the order."""
        assert list(one({"id": "a", "answers": ANSWERS})) == RESULT_KEYS

    def test_the_values_are_the_classifiers(self) -> None:
        """The command line and the page must never disagree."""
        model = load_model()
        assessment = assess(model, parse_answers(model, ANSWERS))
        assert one({"id": "a", "answers": ANSWERS}) == {
            "id": "a",
            "primary": assessment.primary,
            "labels": list(assessment.labels),
            "verdict": assessment.verdict,
            "points": assessment.points,
            "flags": list(assessment.flags),
            "disputes": list(assessment.disputes),
        }

    def test_the_points_are_whole_numbers_for_every_relationship(self) -> None:
        """A table with a column for each relationship must have no gaps."""
        points = one({"answers": ANSWERS})["points"]
        assert points.keys() == load_model().relationships.keys()
        assert {type(value) for value in points.values()} == {int}

    def test_the_labels_begin_with_the_primary_one(self) -> None:
        """Who only wants the first label may take either of the two."""
        result = one({"answers": ANSWERS})
        assert result["labels"][0] == result["primary"]

    def test_without_an_answer_there_is_no_primary_label(self) -> None:
        """Nothing said must not look like somebody said something."""
        result = one({"answers": {"use": "not_sure", "name": "Ada"}})
        assert (result["primary"], result["labels"]) == (None, [])

    def test_one_answer_is_enough_for_a_primary_label(self) -> None:
        """The label is always there; how much to trust it is the verdict's to say."""
        result = one({"answers": {"reporting": "mine"}})
        assert result["primary"] is not None
        assert result["verdict"] == "not_enough"

    def test_the_cases_come_out_as_in_the_package(self) -> None:
        """The published cases are the measure of the whole, by whichever door they come in."""
        model = load_model()
        ran = run("classify", ROOT / "tests" / "data" / "cases.jsonl")
        assert ran.code == 0
        assert [(result["id"], result["primary"]) for result in ran.results] == [
            (case.id, assess(model, parse_answers(model, case.answers)).primary) for case in CASES
        ]

    def test_the_results_come_in_the_order_of_the_records(self) -> None:
        """People paste the results beside their own table."""
        records = [{"id": number, "answers": {}} for number in range(20)]
        results = run("classify", stdin=records).results
        assert [result["id"] for result in results] == list(range(20))

    def test_a_record_without_an_id_has_a_null_one(self) -> None:
        """The key is always there, so that no script needs to ask."""
        assert one({"answers": {}})["id"] is None

    def test_a_model_of_ones_own_judges(self, tmp_path: Path) -> None:
        """Who changes a weight wants to see what it does to the cases."""
        raw = tomllib.loads(PACKAGED_MODEL.read_text(encoding="utf-8"))
        reporting = next(item for item in raw["question"] if item["id"] == "reporting")
        reporting["option"][0]["weights"]["partner"] = 60
        mine = tmp_path / "mine.json"
        mine.write_text(json.dumps(raw), encoding="utf-8")
        ran = run("classify", "--model", mine, stdin=[{"answers": {"reporting": "mine"}}])
        assert ran.results[0]["primary"] == "partner"


class TestPassedThrough:
    """Rule: every other key passes through untouched."""

    @pytest.mark.parametrize(
        "value", ["Zoë 🙂\n", 1, 1.5, -0.0, 10**30, True, None, [], {"a": [{"b": "“c”"}]}, ""]
    )
    def test_a_value_of_any_kind_is_kept(self, value: object) -> None:
        """People join the results with what they know already."""
        kept = one({"answers": {}, "note": value})["note"]
        assert (kept, type(kept)) == (value, type(value))

    def test_other_keys_follow_the_result_in_their_own_order(self) -> None:
        """Two runs over the same file must give the same bytes."""
        record = {"z": 1, "answers": {}, "y": 2, "id": "a", "x": 3}
        assert list(one(record)) == [*RESULT_KEYS, "z", "y", "x"]

    @pytest.mark.parametrize("key", sorted(NOT_PASSED_THROUGH - {"id", "answers"}))
    def test_the_result_wins_over_a_key_of_the_same_name(self, key: str) -> None:
        """Results can be classified again after a change without old values creeping in."""
        assert one({"id": "a", "answers": ANSWERS, key: "old"}) == one(
            {"id": "a", "answers": ANSWERS}
        )

    def test_the_answers_are_not_repeated(self) -> None:
        """Results stay small, and names that were answered do not travel on unasked."""
        assert "answers" not in one({"answers": {"name": "Ada"}})

    def test_text_is_written_as_it_reads(self) -> None:
        """Names in any script can be searched in the results."""
        assert "Zoë 🙂" in run("classify", stdin=[{"answers": {}, "note": "Zoë 🙂"}]).out


BAD_LINES = {
    "no JSON": b"{",
    "cut off": b'{"answers": {"use": "use"}',
    "two objects": b'{"answers": {}} {"answers": {}}',
    "an array": b"[1]",
    "a text": b'"answers"',
    "null": b"null",
    "no answers": b'{"id": "x"}',
    "answers that are null": b'{"id": "x", "answers": null}',
    "answers that are a list": b'{"id": "x", "answers": []}',
    "an unknown question": b'{"id": "x", "answers": {"usage": "use"}}',
    "an unknown option": b'{"id": "x", "answers": {"use": "uses"}}',
    "several where one can be": b'{"id": "x", "answers": {"organisation": ["same", "partly"]}}',
    "a number as an answer": b'{"id": "x", "answers": {"use": 1}}',
    "an object as an answer": b'{"id": "x", "answers": {"use": {"use": true}}}',
    "a list in a list": b'{"id": "x", "answers": {"use": [["use"]]}}',
    "too long a name": b'{"id": "x", "answers": {"name": "' + b"a" * 201 + b'"}}',
    "no UTF-8": b'{"id": "\xff", "answers": {}}',
    "UTF-16": '{"answers": {}}'.encode("utf-16"),
    "NaN": b'{"answers": {}, "x": NaN}',
    "infinity": b'{"answers": {}, "x": [-Infinity]}',
    "a number beyond any": b'{"answers": {}, "x": 1e999}',
    "a number of too many digits": b'{"answers": {}, "x": ' + b"9" * 9999 + b"}",
    "half a surrogate pair": rb'{"id": "\ud83d", "answers": {}}',
    "half a pair in a key": rb'{"answers": {}, "\udc00": 1}',
    "half a pair in an answer": rb'{"answers": {"name": "\uDBFF"}}',
    "a key twice": b'{"answers": {}, "answers": {"use": "use"}}',
    "a question twice": b'{"answers": {"use": "use", "use": "none"}}',
    "deep nesting": b'{"answers": {}, "x": ' + b"[" * 99999 + b"]" * 99999 + b"}",
    "deep answers": b'{"answers": ' + b'{"use": ' * 99999 + b"}" * 99999 + b"}",
    "NUL": b'{"answers": {}}\0',
    "too long a line": b'{"answers": {}, "x": "' + b"a" * (1 << 20) + b'"}',
}


class TestBadLines:
    """Rule: a bad line is reported in its place, and the rest goes on."""

    @pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES)
    def test_the_lines_around_a_bad_one_are_classified(self, line: bytes) -> None:
        """One slip in a file of a million must not cost the other results."""
        good = b'{"id": "%d", "answers": {"use": "use"}}'
        ran = run("classify", stdin=b"\n".join([good % 1, line, good % 3]))
        first, bad, last = ran.results
        assert (first["id"], last["id"]) == ("1", "3")
        assert first["primary"] == last["primary"] is not None
        assert list(bad) == ["id", "error"]
        assert ran.code == 1

    @pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES)
    def test_a_bad_line_is_named_on_standard_error_by_its_number(self, line: bytes) -> None:
        """Whoever mends the file must find the line."""
        ran = run("classify", stdin=b"\n\n" + line + b"\n")
        message, total = ran.err.splitlines()
        assert message == f"cxquiz: {ran.results[0]['error']}"
        assert message.startswith("cxquiz: line 3: ")
        assert "1 of 1" in total

    def test_the_id_of_a_bad_line_is_kept_where_it_can_be_read(self) -> None:
        """Whoever joins the results to a table needs the row."""
        ran = run("classify", stdin=BAD_LINES["an unknown option"])
        assert ran.results[0]["id"] == "x"

    def test_the_id_of_a_bad_line_is_null_where_it_cannot_be_read(self) -> None:
        """A guess could point at another row."""
        assert run("classify", stdin=BAD_LINES["cut off"]).results[0]["id"] is None

    def test_the_nearest_right_name_is_said(self) -> None:
        """A slip in an id is mended at once when the right one stands beside it."""
        ran = run("classify", stdin=BAD_LINES["an unknown question"])
        assert "Did you mean “use”?" in ran.results[0]["error"]

    def test_a_message_cannot_steer_the_terminal(self) -> None:
        """A file from elsewhere must not clear the screen or hide what is wrong with it."""
        ran = run("classify", stdin=[{"answers": {"\x1b[2J\r\n\u202e": "x"}}])
        assert ran.err.replace("\n", "").isprintable()
        assert len(ran.err.splitlines()) == 2

    def test_a_message_is_no_longer_than_a_few_lines(self) -> None:
        """A line of a million letters must not bury the other messages."""
        ran = run("classify", stdin=[{"answers": {"x" * 900_000: "x"}}])
        assert max(map(len, ran.err.splitlines())) < 600

    def test_whether_nesting_is_too_deep_is_told_and_never_fatal(self) -> None:
        """Reading and writing have limits of their own: one may pass where the other fails."""
        depths = [*range(100, 1000, 100), *range(930, 1010)]
        lines = (b'{"id": ' + b"[" * n + b"]" * n + b', "answers": {}}' for n in depths)
        ran = run("classify", stdin=b"\n".join(lines))
        assert len(ran.results) == len(depths)

    def test_all_bad_lines_are_counted(self) -> None:
        """At the end of a long run people want to know how much is wrong."""
        ran = run("classify", stdin=b"{\n{\n\n" + json.dumps({"answers": {}}).encode())
        assert "2 of 3 " in ran.err.splitlines()[-1]


class TestLines:
    """Rule: how lines end, and what stands between them, does not matter."""

    @pytest.mark.parametrize("blank", [b"", b"  ", b"\t", b"\r", b" \r"])
    def test_blank_lines_are_skipped(self, blank: bytes) -> None:
        """Editors and people leave them behind."""
        ran = run("classify", stdin=blank + b'\n{"answers": {}}\n' + blank)
        assert (ran.code, len(ran.results)) == (0, 1)

    @pytest.mark.parametrize("form", ["jsonl", "csv"])
    def test_nothing_in_gives_nothing_out(self, form: str) -> None:
        """A day without a record is not a failure."""
        assert run("classify", "--format", form) == run("classify", stdin=b"\xef\xbb\xbf")

    def test_a_byte_order_mark_and_crlf_are_fine(self) -> None:
        """Windows writes both."""
        ran = run("classify", stdin=b'\xef\xbb\xbf{"answers": {}}\r\n{"answers": {}}\r\n')
        assert (ran.code, len(ran.results)) == (0, 2)

    def test_the_last_line_needs_no_end(self) -> None:
        """Many programs leave it out."""
        assert len(run("classify", stdin=b'{"answers": {}}\n{"answers": {}}').results) == 2


class BrokenFile(io.BytesIO):
    """A file that cannot be read to its end."""

    def readline(self, size: int | None = -1, /) -> bytes:
        """Return the next line, and fail where there is none."""
        line = super().readline(size)
        if not line:
            raise OSError(errno.EIO, "Input/output error")
        return line


class TestFiles:
    """Rule: what cannot be read is said in one line, with exit code 2."""

    @pytest.mark.parametrize("name", [".", "no such file", "a\0b", "\udcff"])
    def test_a_file_that_cannot_be_read(self, name: str) -> None:
        """A wrong path is the most common slip of all."""
        ran = run("classify", name)
        assert (ran.code, ran.out) == (2, "")
        assert len(ran.err.splitlines()) == 1

    def test_a_file_that_fails_in_the_middle(self) -> None:
        """A broken disk must not look like the end of the file; what came before is kept."""
        lines = bounded_lines(BrokenFile(b'{"answers": {}}\n'), "name")
        assert next(lines)[0] == 1
        with pytest.raises(UnreadableError, match="name: Input/output error"):
            next(lines)

    def test_a_model_that_cannot_be_used(self, tmp_path: Path) -> None:
        """Nothing must be judged by half a model; all its faults are named."""
        model = tmp_path / "model.toml"
        model.write_text("format = 1\n")
        ran = run("classify", "--model", model, stdin=[{"answers": {}}])
        assert (ran.code, ran.out) == (2, "")
        assert len(ran.err.splitlines()) > 1

    @pytest.mark.parametrize("name", ["a.csv", "A.CSV"])
    def test_a_file_called_csv_is_read_as_csv(self, name: str, tmp_path: Path) -> None:
        """Nobody should have to say twice what a file is."""
        (tmp_path / name).write_text("use\nuse\n")
        assert run("classify", tmp_path / name).results[0]["primary"] is not None

    def test_the_format_can_be_said(self, tmp_path: Path) -> None:
        """A file may be called anything."""
        (tmp_path / "a.csv").write_text('{"answers": {}}\n')
        assert run("classify", "--format", "jsonl", tmp_path / "a.csv").code == 0
