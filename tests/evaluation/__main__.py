"""Judge the model on the coded cases and write the figures: ``python -m tests.evaluation``."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from macros.pages.evaluation import FIGURES, figures_digest
from tests.cxquiz.examples import CASES, MODEL
from tests.evaluation.accuracy import FOLDS, accuracy, changed_options
from tests.evaluation.optimum import optimum
from tests.evaluation.quiz_runs import reliability, shortest_way
from tests.evaluation.states import survey
from tests.evaluation.variants import BENDS, NICE, UNKNOWN, UNKNOWN_PERCENT

if TYPE_CHECKING:
    from collections.abc import Callable

_EVERY_ANSWER_DEPTH = 6


def main() -> int:
    """Compute all figures, write them, and say what takes time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--depth",
        type=int,
        default=len(MODEL.questions),
        help="walk only through states of so many questions (default: all)",
    )
    depth = parser.parse_args().depth
    parts: dict[str, Callable[[], Any]] = {
        "cases": _cases,
        "bends": _bends,
        "accuracy": accuracy,
        "reliability": reliability,
        "shortest_way": shortest_way,
        "optimum": optimum,
        "states": lambda: _states(depth),
    }
    figures: dict[str, Any] = {"model": figures_digest(MODEL)}
    for name, compute in parts.items():
        start = time.monotonic()
        figures[name] = compute()
        sys.stdout.write(f"{name}: {time.monotonic() - start:.0f} s\n")
        sys.stdout.flush()
    FIGURES.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")
    sys.stdout.write(f"Written to {FIGURES}. The page “How good is it?” shows it.\n")
    return 0


def _cases() -> dict[str, int]:
    return {
        "cases": len(CASES),
        "contested": sum(case.contested for case in CASES),
        "changed_options": len(changed_options()),
        "folds": FOLDS,
    }


def _bends() -> dict[str, Any]:
    return {
        "bends": [asdict(bend) for bend in BENDS],
        "unknown": list(UNKNOWN),
        "unknown_percent": UNKNOWN_PERCENT,
        "nice": [list(answer) for answer in NICE],
    }


def _states(depth: int) -> list[dict[str, Any]]:
    processes = os.cpu_count() or 1
    return [
        _survey(every_answer=False, depth=depth, processes=processes),
        _survey(every_answer=True, depth=min(depth, _EVERY_ANSWER_DEPTH), processes=processes),
    ]


def _survey(*, every_answer: bool, depth: int, processes: int) -> dict[str, Any]:
    found = survey(every_answer=every_answer, depth=depth, processes=processes)
    endings = {
        verdict: sorted({str(first) for first, said in found.endings if said == verdict})
        for verdict in sorted({said for _, said in found.endings})
    }
    return {
        **asdict(found),
        "every_answer": every_answer,
        "depth": depth,
        "endings": endings,
    }


if __name__ == "__main__":
    sys.exit(main())
