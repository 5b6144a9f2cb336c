"""Tasks of the page's thread that take so long that readers feel it, and whose they are.

Every page of the site is opened, and the quiz on it goes to the result at once. Chromium's trace
says what each long task did, and for which script.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from tests.bench.browser import PRESS, TIMEOUT, WATCH, launch_options
from tests.browser.server import SUB_PATH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser, Playwright

    from tests.bench.host import Host

    Event = dict[str, Any]

LONG: Final = 50
"""Milliseconds from which a task is long."""

_OURS: Final = f"{SUB_PATH}assets/"
_THEIRS: Final = f"{SUB_PATH}assets/javascripts/"
"""Material's own scripts."""

_CATEGORIES: Final = (
    "-*",
    "devtools.timeline",
    "disabled-by-default-devtools.timeline",
    "disabled-by-default-devtools.timeline.stack",
)
_CALLS: Final = ("EvaluateScript", "FunctionCall")
_DIRTYING: Final = ("InvalidateLayout", "ScheduleStyleRecalculation")
_DRAWING: Final = ("Layout", "UpdateLayoutTree")


_CLOCKS: Final = {"work": "tdur", "clock": "dur"}
"""By the thread's own work, or by the clock: on a busy machine a task waits for a core, too."""


@dataclass(frozen=True)
class LongTask:
    """A long task: on which page, how long, and how much of it our scripts took or caused."""

    page: str
    ms: float
    ours_ms: float

    @property
    def is_ours(self) -> bool:
        """Whether it would not be long without us."""
        return self.ms - self.ours_ms <= LONG


def measure_long_tasks(
    playwright: Playwright, host: Host, site: Path, say: Callable[[str], None]
) -> dict[str, Any]:
    """Return the figures of all pages.

    Args:
        playwright: Starts the browser.
        host: Has the site.
        site: The built site.
        say: Hears which page is next.
    """
    pages = sorted(
        file.parent.relative_to(site).as_posix().removeprefix(".")
        for file in site.rglob("index.html")
    )
    found: dict[str, list[LongTask]] = {name: [] for name in _CLOCKS}
    with playwright.chromium.launch(**launch_options()) as browser:
        for page in pages:
            say(f"Long tasks: {page or 'the start page'}")
            trace = _trace(browser, f"{host.root}{page}/" if page else host.root)
            for name, clock in _CLOCKS.items():
                found[name] += long_tasks(trace, page, clock)
    return {"pages": len(pages)} | {name: _summary(tasks) for name, tasks in found.items()}


def _summary(tasks: Sequence[LongTask]) -> dict[str, Any]:
    ours = sorted((task for task in tasks if task.is_ours), key=lambda task: -task.ms)
    return {
        "long": len(tasks),
        "ours": len(ours),
        "which": [
            {"page": it.page, "ms": round(it.ms), "ours_ms": round(it.ours_ms)} for it in ours
        ],
    }


def _trace(browser: Browser, address: str) -> list[Event]:
    """Return the trace from opening a page to the result and what is drawn after it."""
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(WATCH + PRESS)
        browser.start_tracing(page=page, categories=list(_CATEGORIES))
        page.goto(address, wait_until="commit")
        page.wait_for_function("window.bench?.result", timeout=TIMEOUT)
        page.wait_for_timeout(LONG * 10)
        return list(json.loads(browser.stop_tracing())["traceEvents"])


def long_tasks(trace: Iterable[Event], page: str, clock: str = "dur") -> Iterator[LongTask]:
    """Find the long tasks of a trace.

    Args:
        trace: Chromium's events.
        page: Where they happened.
        clock: What says how long an event took: ``dur`` or ``tdur``.
    """
    events = sorted(trace, key=lambda event: (event["ts"], -event.get("dur", 0)))
    # The browser's own pages, such as a new tab, have no script from a web host.
    threads = {_thread(event) for event in events if _script(event).startswith("http")} & {
        _thread(event)
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    for thread in threads:
        own = [event for event in events if _thread(event) == thread]
        dirty = _dirtied_by(own)
        for task in own:
            if task["name"] == "RunTask" and task.get(clock, 0) > LONG * 1000:
                inside = [event for event in own if _is_inside(event, task)]
                ours = sum(_ours(part, inside, dirty, clock) for part in _outermost(inside))
                yield LongTask(page, task[clock] / 1000, ours / 1000)


def _thread(event: Event) -> tuple[int, int]:
    return event["pid"], event["tid"]


def _dirtied_by(events: Sequence[Event]) -> dict[int, str]:
    """Return for each drawing, by its time, the script that last changed the page before it."""
    found = {}
    script = ""
    for event in events:
        if event["name"] in _DIRTYING:
            script = _script(event) or script
        elif event["name"] in _DRAWING:
            found[event["ts"]] = script
            script = "" if event["name"] == "Layout" else script
    return found


def _is_inside(event: Event, outer: Event) -> bool:
    begins, ends = outer["ts"], outer["ts"] + outer["dur"]
    return event is not outer and event["name"] != "RunTask" and begins <= event["ts"] < ends


def _outermost(events: Iterable[Event]) -> Iterator[Event]:
    """Return the events that take time and are not part of one before."""
    until = 0
    for event in events:
        if event["ph"] == "X" and event["ts"] >= until:
            until = event["ts"] + event["dur"]
            yield event


def _ours(part: Event, inside: Sequence[Event], dirty: dict[int, str], clock: str) -> int:
    """Return how much of a part of a task is ours, in microseconds.

    It belongs to the first script in it, but for the calls in it of somebody else's script.
    """
    within = [part, *(event for event in inside if _is_inside(event, part))]
    script = next(filter(None, map(_script, within)), dirty.get(part["ts"], ""))
    is_ours = _is_our(script)
    others = _outermost(
        event for event in within if event["name"] in _CALLS and _is_our(_script(event)) != is_ours
    )
    other = sum(int(event.get(clock, 0)) for event in others)
    return int(part.get(clock, 0)) - other if is_ours else other


def _script(event: Event) -> str:
    """Return the address of the script that an event tells of, if any."""
    arguments = event.get("args", {})
    data = arguments.get("data") or arguments.get("beginData") or {}
    stack = data.get("stackTrace") or [{}]
    address = stack[0].get("url") or (data.get("url") if event["name"] in _CALLS else "")
    return str(address or "")


def _is_our(address: str) -> bool:
    path = urlsplit(address).path
    return path.startswith(_OURS) and not path.startswith(_THEIRS)
