"""From the press of “My relationships” to the map, with Python running, on the real page."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any, Final

from cxquiz.authoring.model_file import load_model
from cxquiz.formats.portfolio_json import to_text
from cxquiz.map.chains import MOST
from tests.bench.browser import RESTART, new_browser
from tests.browser.relationships import KEY, many

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

    from tests.bench.host import Host

PRESSES: Final = 9
"""How many presses are timed."""

PAUSE: Final = 3000
"""So many milliseconds a reader looks at the page before the first press."""

# Each press comes from the first question, so that the map is new in the page. The clock runs
# until it stands there, and until the browser has drawn it.
_PRESS: Final = (
    f"async ([count, pause]) => {{{RESTART}"
    """
  const times = [];
  for (let number = 0; number < count; number += 1) {
    await after(anew); // the first time Python starts
    await new Promise((resolve) => setTimeout(resolve, number ? 0 : pause));
    const pressed = performance.now();
    const [there, drawn] = await after(() => quiz.querySelector("[data-cx=mine]").click());
    if (!quiz.querySelector(".cx-map")) throw new Error("no map");
    times.push([there - pressed, drawn - pressed]);
  }
  return times;
}"""
)


def measure_map(playwright: Playwright, host: Host) -> dict[str, Any]:
    """Return how long it takes to show the largest map, in milliseconds.

    ``there`` is until it stands in the page, and ``drawn`` until it is drawn. ``first`` is the
    first press after the start of Python; ``at_once`` is one without a pause before it.
    """
    at_once = _presses(playwright, host, 1, 0)
    times = _presses(playwright, host, PRESSES, PAUSE)
    return {
        "relationships": MOST,
        "presses": len(times),
        **{
            name: {
                "at_once": round(at_once[0][place], 1),
                "first": round(times[0][place], 1),
                "p50": round(median(time[place] for time in times), 1),
                "most": round(max(time[place] for time in times), 1),
            }
            for place, name in enumerate(("there", "drawn"))
        },
    }


def _presses(playwright: Playwright, host: Host, count: int, pause: int) -> list[list[float]]:
    """Press so often, in a browser of its own."""
    with new_browser(playwright) as context:
        page = context.new_page()
        page.goto(host.root + "quiz/")
        kept = to_text(many(load_model(), MOST))
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, kept])
        page.reload()
        page.evaluate("customElements.whenDefined('cx-quiz').then(() => true)")
        times: list[list[float]] = page.evaluate(_PRESS, [count, pause])
        return times
