"""Chromium for the measurements: each time a new one, with a cache of its own."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cxquiz.quiz.session import Session, to_json
from tests.browser.conftest import BROWSERS
from tests.browser.quiz import STORAGE_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page, Playwright

TIMEOUT: Final = 300_000
"""How long to wait for anything, in milliseconds: the slowest way on the slowest line."""

_ANSWERED: Final = to_json(
    Session(
        entries={
            "organisation": ("different",),
            "use": ("none",),
            "money": ("we_pay",),
            "buying": ("none",),
            "direction": ("for_us",),
            "failure": ("separate",),
            "decisions": ("we",),
            "reporting": ("no",),
            "oversight": ("none",),
            "distance": ("direct",),
        },
        last_seen=True,
        finished=True,
    )
)

WATCH: Final = f"""
localStorage.setItem({json.dumps(STORAGE_KEY)}, {json.dumps(json.dumps({"answers": _ANSWERED}))});
window.bench = {{ tasks: [] }};
new PerformanceObserver((list) => {{
  for (const task of list.getEntries()) bench.tasks.push([task.startTime, task.duration]);
}}).observe({{ type: "longtask", buffered: true }});
new MutationObserver((_, observer) => {{
  if (document.querySelector("cx-quiz .cx-result")) {{
    bench.result = performance.now();
    observer.disconnect();
  }}
}}).observe(document, {{ childList: true, subtree: true }});
"""
"""Runs before the page: all answers are given, so one press shows the result; and it is watched."""

PRESS: Final = """
customElements.whenDefined("cx-quiz").then(() => {
  document.querySelector("cx-quiz [data-cx=go-on]").click();
});
"""
"""Presses, as soon as there is something to press, what shows the result."""


RESTART: Final = """
  const quiz = document.querySelector("cx-quiz");
  const part = quiz.querySelector("[data-cx=screen]");
  const after = (act) => new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const there = performance.now();
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve([there, performance.now()])));
    });
    observer.observe(part, { childList: true });
    act();
  });
  const anew = () => {
    const form = document.createElement("form");
    form.innerHTML = '<input name="cx-action" value="restart">';
    quiz.append(form);
    form.requestSubmit();
    form.remove();
  };
"""
"""Begins what runs in the page: ``after`` times what an act leads to, ``anew`` begins again."""


def launch_options() -> dict[str, Any]:
    """Return how Chromium is started: the machine's own where there is one, else Playwright's."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return {
        "executable_path": found,
        "args": ["--no-sandbox"] if as_root else [],  # Chromium does not start as root otherwise
    }


@contextmanager
def new_browser(playwright: Playwright) -> Iterator[BrowserContext]:
    """Start Chromium with an empty folder of its own on the disk, as a reader has one."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        context = playwright.chromium.launch_persistent_context(folder, **launch_options())
        context.set_default_timeout(TIMEOUT)
        try:
            yield context
        finally:
            context.close()


def memory_of(page: Page) -> float | None:
    """Return what the page's process holds of the machine's memory, in megabytes.

    Shared pages count by their share (PSS). Nothing where the machine does not tell: it takes
    Linux, and a browser that lets its processes be looked at.
    """
    browser = page.context.browser
    if browser is None:
        return None
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    sizes = [_pss(process["id"]) for process in processes if process["type"] == "renderer"]
    # The browser keeps a spare process ready, which is small.
    return max(filter(None, sizes), default=None)


def _pss(process: int) -> float | None:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return None
    return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith("Pss:"))
