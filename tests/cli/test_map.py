"""``cxquiz map``: a picture of what comes in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxquiz.authoring.model_file import load_model
from cxquiz.formats.portfolio_json import to_text
from cxquiz.html.map import render_map
from cxquiz.map.items import items_of
from cxquiz.map.layout import lay_out
from cxquiz.portfolio.portfolio import PRIMARY, Kept, version
from tests.cli.running import Ran, run
from tests.cli.test_any_input import CASES, damaged

if TYPE_CHECKING:
    from pathlib import Path

MODEL = load_model()
SERVED = {
    "organisation": "different",
    "use": "use",
    "direction": "for_them",
    "money": "pay",
    "buying": "sign",
    "oversight": "none",
}
CLINIC = {"id": "c", "rank": "primary", "answers": {"name": "The clinic", **SERVED}}
PATIENT = {"id": "p", "via": "c", "answers": {"name": "Patients", **SERVED}}


def texts(ran: Ran) -> list[str]:
    """Return all that can be read in the picture."""
    root = ET.fromstring(ran.out)  # noqa: S314 - our own
    return [element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text")]


class TestRegister:
    """Rule: a register is drawn with names, ranks and ways through others."""

    def test_names_stand_in_the_boxes(self) -> None:
        """Not only ids."""
        ran = run("map", stdin=[CLINIC, PATIENT])
        assert (ran.code, ran.err) == (0, "")
        assert {"The clinic", "Patients"} <= set(texts(ran))
        assert MODEL.say("map_primary") in " ".join(texts(ran))

    def test_csv_is_read_as_well(self, tmp_path: Path) -> None:
        """With its columns."""
        path = tmp_path / "a.csv"
        path.write_text("id,name,via,use\nc,The clinic,,use\np,Patients,c,use\n", "utf-8")
        assert {"The clinic", "Patients"} <= set(texts(run("map", path)))

    def test_a_bad_line_is_told_and_left_out(self) -> None:
        """The others are drawn."""
        ran = run("map", stdin=[CLINIC, {"id": "x"}, {**PATIENT, "answers": {"use": "x"}}, CLINIC])
        assert ran.code == 1
        assert [line.split(": ")[2] for line in ran.err.splitlines()] == [
            f"line {number}" for number in (2, 3, 4)
        ]
        assert "The clinic" in texts(ran)

    def test_me_may_have_a_name(self) -> None:
        """A team draws its own map."""
        assert "Finance" in texts(run("map", "--me", "Finance", stdin=[CLINIC]))

    def test_a_narrow_one_is_narrow(self) -> None:
        """For a phone."""
        root = ET.fromstring(run("map", "--narrow", stdin=[CLINIC]).out)  # noqa: S314 - our own
        assert float(str(root.get("width"))) <= 360

    @settings(max_examples=20)
    @given(st.sampled_from(CASES).flatmap(lambda case: damaged(st.just(case))))
    def test_no_input_ends_in_a_traceback(self, raw: bytes) -> None:
        """Whatever was fed in, there is a picture."""
        ran = run("map", stdin=raw)
        assert ran.code in (0, 1)
        assert "Traceback" not in ran.err
        ET.fromstring(ran.out)  # noqa: S314 - our own


class TestDocument:
    """Rule: the list that the site exports gives the same picture as on the site."""

    PORTFOLIO = (
        Kept("c", "The clinic", version(MODEL, {"use": ("use",)}, kept=""), rank=PRIMARY),
        Kept("p", "Patients", version(MODEL, {"use": ("use",)}, kept=""), via="c"),
    )

    def test_it_is_the_same_picture(self, tmp_path: Path) -> None:
        """By the same renderer."""
        path = tmp_path / "mine.json"
        path.write_text(to_text(self.PORTFOLIO), encoding="utf-8")
        layout = lay_out(MODEL, items_of(MODEL, self.PORTFOLIO), sheet=True)
        assert run("map", path).out == render_map(MODEL, layout, standalone=True) + "\n"

    @pytest.mark.parametrize(
        "text", ["{", "{}", to_text(PORTFOLIO).replace('"c"', '"d"', 1), to_text(PORTFOLIO)[:-9]]
    )
    def test_one_fault_and_nothing_is_written(self, text: str, tmp_path: Path) -> None:
        """What was there stays."""
        path, target = tmp_path / "mine.json", tmp_path / "map.svg"
        path.write_text(text, encoding="utf-8")
        target.write_text("earlier", encoding="utf-8")
        ran = run("map", path, "-o", target)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"cxquiz: {path}: ")
        assert target.read_text(encoding="utf-8") == "earlier"


class TestOutput:
    """Rule: the picture goes where it is wanted, all of it or nothing."""

    def test_into_a_file(self, tmp_path: Path) -> None:
        """And not to standard output."""
        target = tmp_path / "map.svg"
        assert run("map", "-o", target, stdin=[CLINIC]).out == ""
        assert target.read_text("utf-8") == run("map", stdin=[CLINIC]).out
        assert [path.name for path in tmp_path.iterdir()] == ["map.svg"]

    def test_a_place_that_cannot_be_written_is_told(self, tmp_path: Path) -> None:
        """With its name."""
        target = tmp_path / "no" / "map.svg"
        ran = run("map", "-o", target, stdin=json.dumps(CLINIC))
        assert ran.code == 2
        assert str(target) in ran.err
