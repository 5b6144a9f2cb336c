"""How long things take, each beside a baseline of the same run: `make bench`."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Final

import pytest

from cxquiz import parse_answers
from cxquiz.classifier.next_question import next_question
from cxquiz.classifier.reading import classify
from cxquiz.cli.classify import classify_stream
from cxquiz.cli.progress import progress_of
from cxquiz.cli.workers import Workers
from tests.cxquiz.examples import CASES, MODEL

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

LINES: Final = 2000
"""How many relationships a file has here: 20,000 a second are 100 ms."""

FILE: Final = b"".join(
    json.dumps({"id": case.id, "answers": case.answers}).encode() + b"\n"
    for case in (CASES * (LINES // len(CASES) + 1))[:LINES]
)
ANSWERS: Final = [parse_answers(MODEL, case.answers) for case in CASES]


@pytest.mark.benchmark(group=f"{LINES} lines")
class TestFile:
    """`cxquiz classify` beside reading and writing the same JSON."""

    def test_baseline_json_alone(self, benchmark: BenchmarkFixture) -> None:
        """Read each line as JSON and write it again."""
        benchmark(lambda: [json.dumps(json.loads(line)).encode() for line in FILE.splitlines()])

    def test_classify(self, benchmark: BenchmarkFixture) -> None:
        """Classify each line."""

        def run() -> int:
            source, out = io.BytesIO(FILE), io.BytesIO()
            with progress_of(source, wanted=False) as progress:
                counts = classify_stream(
                    Workers(MODEL), source, out, name="bench", form="jsonl", progress=progress
                )
            return counts.records

        assert benchmark(run) == LINES


@pytest.mark.benchmark(group="one screen")
class TestScreen:
    """What one screen of the quiz needs, beside taking in the answers."""

    def test_baseline_parse_answers(self, benchmark: BenchmarkFixture) -> None:
        """Check the answers of all cases."""
        benchmark(lambda: [parse_answers(MODEL, case.answers) for case in CASES])

    def test_next_question(self, benchmark: BenchmarkFixture) -> None:
        """Choose the next question after the first five answers of each case."""
        first = [dict(list(answers.items())[:5]) for answers in ANSWERS]
        benchmark(lambda: [next_question(MODEL, answers, answers.keys()) for answers in first])

    def test_result(self, benchmark: BenchmarkFixture) -> None:
        """Make the whole result, with the reasons and what would change it, of each case."""
        benchmark(lambda: [classify(MODEL, answers) for answers in ANSWERS])
