"""No input, however broken, ends in a traceback: hypothesis tries to make one."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cxquiz.authoring.model_file import load_model
from cxquiz.authoring.wording import PACKAGED_MODEL
from tests.cli.running import ROOT, Ran, run

MODEL = load_model()
MODEL_LINES = PACKAGED_MODEL.read_text(encoding="utf-8").splitlines()
CASES = (ROOT / "tests" / "data" / "cases.jsonl").read_bytes().splitlines()
RESULT_KEYS = {"id", "primary", "labels", "verdict", "points", "flags", "disputes"}

question_ids = st.sampled_from([*MODEL.questions, *MODEL.context])
option_ids = st.sampled_from(
    ["not_sure", "", *(option for item in MODEL.questions.values() for option in item.options)]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | option_ids,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)
answers = st.dictionaries(question_ids | st.text(), option_ids | st.lists(option_ids) | values)
records = st.fixed_dictionaries(
    {}, optional={"id": values, "answers": answers | values, "error": values, "x": values}
)


@st.composite
def damaged(draw: st.DrawFn, texts: st.SearchStrategy[bytes]) -> bytes:
    """Return a text with pieces taken out, put in or doubled."""
    text = draw(texts)
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(text)))
        end = draw(st.integers(begin, min(len(text), begin + 20)))
        piece = draw(
            st.binary(max_size=4)
            | st.sampled_from([b"", b'"', b"\n", b"\0", b"{", b"[", b"\\ud800", b"NaN", b","])
            | st.just(text[begin:end] * 2)
        )
        text = text[:begin] + piece + text[end:]
    return text


def check(ran: Ran, *, form: str) -> None:
    """Check that a run kept its promises."""
    bad = 0
    for result in ran.results:
        if "error" in result:
            bad += 1
            assert result.keys() == {"id", "error"}
        else:
            assert result.keys() >= RESULT_KEYS
            assert "answers" not in result
    if ran.code == 2:
        assert (form, ran.out) == ("csv", "")
    else:
        assert ran.code == (1 if bad else 0)
        assert ran.err.count("cxquiz: line ") == bad


@given(st.binary())
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe{\0}\0")
def test_any_bytes_as_json_lines(data: bytes) -> None:
    """The wrong file is given by mistake every day."""
    ran = run("classify", stdin=data)
    check(ran, form="jsonl")
    filled = [line for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()]
    assert len(ran.results) == len(filled)


@given(st.lists(damaged(st.sampled_from(CASES)), max_size=5))
def test_damaged_json_lines(lines: list[bytes]) -> None:
    """Files get cut, joined and edited by hand."""
    check(run("classify", stdin=b"\n".join(lines)), form="jsonl")


@given(st.lists(records | values, max_size=5))
@settings(max_examples=300)
def test_any_json(lines: list[Any]) -> None:
    """Another program may write anything under the right names."""
    ran = run("classify", stdin=lines)
    check(ran, form="jsonl")
    assert len(ran.results) == len(lines)


@given(st.lists(records, max_size=5))
def test_what_passes_through_is_what_came_in(lines: list[dict[str, Any]]) -> None:
    """Nothing of what people know already may change on the way."""
    for record, result in zip(lines, run("classify", stdin=lines).results, strict=True):
        if "error" not in result:
            assert [result["id"], result.get("x")] == [record.get("id"), record.get("x")]


@given(st.binary())
def test_any_bytes_as_csv(data: bytes) -> None:
    """The wrong file is given by mistake every day."""
    check(run("classify", "--format", "csv", stdin=data), form="csv")


@given(
    st.lists(
        st.text(alphabet='",;\n\r\0 aé\ud7ff', max_size=12) | option_ids | st.text(max_size=5),
        max_size=30,
    )
)
def test_any_rows_of_csv(cells: list[str]) -> None:
    """Quotation marks, commas and line ends in the wrong places are what CSV is made of."""
    rows = "id,use,name,note\n" + ",".join(cells)
    check(run("classify", "--format", "csv", stdin=rows), form="csv")


@given(damaged(st.just(PACKAGED_MODEL.read_bytes())))
@settings(max_examples=40)
def test_a_damaged_model(data: bytes) -> None:
    """A model is written by hand: a slip in it is named, and what is let through works."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.toml"
        path.write_bytes(data)
        ran = run("check", path)
        assert ran.code in (0, 1)
        assert ran.out.startswith(str(path))
        classified = run("classify", "--model", path, stdin=b"\n".join(CASES[:3]))
        # A question that lost its id makes the cases name one that does not exist.
        assert classified.code in ((0, 1) if ran.code == 0 else (2,))


@given(st.dictionaries(st.sampled_from(["format", "question", "wording", "x"]), values))
def test_any_json_as_a_model(raw: dict[str, Any]) -> None:
    """The wrong file is given by mistake every day."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        path.write_text(json.dumps(raw), encoding="utf-8")
        assert run("check", path).code == 1


@given(st.binary())
@settings(max_examples=50)
def test_any_bytes_typed_into_the_quiz(data: bytes) -> None:
    """A cat walks over the keyboard; the answers are still printed at the end."""
    ran = run("ask", stdin=data)
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out.splitlines()[-1]).keys() == {"answers"}


@given(st.lists(st.sampled_from(["", "?", "b", "r", "1", "2", "3", "1 2", "7", "x", "é"])))
def test_any_way_through_the_quiz_can_be_classified(keys: list[str]) -> None:
    """What the quiz prints at the end is what ``classify`` reads, and says the same."""
    ran = run("ask", stdin="\n".join(keys))
    line = ran.out.splitlines()[-1]
    assert run("classify", stdin=line).code == 0
