"""From opening a page to the first result: ours beside the stock way, in turns."""

from __future__ import annotations

import json
import random
import re
import tomllib
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final

from cxquiz.authoring.wording import PACKAGED_MODEL
from macros.pages.speed import WAYS as NAMES
from macros.runtime.archives import write_zip
from macros.runtime.manifest import ROOT
from tests.bench.browser import PRESS, TIMEOUT, WATCH, memory_of, new_browser
from tests.bench.host import Host, Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import BrowserContext, Page, Playwright

LINES: Final = (
    Line("No limit"),
    Line("9 Mbit/s, 60 ms", mbit=9, delay=0.06),
    Line("1.6 Mbit/s, 150 ms", mbit=1.6, delay=0.15),
)

_STOCK: Final = Path(__file__).with_name("stock")
_PAGE: Final = "quiz/index.html"
_OUR_SCRIPT: Final = re.compile(r"assets/(?:[0-9a-f]+/)?quiz/quiz\.mjs")

_LONG: Final = 50
"""Milliseconds; a task of the page that takes longer makes it feel stuck."""

# What a page still does, and should, after the first result: keep files for the next visit, let
# the browser compile WebAssembly better.
_AFTERWARDS: Final = 2_000

# A browser has work of its own when it has just begun; a reader's has not.
_SETTLING: Final = 1_000


@dataclass(frozen=True)
class Way:
    """One way to the first result.

    Attributes:
        id: Its name in the figures.
        script: Stands in the page in the place of the quiz's own script, if any.
        presses: Whether somebody must press something; a script of the stock way runs by itself.
        again: The name in the figures of a second visit, if that is measured, too.
    """

    id: str
    script: str = ""
    presses: bool = False
    again: str = ""


WAYS: Final = (
    Way("stock_page", script="stock/on_page.mjs"),
    Way("stock_worker", script="stock/in_worker.mjs"),
    Way("ours", presses=True, again="ours_again"),
)
"""All ways; another kind of start is one more entry."""

STOCK: Final = WAYS[0].id
"""What the others are compared with."""


@dataclass(frozen=True)
class Start:
    """What one start took.

    Attributes:
        ms: From opening the page to the result in it.
        blocked_ms: What the page's long tasks took until then, above 50 ms each.
        bytes: What came over the line until then.
        requests: How many requests the host got until then.
        memory_mb: What the page's process held a little later.
        service_worker: Whether a service worker was in control of the page.
    """

    ms: float
    blocked_ms: float
    bytes: int
    requests: int
    memory_mb: float | None
    service_worker: bool


def stock_files(site: Path) -> dict[str, bytes]:
    """Return what the stock way needs beside the site: the npm package, the package, the pages.

    The page around it is the quiz's own, with another script. The model is JSON, which Python
    reads faster than TOML.
    """
    files = {f"stock/{file.name}": file.read_bytes() for file in _STOCK.glob("*.mjs")}
    npm = ROOT / "node_modules" / "pyodide"
    files |= {
        f"stock/pyodide/{file.name}": file.read_bytes() for file in npm.iterdir() if file.is_file()
    }
    sources = (ROOT / "cxquiz").glob("[!_]*.py"), (ROOT / "cxquiz" / "render").glob("*.py")
    files["stock/cxquiz.zip"] = write_zip(
        {
            path.relative_to(ROOT).as_posix(): path.read_bytes()
            for path in (ROOT / "cxquiz" / "__init__.py", *chain(*sources))
        }
    )
    model = tomllib.loads(PACKAGED_MODEL.read_text("utf-8"))
    text = json.dumps(model, ensure_ascii=False, separators=(",", ":"))
    files["stock/model.json"] = text.encode()
    page = (site / _PAGE).read_text("utf-8")
    if not _OUR_SCRIPT.search(page):
        raise ValueError(
            f"{_PAGE} does not load the quiz's script: the stock way cannot take its place."
        )
    for way in WAYS:
        if way.script:
            files[f"quiz/{way.id}.html"] = _OUR_SCRIPT.sub(way.script, page).encode()
    return files


