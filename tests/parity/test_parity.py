"""The reader's browser says the same as this machine, to the byte."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from cxquiz.authoring.model_file import load_model
from cxquiz.classifier.verdict import CLEAR, LEANING, NOT_ENOUGH, TWO_READINGS
from cxquiz.model.types import NOT_SURE
from cxquiz.quiz.session import LAST, RESULT
from cxquiz.quiz.steps import ACTION_FIELD, SCREEN_FIELD
from macros.runtime.build import is_current
from macros.runtime.manifest import ROOT, RUNTIME
from macros.runtime.node import find_node
from tests.parity import both_sides

if TYPE_CHECKING:
    from cxquiz.model.types import Model, Question

pytestmark = pytest.mark.slow

HERE: Final = Path(__file__).parent

SEED: Final = 20_261_122

SETS: Final = 320
"""How many sets of answers; every number of scored answers from 0 to 15 comes 20 times."""

TEXTS: Final = (
    "The city library",
    """<img src=x onerror=alert(1)> & "O'Hara" {name} %s""",
    "Überprüfung · 審査 · مراجعة · 🗂️",
    "  a name\twith\u00a0blanks  ",
)

DAYS: Final[tuple[dict[str, str], ...]] = (
    {},
    {"today": "2026-11-22"},
    {"today": "2027-12-31"},
    {"today": "٢٠٢٦-11-22"},
)
"""What a page says of the day: an older one nothing, and some browser perhaps anything."""

Line = tuple[str, Any]


class TestParity:
    """Rule: the same question gets the same answer on CPython and on Pyodide."""

    def test_the_other_side_is_pyodide(self, both: list[tuple[Line, str, str]]) -> None:
        """Otherwise this would compare a thing with itself."""
        assert [there for line, _, there in both if line[0] == "platform"] == ["emscripten"]

    def test_every_verdict_occurs(self, both: list[tuple[Line, str, str]]) -> None:
        """Otherwise the sets of answers would leave something out."""
        readings = [json.loads(here) for line, here, _ in both if line[0] == "reading"]
        verdicts = {reading["assessment"]["verdict"] for reading in readings}
        assert verdicts == {CLEAR, LEANING, NOT_ENOUGH, TWO_READINGS}

    @pytest.mark.parametrize("kind", ["reading", "reply"])
    def test_both_say_the_same(self, both: list[tuple[Line, str, str]], kind: str) -> None:
        """What a colleague computes from the same answers is what the reader's page says."""
        pairs = [(line, here, there) for line, here, there in both if line[0] == kind]
        assert len(pairs) >= SETS
        assert [(line, here, there) for line, here, there in pairs if here != there][:1] == []

    def test_both_draw_the_same_map(self, both: list[tuple[Line, str, str]]) -> None:
        """``cxquiz map`` gives the picture that the page shows."""
        pairs = [(here, there) for line, here, there in both if line[0] == "map"]
        assert len(pairs) > 3
        assert all(here == there for here, there in pairs)


@pytest.fixture(scope="module")
def both() -> list[tuple[Line, str, str]]:
    """Every line with its answer here and its answer from Pyodide."""
    if not is_current():
        message = "The runtime for the browser is missing or out of date. Run `make build`."
        pytest.fail(message, pytrace=False)
    model = load_model()
    lines: list[Line] = [("platform", None), *lines_to_compare(model)]
    texts = [json.dumps(line) for line in lines]
    answer = both_sides.answerer(model)
    done = subprocess.run(
        [
            find_node(),
            HERE / "answer_lines.mjs",
            ROOT / RUNTIME,
            HERE / "both_sides.py",
        ],
        input="\n".join(texts),
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    there = done.stdout.removesuffix("\n").split("\n")
    return list(zip(lines, map(answer, texts), there, strict=True))


def lines_to_compare(model: Model) -> list[Line]:
    """Return what to ask: the same at every run."""
    chance = random.Random(SEED)  # noqa: S311 - for variety, not for secrets
    lines: list[Line] = []
    for number in range(SETS):
        size = number % (len(model.questions) + 1)
        asked = chance.sample(sorted(model.questions), size)
        asked += chance.sample(sorted(model.context), chance.randint(0, len(model.context)))
        chance.shuffle(asked)
        answers = {name: any_answer(chance, model.question(name)) for name in asked}
        session = {
            "format": 1,
            "answers": [[name, chosen] for name, chosen in answers.items()],
            "at": "",
            "last_seen": chance.random() < 0.5,
            "finished": False,
        }
        page = {"lens": chance.sample(sorted(model.questions), 2), "root": "/playbook/"}
        page |= chance.choice(DAYS)
        finished = {**session, "finished": True}
        lines += [
            ("reading", answers),
            ("reply", {"type": "show", "answers": session, **page}),
            ("reply", {"type": "show", "answers": finished, **page}),
            (
                "reply",
                {"type": "submit", "answers": session, "fields": a_form(chance, model), **page},
            ),
        ]
    sets = [content for kind, content in lines if kind == "reading"]
    for count in (3, 12, 30, 60):
        lines += [("map", [width, *sets[-count:]]) for width in (343, 1200)]
    return lines


def any_answer(chance: random.Random, question: Question) -> list[str]:
    """Return some answer to a question; one in ten is "not sure"."""
    if question.kind == "text":
        return [chance.choice(TEXTS)]
    if chance.random() < 0.1:
        return [NOT_SURE]
    most = len(question.options) if question.kind == "many" else 1
    return chance.sample(sorted(question.options), chance.randint(1, most))


def a_form(chance: random.Random, model: Model) -> list[tuple[str, str]]:
    """Return what some form sends, complete or not."""
    screen = chance.choice([*model.questions, LAST, RESULT])
    shown = [model.questions[screen]] if screen in model.questions else model.on_screen(LAST)
    questions = [*model.on_screen("first"), *shown]
    action = chance.choice(
        ["continue", "continue", "skip", "back", "finish", "more", "restart", "change:money"]
    )
    return [
        *(
            (question.id, option)
            for question in questions
            if chance.random() < 0.8
            for option in any_answer(chance, question)
        ),
        (SCREEN_FIELD, screen),
        (ACTION_FIELD, action),
    ]
