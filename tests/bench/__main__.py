"""Measure how fast the quiz is beside the stock way, and write the figures: ``make bench``."""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

from macros.pages.speed import FIGURES, Speed
from macros.runtime.manifest import MANIFEST, ROOT, RUNTIME
from tests.bench.answering import measure_answers
from tests.bench.browser import launch_options
from tests.bench.building import measure_builds
from tests.bench.host import Host
from tests.bench.long_tasks import measure_long_tasks
from tests.bench.mapping import measure_map
from tests.bench.starts import bytes_until_result, measure_starts, stock_files
from tests.bench.weight import weight_of_quiz
from tests.built_site import build_site

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Playwright

PARTS = ("starts", "bytes", "answers", "map", "tasks", "builds", "weight")


def main() -> int:
    """Measure, print the tables, and write the figures."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often (default: %(default)s)")
    parser.add_argument(
        "--parts", nargs="+", choices=PARTS, default=PARTS, help="what (default: everything)"
    )
    arguments = parser.parse_args()
    console = Console()
    started = time.monotonic()

    def say(text: str) -> None:
        console.print(f"[dim]{time.monotonic() - started:4.0f} s  {text}")

    # What is not measured this time stays as it was.
    figures = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    figures |= _measured(arguments.rounds, arguments.parts, say)
    FIGURES.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", "utf-8")
    speed = Speed()
    for title, name in (
        ("Until the first result", "starts_table"),
        ("What it takes", "costs_table"),
        ("Building", "builds_table"),
        ("What we aim at", "aims_table"),
    ):
        _print(console, title, speed.show(name))
    console.print(f"Written to {FIGURES}. The page “How fast is it?” shows it.")
    return 0


def _measured(rounds: int, parts: list[str], say: Callable[[str], None]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder).resolve()
        build_site(site)
        with Host(site, stock_files(site)) as host:
            work: dict[str, Callable[[], Any]] = {
                "starts": lambda: measure_starts(playwright, host, rounds, say),
                "bytes": lambda: bytes_until_result(playwright, host),
                "answers": lambda: measure_answers(playwright, host),
                "map": lambda: measure_map(playwright, host),
                "tasks": lambda: measure_long_tasks(playwright, host, site, say),
                "builds": lambda: measure_builds(rounds, say),
                "weight": lambda: weight_of_quiz(site),
            }
            figures: dict[str, Any] = {}
            if "starts" in parts:  # the circumstances that the page tells are those of the starts
                figures["run"] = _circumstances(playwright, rounds)
            for part in parts:
                say(f"Measuring: {part}")
                figures[part] = work[part]()
            return figures


def _circumstances(playwright: Playwright, rounds: int) -> dict[str, Any]:
    with playwright.chromium.launch(**launch_options()) as browser:
        chromium = browser.version
    manifest = json.loads((ROOT / RUNTIME / MANIFEST).read_text("utf-8"))
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "rounds": rounds,
        "processor": _processor(),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "load_before": _load(),
        "versions": {
            "Chromium": chromium,
            "Pyodide": manifest["pyodide"],
            "Python": platform.python_version(),
            "MkDocs": version("mkdocs"),
            "Material": version("mkdocs-material"),
        },
    }


def _processor() -> str:
    """Return the name of the processor, as far as the machine tells it."""
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    found = re.search(r"^model name\s*: (.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()


def _load() -> float:
    """Return how many programs wanted to work in the last minute, ours among them."""
    return round(os.getloadavg()[0], 1)


def _print(console: Console, title: str, markdown: str) -> None:
    """Print a table of the page in the terminal."""
    head, _, *rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in markdown.splitlines()
    ]
    table = Table(*head, title=title, title_justify="left")
    for row in rows:
        table.add_row(*row)
    console.print()
    console.print(table)


if __name__ == "__main__":
    sys.exit(main())