def measure_starts(
    playwright: Playwright, host: Host, rounds: int, say: Callable[[str], None]
) -> list[dict[str, Any]]:
    """Return the figures of all ways over all lines.

    Each round takes all ways over all lines once, in an order of its own: what disturbs the
    machine then disturbs them all.

    Args:
        playwright: Starts browsers.
        host: Has the site and :func:`stock_files`.
        rounds: How often. The slowest line is measured in one round of three, for it takes minutes.
        say: Hears what is going on.
    """
    found: dict[str, dict[str, list[Start]]] = {
        line.name: {name: [] for name in NAMES} for line in LINES
    }
    order = random.Random(1)  # noqa: S311 - the same order each time, and no secret
    seen: set[str] = set()
    for number in range(rounds):
        for line in LINES:
            if line is LINES[-1] and number % 3:
                continue
            host.line = line
            for way in order.sample(WAYS, len(WAYS)):
                for name, start, words in _run(playwright, host, way):
                    found[line.name][name].append(start)
                    seen.add(words)
                    say(f"{line.name}: {NAMES[name]}: {start.ms:.0f} ms")
    host.line = LINES[0]
    if len(seen) != 1:
        raise ValueError(f"The ways do not come to the same result: {seen}")
    return [
        {**asdict(line), "ways": _summary(found[line.name])}
        for line in LINES
        if found[line.name][STOCK]
    ]


def bytes_until_result(playwright: Playwright, host: Host) -> dict[str, int]:
    """Return how many bytes our way needs, by what the host compresses: ``some`` or ``nothing``."""
    way = next(way for way in WAYS if way.id == "ours")
    sizes = {}
    for name, compresses in (("some", True), ("nothing", False)):
        host.compresses = compresses
        with new_browser(playwright) as context:
            sizes[name] = _visit(_new_page(context, way), host, way)[0].bytes
    host.compresses = True
    return sizes


def _run(playwright: Playwright, host: Host, way: Way) -> Iterator[tuple[str, Start, str]]:
    with new_browser(playwright) as context:
        page = _new_page(context, way)
        page.wait_for_timeout(_SETTLING)
        yield way.id, *_visit(page, host, way)
        if way.again:
            page.evaluate(
                """() => navigator.serviceWorker?.getRegistration()
                  .then((it) => it && navigator.serviceWorker.ready).then(() => true)"""
            )
            page.close()
            yield way.again, *_visit(_new_page(context, way), host, way)


def _new_page(context: BrowserContext, way: Way) -> Page:
    page = context.new_page()
    page.add_init_script(WATCH + (PRESS if way.presses else ""))
    return page


def _visit(page: Page, host: Host, way: Way) -> tuple[Start, str]:
    """Open the page, wait for the result, and return what it took and what the result says."""
    host.sent.clear()
    page.goto(host.root + (f"quiz/{way.id}.html" if way.script else "quiz/"), wait_until="commit")
    page.wait_for_function("window.bench?.result", timeout=TIMEOUT)
    page.wait_for_timeout(_AFTERWARDS)
    seen = page.evaluate(
        """() => ({
          ...bench,
          epoch: (performance.timeOrigin + bench.result) / 1000,
          controlled: Boolean(navigator.serviceWorker?.controller),
          words: document.querySelector("cx-quiz .cx-result").innerText,
        })"""
    )
    until = [sent for sent in host.sent if sent.at <= seen["epoch"]]
    start = Start(
        ms=seen["result"],
        blocked_ms=sum(
            max(0, duration - _LONG) for at, duration in seen["tasks"] if at < seen["result"]
        ),
        bytes=sum(sent.size for sent in until),
        requests=sum(sent.size == 0 for sent in until),
        memory_mb=memory_of(page),
        service_worker=seen["controlled"],
    )
    return start, seen["words"]


def _summary(ways: dict[str, list[Start]]) -> dict[str, dict[str, Any]]:
    """Return the medians of all rounds. A ratio is the median of the rounds' own ratios."""
    return {
        name: {
            "ms": round(median(it.ms for it in starts)),
            "all_ms": [round(it.ms) for it in starts],
            "of_stock": _ratio(starts, ways[STOCK]),
            **({"of_first": _ratio(starts, ways["ours"])} if name == "ours_again" else {}),
            "blocked_ms": round(median(it.blocked_ms for it in starts)),
            "bytes": round(median(it.bytes for it in starts)),
            "requests": round(median(it.requests for it in starts)),
            "memory_mb": _rounded(median(sizes) if (sizes := _sizes(starts)) else None),
            "service_worker": all(it.service_worker for it in starts),
        }
        for name, starts in ways.items()
    }


def _ratio(starts: Sequence[Start], others: Sequence[Start]) -> float:
    pairs = zip(starts, others, strict=True)
    return round(median(one.ms / other.ms for one, other in pairs), 3)


def _sizes(starts: Sequence[Start]) -> list[float]:
    return [it.memory_mb for it in starts if it.memory_mb is not None]


def _rounded(value: float | None) -> int | None:
    return None if value is None else round(value)
