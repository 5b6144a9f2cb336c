"""The list that the site saves, given to the commands that read registers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cxquiz.authoring.model_file import load_model
from cxquiz.classifier.reading import assess
from cxquiz.formats.portfolio_json import to_text
from cxquiz.portfolio.portfolio import Kept, version
from tests.cli.running import run
from tests.cxquiz.examples import ideal_answers

if TYPE_CHECKING:
    from pathlib import Path

MODEL = load_model()
READ_AS = assess(MODEL, ideal_answers(MODEL, "partner")).primary


def saved(path: Path, **kept: str) -> Path:
    """Save a list: for each id a relationship of that kind, all of them called "The lab"."""
    portfolio = tuple(
        Kept(identity, "The lab", version(MODEL, ideal_answers(MODEL, label), kept="2026-01-31"))
        for identity, label in kept.items()
    )
    path.write_text(to_text(portfolio), "utf-8")
    return path


def test_each_relationship_is_classified_under_its_name(tmp_path: Path) -> None:
    """The id in the file means nothing to a reader."""
    ran = run("classify", saved(tmp_path / "ann.json", r="partner"))
    assert (ran.code, ran.err) == (0, "")
    assert [(one["id"], one["primary"]) for one in ran.results] == [("The lab", READ_AS)]


@pytest.mark.parametrize(("indent", "sort_keys"), [(None, False), (4, False), (2, True)])
def test_another_program_may_have_written_it(
    indent: int | None,
    sort_keys: bool,  # noqa: FBT001 - pytest gives it by name
    tmp_path: Path,
) -> None:
    """On one line, or with its keys in another order."""
    path = saved(tmp_path / "ann.json", r="partner")
    raw = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(raw, indent=indent, sort_keys=sort_keys), "utf-8")
    ran = run("classify", path)
    assert [(one["id"], one["primary"]) for one in ran.results] == [("The lab", READ_AS)]


def test_the_same_name_is_compared(tmp_path: Path) -> None:
    """Each browser gives ids of its own, and a register may name it too."""
    ann = saved(tmp_path / "ann.json", lab="supplier")
    bob = saved(tmp_path / "bob.json", r="partner")
    register = tmp_path / "cy.jsonl"
    register.write_text(json.dumps({"id": "The lab", "answers": {"use": "use"}}), "utf-8")
    ran = run("compare", "--json", ann, bob, register)
    assert (ran.code, ran.err) == (0, "")
    assert [[one["by"] for one in result["opinions"]] for result in ran.results] == [
        ["ann", "bob", "cy"]
    ]


def test_a_report_counts_them(tmp_path: Path) -> None:
    """A programme office asks a few people for what they kept."""
    ran = run("report", saved(tmp_path / "ann.json", r="partner"))
    assert (ran.code, ran.err) == (0, "")
    assert "The lab" in ran.out


@pytest.mark.parametrize("command", ["classify", "compare", "report"])
def test_a_list_that_is_not_good_is_left_alone(command: str, tmp_path: Path) -> None:
    """It is said what is wrong and where."""
    path = saved(tmp_path / "ann.json", r="partner")
    text = path.read_text("utf-8")
    path.write_text(text.replace('"direction"', '"directoin"', 1), "utf-8")
    ran = run(command, path)
    assert (ran.code, ran.out) == (2, "")
    assert "relationships[0]" in ran.err


@pytest.mark.parametrize("command", ["classify", "compare", "report"])
def test_a_list_that_was_cut_off_is_left_alone(command: str, tmp_path: Path) -> None:
    """Not all of it came through."""
    path = saved(tmp_path / "ann.json", r="partner")
    path.write_text(path.read_text("utf-8")[:-20], "utf-8")
    ran = run(command, path)
    assert (ran.code, ran.out) == (2, "")
    assert str(path) in ran.err


def test_a_brace_alone_is_a_bad_line(tmp_path: Path) -> None:
    """Only a list of the site is one document."""
    path = tmp_path / "some.jsonl"
    path.write_text("{\n", "utf-8")
    assert run("classify", path).code == 1


def test_a_list_of_more_than_any_browser_keeps_is_refused(tmp_path: Path) -> None:
    """It would not fit into memory."""
    path = tmp_path / "ann.json"
    path.write_bytes(b'{\n"kind": "cxquiz-relationships",\n' + b" " * (1 << 20) + b"\n")
    ran = run("classify", path)
    assert (ran.code, ran.out) == (2, "")
    assert "larger than any list" in ran.err
