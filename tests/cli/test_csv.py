"""``cxquiz classify`` on CSV: columns, quotes, and the rows that are refused."""

from __future__ import annotations

import pytest

from tests.cli.running import Ran, run


def csv(text: str | bytes) -> Ran:
    """Classify a CSV."""
    return run("classify", "--format", "csv", stdin=text)


def ids(ran: Ran) -> list[object]:
    """Return the ids of the results, ``None`` for the bad ones as well."""
    return [result["id"] for result in ran.results]


class TestColumns:
    """Rule: a column that has the name of a question holds its answers; the others pass through."""

    def test_a_row_says_the_same_as_a_line_of_json(self) -> None:
        """Both are ways to write the same thing down."""
        row = csv("id,organisation,use,name\na,partly,use;pass_on,Ada\n")
        answers = {"organisation": "partly", "use": ["use", "pass_on"], "name": "Ada"}
        assert row == run("classify", stdin=[{"id": "a", "answers": answers}])

    @pytest.mark.parametrize("cell", ["", " ", "not_sure", ";", '""', "not_sure;"])
    def test_a_cell_without_an_answer_is_left_out(self, cell: str) -> None:
        """An empty cell is no answer."""
        assert csv(f"id,use\na,{cell}\n").results[0]["primary"] is None

    def test_space_around_names_and_options_does_not_matter(self) -> None:
        """People type a space after a comma."""
        assert (
            csv("id, use \na, use ; pass_on \n").results == csv("id,use\na,use;pass_on\n").results
        )

    def test_a_text_may_hold_a_semicolon(self) -> None:
        """It separates options; a name is none."""
        assert csv('id,use,name\na,use,"Ada; Grace"\n').code == 0

    def test_other_columns_pass_through_as_text(self) -> None:
        """What looks like a number may be a telephone number."""
        assert csv("id,use,phone\na,use,0049\n").results[0]["phone"] == "0049"

    def test_a_row_without_an_id_has_a_null_one(self) -> None:
        """As in JSON Lines."""
        assert ids(csv("id,use\n,use\n")) == ids(csv("use\nuse\n")) == [None]

    def test_missing_cells_at_the_end_are_empty(self) -> None:
        """Some spreadsheets leave trailing commas out."""
        result = csv("id,use,note\na\n").results[0]
        assert (result["id"], result["primary"], result["note"]) == ("a", None, "")

    def test_empty_cells_too_many_do_not_matter(self) -> None:
        """Some spreadsheets add trailing commas."""
        assert csv("id,use,,\na,use,,,\n").code == 0

    def test_a_byte_order_mark_and_crlf_are_fine(self) -> None:
        """Spreadsheets on Windows write both."""
        ran = csv(b"\xef\xbb\xbfid,use\r\na,use\r\n\r\nb,none\r\n")
        assert (ran.code, ids(ran)) == (0, ["a", "b"])

    def test_a_column_that_looks_like_a_question_is_doubted(self) -> None:
        """A misspelt column would otherwise leave its answers out in silence."""
        ran = csv("id,use,organization\na,use,same\n")
        assert ran.code == 0
        assert "“organisation”" in ran.err


class TestHeader:
    """Rule: without a header that can be used, nothing is guessed."""

    @pytest.mark.parametrize(
        "header",
        ["id;use", "a,b", '{"answers": {"use": "use"}}', "use,use", "use,,id", '"use', "use\0"],
    )
    def test_a_header_that_cannot_be_used_is_refused(self, header: str) -> None:
        """Classifying every row as unanswered would look like a result."""
        ran = csv(f"{header}\nx,y\n")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("cxquiz: line 1: ")

    def test_a_fault_in_the_header_is_named_with_its_line(self) -> None:
        """Blank lines may stand before it."""
        assert csv("\n\nuse,use\n").err.startswith("cxquiz: line 3: ")


class TestBadRows:
    """Rule: a bad row is reported in its place, and the rest goes on."""

    @pytest.mark.parametrize(
        "row",
        [
            "x,uses,",
            "x,use,note,more",
            'x,use,"a"b',
            "x,use,\0",
            "x,use,a\rb",
            f'x,use,"{"a" * 200_000}"',
            f"x,use,{'a' * (1 << 20)}",
            b"x,use,\xff",
        ],
        ids=["option", "fields", "quote", "NUL", "CR", "field", "line", "UTF-8"],
    )
    def test_the_rows_around_a_bad_one_are_classified(self, row: str | bytes) -> None:
        """One slip in a large table must not cost the other rows."""
        raw = row.encode() if isinstance(row, str) else row
        ran = csv(b"id,use,note\na,use,\n" + raw + b"\nb,use,\n")
        assert ran.code == 1
        assert [list(result)[1] for result in ran.results] == ["primary", "error", "primary"]
        assert ran.err.startswith("cxquiz: line 3: ")

    def test_a_field_may_have_several_lines(self) -> None:
        """Notes do."""
        ran = csv('id,use,note\na,use,"one\ntwo"\nb,uses,\n')
        assert ran.results[0]["note"] == "one\ntwo"
        assert "line 4" in ran.results[1]["error"]

    @pytest.mark.parametrize("close", ["", "\n" * 1100])
    def test_a_stray_quotation_mark_costs_its_own_row_alone(self, close: str) -> None:
        """It would otherwise swallow everything up to the next one, or to the end."""
        ran = csv('id,use,note\na,use,"oops\nb,use,\nc,use,fine\n' + close)
        assert ran.code == 1
        assert ids(ran) == [None, "b", "c"]
        assert "line 2" in ran.results[0]["error"]

    def test_a_bad_line_inside_quotes_does_not_hide_the_others(self) -> None:
        """What was read ahead is read again."""
        ran = csv(b'id,use,note\na,use,"oops\nb,use,\n\xff\nc,use,\n')
        assert ids(ran) == [None, "b", None, "c"]
        assert ["line 2" in ran.results[0]["error"], "line 4" in ran.results[2]["error"]]
