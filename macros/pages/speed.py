"""The page "How fast is it?": tables and a chart of the figures that ``make bench`` writes.

No figure on the page is typed in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Final

from macros.pages.documents import DOCS
from macros.pages.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FIGURES: Final = DOCS / "quiz" / "speed.json"
"""Where the figures are."""

WAYS: Final = {
    "stock_page": "Stock way, main thread",
    "stock_worker": "Stock way, worker",
    "ours": "This quiz, first visit",
    "ours_again": "This quiz, second visit",
}
"""What readers call each way to the first result, in their order."""

_STOCK: Final = "stock_page"
_OURS: Final = "ours"
_AGAIN: Final = "ours_again"

# The chart, in the units of its drawing.
_WIDTH: Final = 340
_LONGEST_BAR: Final = 270
_ROW: Final = 40
_HEAD: Final = 34


@dataclass(frozen=True)
class Aim:
    """What we aim at: its name, the most that it may be, and what was measured."""

    name: str
    most: float
    measured: float
    show: Callable[[float], str]

    @property
    def row(self) -> tuple[str, str, str, str]:
        """The row of the table."""
        kept = "yes" if self.measured <= self.most else "no"
        return self.name, self.show(self.most), self.show(self.measured), kept


class Speed:
    """The figures as the pages show them."""

    def __init__(self) -> None:
        """Read the figures.

        Raises:
            OSError: There are none; ``make bench`` makes them.
        """
        self._figures: dict[str, Any] = json.loads(FIGURES.read_text("utf-8"))

    def show(self, name: str) -> str:
        """Return a table, the chart, or one figure by its path, such as ``answers.there.p95``.

        Raises:
            KeyError: There is no such thing.
        """
        if name.endswith(("_table", "_chart", "_note")):
            shown: str = getattr(self, name)()
            return shown
        value: Any = self._figures
        for part in name.split("."):
            value = value[part]
        return f"{value:g}" if isinstance(value, float) else str(value)

    def starts_table(self) -> str:
        """Return the time to the first result, way by way and line by line."""
        lines = self._figures["starts"]
        return table(
            ["Way", *(line["name"] for line in lines)],
            (
                [title, *(_start(line["ways"][way]) for line in lines)]
                for way, title in WAYS.items()
            ),
        )

    def costs_table(self) -> str:
        """Return what else each way takes, without a limit on the line."""
        ways = self._ways(0)
        return table(
            ["Way", "Downloaded", "Main thread blocked", "Memory"],
            (
                [
                    title,
                    f"{_megabytes(ways[way]['bytes'])} in {ways[way]['requests']} requests",
                    f"{ways[way]['blocked_ms']} ms",
                    _memory(ways[way]["memory_mb"]),
                ]
                for way, title in WAYS.items()
            ),
        )

    def builds_table(self) -> str:
        """Return what a page takes to build."""
        return table(
            ["Pages", "Plain Material", "With the quiz", "Ratio"],
            (
                [
                    row["pages"],
                    f"{row['plain_ms']} ms a page",
                    f"{row['quiz_ms']} ms a page",
                    f"{row['ratio']:.2f}",
                ]
                for row in self._figures["builds"]
            ),
        )

    def aims_table(self) -> str:
        """Return what we aim at, beside what was measured."""
        return table(["What we aim at", "At most", "Measured", "Kept"], (a.row for a in self._aims))

    def second_visit_note(self) -> str:
        """Return by what the second visit was served."""
        if self._ways(0)[_AGAIN]["service_worker"]:
            return "A service worker, which keeps the files, was in control of the page."
        return "What the browser had kept by itself served it; there was no service worker."

    def starts_chart(self) -> str:
        """Return the time to the first result as bars; the table holds the same figures."""
        lines = self._figures["starts"]
        drawn = "".join(part for place, line in enumerate(lines) for part in _bars(place, line))
        height = len(lines) * (_HEAD + _ROW * len(WAYS))
        return (
            '<figure class="picture"><figcaption>Seconds until the first result</figcaption>'
            f'<svg viewBox="0 0 {_WIDTH} {height}" fill="none" stroke="currentColor" '
            'stroke-width="2" role="img" data-search-exclude="" '
            'aria-labelledby="chart-title chart-desc">'
            '<title id="chart-title">Seconds until the first result, way by way.</title>'
            '<desc id="chart-desc">Bars for each way and each line. The table above holds the '
            "same figures.</desc>"
            '<g class="pic-words" fill="currentColor" stroke="none" font-family="sans-serif" '
            f'font-size="14">{drawn}</g></svg></figure>'
        )

    def _ways(self, line: int) -> dict[str, Any]:
        ways: dict[str, Any] = self._figures["starts"][line]["ways"]
        return ways

    @property
    def _aims(self) -> Iterator[Aim]:
        figures = self._figures
        fast, slow = self._ways(0), self._ways(1)
        yield Aim("First result, no limit, beside the stock way", 0.28, _of(fast), _ratio)
        yield Aim("The same at 9 Mbit/s", 0.42, _of(slow), _ratio)
        yield Aim(
            "Second visit at 9 Mbit/s, beside the first", 0.6, slow[_AGAIN]["of_first"], _ratio
        )
        for name, host in (("some", "that compresses"), ("nothing", "that compresses nothing")):
            yield Aim(
                f"Downloaded until then, host {host}", 4.2e6, figures["bytes"][name], _megabytes
            )
        answers = figures["answers"]["there"]["p95"]
        yield Aim("From an answer to the next question, 95 of 100", 50, answers, _milliseconds)
        shown = figures["map"]
        for key, name in (("first", "the first time"), ("p50", "half of the times")):
            yield Aim(
                f"The map of {shown['relationships']} relationships, {name}",
                300,
                shown["drawn"][key],
                _milliseconds,
            )
        yield Aim("Long tasks of ours, all pages", 0, figures["tasks"]["work"]["ours"], str)
        yield Aim(
            f"Building {figures['builds'][-1]['pages']} pages, beside plain Material",
            1.15,
            figures["builds"][-1]["ratio"],
            _ratio,
        )
        weight = sum(figures["weight"].values())
        yield Aim("Added to a page that nobody touches", 12 * 1024, weight, _kibibytes)


def _bars(place: int, line: dict[str, Any]) -> Iterator[str]:
    """Draw one line's bars, each with its name above and its figure behind."""
    top = place * (_HEAD + _ROW * len(WAYS))
    longest = max(line["ways"][way]["ms"] for way in WAYS)
    yield f'<text class="pic-strong" x="0" y="{top + 18}">{escape(line["name"])}</text>'
    for number, (way, title) in enumerate(WAYS.items()):
        seconds = line["ways"][way]["ms"] / 1000
        y = top + _HEAD + number * _ROW
        width = max(1, round(_LONGEST_BAR * 1000 * seconds / longest))
        kind = "pic-tint" if way.startswith("stock") else "pic-you"
        yield f'<text x="0" y="{y + 8}">{escape(title)}</text>'
        yield f'<rect class="{kind}" x="1" y="{y + 13}" width="{width}" height="13"/>'
        yield f'<text class="pic-strong" x="{width + 8}" y="{y + 25}">{_seconds(seconds)}</text>'


def _start(way: dict[str, Any]) -> str:
    return f"{_seconds(way['ms'] / 1000)} ({way['of_stock']:.2f})"


def _of(ways: dict[str, Any]) -> float:
    return float(ways[_OURS]["of_stock"])


def _seconds(value: float) -> str:
    return f"{value:.2f} s" if value < 1 else f"{value:.1f} s"


def _ratio(value: float) -> str:
    return f"{value:.2f}"


def _milliseconds(value: float) -> str:
    return f"{value:.0f} ms"


def _megabytes(value: float) -> str:
    return f"{value / 1e6:.2f} MB"


def _kibibytes(value: float) -> str:
    return f"{value / 1024:.1f} KiB"


def _memory(value: float | None) -> str:
    return "not known" if value is None else f"{value:.0f} MB"
