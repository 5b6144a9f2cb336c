"""Work for several processors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cxquiz.cli.workers import Workers, jobs
from tests.cli.running import run
from tests.cxquiz.examples import SMALL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cxquiz.model.types import Model


def doubled(model: Model, job: list[int]) -> list[int]:
    """Do some work."""
    return [len(model.questions) * number for number in job]


def test_records_are_cut_into_jobs() -> None:
    """The last one may be shorter."""
    assert list(jobs(range(5), 2)) == [[0, 1], [2, 3], [4]]


@pytest.mark.parametrize("count", [0, 1, 3, 200])
def test_results_come_in_the_order_of_the_jobs(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process or in several."""
    monkeypatch.setattr("cxquiz.cli.workers._processors", lambda: 2)
    with Workers(SMALL) as workers:
        found = list(workers.in_order(doubled, ([number] for number in range(count))))
    assert found == [[5 * number] for number in range(count)]


def test_no_more_than_a_few_jobs_are_read_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a long register would wait in memory."""
    monkeypatch.setattr("cxquiz.cli.workers._processors", lambda: 2)
    read = 0

    def given() -> Iterator[list[int]]:
        nonlocal read
        for number in range(300):
            read = number
            yield [number]

    with Workers(SMALL) as workers:
        for done, _ in enumerate(workers.in_order(doubled, given())):
            assert read - done < 20


@pytest.mark.slow
@pytest.mark.parametrize("command", ["classify", "compare --json"])
@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_several_processors_write_what_one_writes(
    command: str, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the faults of the input where they are."""
    path = tmp_path / f"many.{form}"
    rows = [
        json.dumps({"id": n, "by": "x", "answers": {"use": "use" if n % 99 else "no"}}) + "\n"
        if form == "jsonl"
        else f"{n},x,{'use' if n % 99 else 'no'}\n"
        for n in range(4000)
    ]
    path.write_text(("" if form == "jsonl" else "id,by,use\n") + "".join(rows), "utf-8")
    found = []
    for count in (1, 2):
        monkeypatch.setattr("cxquiz.cli.workers._processors", lambda count=count: count)
        found.append(run(*command.split(), path))
    assert found[0] == found[1]
    assert found[0].code == 1
    assert found[0].out.count("\n") > 3900
