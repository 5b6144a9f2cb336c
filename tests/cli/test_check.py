"""``cxquiz check``: what is wrong with a model."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import pytest

from cxquiz.authoring.model_file import load_model
from cxquiz.authoring.wording import PACKAGED_MODEL
from tests.cli.running import run

if TYPE_CHECKING:
    from pathlib import Path


def test_the_packaged_model_is_fine() -> None:
    """It is what everybody gets."""
    ran = run("check")
    assert (ran.code, ran.err, len(ran.out.splitlines())) == (0, "", 1)


def test_a_fine_model_is_counted() -> None:
    """Whoever adds a question sees that it has arrived."""
    model = load_model()
    assert f" {len(model.questions)} scored questions" in run("check").out


def test_every_fault_has_a_line_of_its_own(tmp_path: Path) -> None:
    """One run shows all there is to mend."""
    raw = tomllib.loads(PACKAGED_MODEL.read_text(encoding="utf-8"))
    raw["question"][0]["option"][0]["weights"]["partnr"] = 1
    raw["wording"]["quiz_titel"] = raw["wording"].pop("quiz_title")
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    ran = run("check", path)
    assert ran.code == 1
    assert len(ran.out.splitlines()) > 1
    assert all(line.startswith(f"{path}: ") for line in ran.out.splitlines())
    assert "Did you mean “partner”?" in ran.out


@pytest.mark.parametrize("content", [b"", b"\xff", b"\0", b"x = [" * 999, b"{}", b"a" * (9 << 20)])
def test_a_file_that_is_no_model_is_faulty(content: bytes, tmp_path: Path) -> None:
    """Whatever stands in the file, the answer is a sentence."""
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    ran = run("check", path)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.startswith(f"{path}: ")


def test_a_fault_is_named_with_its_line(tmp_path: Path) -> None:
    """An editor can jump there."""
    path = tmp_path / "mine.toml"
    path.write_text("[estimation]\n\n[wording]\n", encoding="utf-8")
    assert f"{path}:3: " in run("check", path).out


def test_a_byte_order_mark_is_fine(tmp_path: Path) -> None:
    """Some editors put it first."""
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + PACKAGED_MODEL.read_bytes())
    assert run("check", path).code == 0


@pytest.mark.parametrize("name", [".", "no such file", "a\0b"])
def test_a_file_that_cannot_be_read_is_another_matter(name: str) -> None:
    """A script must tell a wrong path from a wrong model."""
    ran = run("check", name)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
