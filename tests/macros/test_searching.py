"""The search waits until somebody searches."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any, Final

import pytest

from macros.node import find_node
from macros.searching import search_on_demand

if TYPE_CHECKING:
    from pathlib import Path

WORKERS: Final = "assets/javascripts/workers"

# What Material's worker does, in short: it makes an index, and answers with how many it has made.
MATERIAL: Final = """"use strict";
(() => {
  let made = 0;
  addEventListener("message", async ({ data }) => {
    await undefined;
    made += data.type === 0;
    postMessage(data.type === 0 ? { type: 1 } : { type: 3, data: `${made} ${data.data}` });
  });
})();
"""

# A worker's own words in Node: it gets messages as the page sends them, and its answers are kept.
AS_WORKER: Final = """
const target = new EventTarget();
const said = [];
globalThis.self = globalThis;
globalThis.postMessage = (message) => said.push(message);
for (const name of ["addEventListener", "removeEventListener", "dispatchEvent"]) {
  globalThis[name] = target[name].bind(target);
}
const { readFileSync } = require("node:fs");
(0, eval)(readFileSync(process.argv[1], "utf8"));
const messages = JSON.parse(process.argv[2]);
(async () => {
  for (const burst of messages) {
    for (const data of burst) {
      const event = new MessageEvent("message", { data });
      Object.defineProperty(event, "isTrusted", { value: true });
      target.dispatchEvent(event);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  console.log(JSON.stringify(said));
})();
"""

SETUP: Final = {"type": 0, "data": {"docs": []}}
READY: Final = {"type": 1}


def query(words: str) -> dict[str, Any]:
    """Return what the page sends when a reader has typed."""
    return {"type": 2, "data": words}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site with Material's worker."""
    for name, text in {
        "index.html": f'{{"search": "{WORKERS}/search.a7633da7.min.js"}}',
        "a/index.html": f'{{"search": "../{WORKERS}/search.a7633da7.min.js"}}',
        f"{WORKERS}/search.a7633da7.min.js": MATERIAL,
    }.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return tmp_path


class TestWorker:
    """Rule: nothing is indexed until somebody searches; then every answer is Material's own."""

    def said(self, site: Path, *bursts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return what the worker says to messages, of which each list comes at once."""
        search_on_demand(site)
        (worker,) = (site / WORKERS).iterdir()
        done = subprocess.run(
            [find_node(), "-e", AS_WORKER, str(worker), json.dumps(bursts)],
            capture_output=True,
            text=True,
            check=True,
        )
        said: list[dict[str, Any]] = json.loads(done.stdout)
        return said

    def test_it_is_ready_without_an_index(self, site: Path) -> None:
        """The page asks for nothing as soon as it is ready, and there is nothing to find."""
        assert self.said(site, [SETUP, query("")]) == [READY, {"type": 3, "data": {"items": []}}]

    def test_the_first_words_make_the_index_once(self, site: Path) -> None:
        """Later ones find it."""
        said = self.said(site, [SETUP], [query("client")], [query("patient")])
        assert [it["data"] for it in said if it["type"] == 3] == ["1 client", "1 patient"]

    def test_who_types_on_gets_the_last_answer_last(self, site: Path) -> None:
        """The index takes a moment, and the page shows what comes last."""
        said = self.said(site, [SETUP], [query("cl"), query("clie"), query("client")])
        assert said[-1] == {"type": 3, "data": "1 client"}


class TestSite:
    """Rule: all pages load the new worker, under a name of its own."""

    def test_pages_lead_to_it(self, site: Path) -> None:
        """A browser may hold the old one under the old name."""
        search_on_demand(site)
        (worker,) = (site / WORKERS).iterdir()
        assert worker.name != "search.a7633da7.min.js"
        for page, way in (("index.html", ""), ("a/index.html", "../")):
            assert f'"{way}{WORKERS}/{worker.name}"' in (site / page).read_text("utf-8")

    def test_a_second_time_changes_nothing(self, site: Path) -> None:
        """A site may be made ready twice."""
        search_on_demand(site)
        before = {file.name: file.read_bytes() for file in (site / WORKERS).iterdir()}
        search_on_demand(site)
        assert {file.name: file.read_bytes() for file in (site / WORKERS).iterdir()} == before

    def test_another_theme_keeps_its_search(self, site: Path) -> None:
        """Zensical has another one."""
        shutil.rmtree(site / WORKERS)
        before = (site / "index.html").read_text("utf-8")
        search_on_demand(site)
        assert (site / "index.html").read_text("utf-8") == before
