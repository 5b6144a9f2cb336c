"""From an answer to the next question, with Python running, on the real page."""

from __future__ import annotations

from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, Final

from tests.bench.browser import RESTART, new_browser

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

    from tests.bench.host import Host

ANSWERS: Final = 200
"""How many answers are timed."""

# Answers as a reader does: ticks an option, presses Continue. The clock runs from the press until
# the new question stands in the page, and until the browser has drawn it. From the result it goes
# back to the start, which is not timed.
_ANSWER: Final = (
    f"async (count) => {{{RESTART}"
    """
  const screen = () => quiz.querySelector("[name=cx-screen]")?.value ?? "result";
  const press = () => quiz.querySelector(".cx-button--primary").click();
  const times = [];
  await after(anew); // Python starts
  while (times.length < count) {
    if (screen() === "result") {
      await after(anew);
      continue;
    }
    const options = [...quiz.querySelectorAll(".cx-choice input")];
    options[(times.length * 7) % (options.length || 1)]?.click();
    const before = screen();
    const pressed = performance.now();
    const [there, drawn] = await after(press);
    if (screen() === before) throw new Error(`no way on from ${before}`);
    times.push([there - pressed, drawn - pressed]);
  }
  return times;
}"""
)


def measure_answers(playwright: Playwright, host: Host) -> dict[str, Any]:
    """Return the figures of :data:`ANSWERS` answers, in milliseconds.

    ``there`` is until the next question stands in the page, ``drawn`` until it is drawn, which
    waits for the screen's next refresh.
    """
    with new_browser(playwright) as context:
        page = context.new_page()
        page.goto(host.root + "quiz/")
        page.evaluate("customElements.whenDefined('cx-quiz').then(() => true)")
        times = page.evaluate(_ANSWER, ANSWERS)
    there, drawn = zip(*times, strict=True)
    return {"answers": len(times), "there": _summary(there), "drawn": _summary(drawn)}


def _summary(times: tuple[float, ...]) -> dict[str, float]:
    return {
        "p50": round(median(times), 1),
        "p95": round(quantiles(times, n=20)[-1], 1),
        "most": round(max(times), 1),
    }
