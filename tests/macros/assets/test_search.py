"""The search waits until somebody searches."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any, Final

import pytest

from macros.assets.search import material_worker, move_texts
from macros.runtime.errors import RuntimeBuildError
from macros.runtime.node import find_node

if TYPE_CHECKING:
    from pathlib import Path

WORKERS: Final = "assets/javascripts/workers"

# What Material's worker does, in short: it makes an index, and answers with what it is made of.
MATERIAL: Final = """"use strict";
(() => {
  const made = [];
  addEventListener("message", async ({ data }) => {
    await undefined;
    if (data.type === 0) {
      made.push(data.data.options, ...data.data.docs);
    }
    postMessage(data.type === 0 ? { type: 1 } : { type: 3, data: [...made, data.data] });
  });
})();
"""

# A worker's own words in Node: it gets messages as the page sends them, and its answers are kept.
AS_WORKER: Final = """
const target = new EventTarget();
const said = [];
globalThis.self = globalThis;
globalThis.location = { href: "https://a.example/site/assets/bundled/search.js" };
let asked = 0;
globalThis.fetch = async (address) => {
  asked += 1;
  if (asked <= Number(process.argv[3])) throw new TypeError("no connection");
  return { json: async () => ({ docs: [String(address)] }) };
};
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

TEXTS: Final = "https://a.example/site/search/texts.json"
SETUP: Final = {"type": 0, "data": {"docs": [], "options": "options"}}
READY: Final = {"type": 1}
NOTHING: Final = {"type": 3, "data": {"items": []}}


def query(words: str) -> dict[str, Any]:
    """Return what the page sends when a reader has typed."""
    return {"type": 2, "data": words}


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A theme with Material's worker."""
    folder = tmp_path / "templates"
    (folder / WORKERS).mkdir(parents=True)
    (folder / WORKERS / "search.a7633da7.min.js").write_text(MATERIAL, "utf-8")
    return folder


class TestWorker:
    """Rule: nothing is indexed until somebody searches; then every answer is Material's own."""

    @pytest.fixture
    def worker(self, templates: Path, tmp_path: Path) -> Path:
        """The worker that pages load."""
        file = tmp_path / "search.js"
        file.write_text(material_worker([str(templates)])[1], "utf-8")
        return file

    def said(
        self, worker: Path, *bursts: list[dict[str, Any]], failures: int = 0
    ) -> list[dict[str, Any]]:
        """Return what the worker says to messages, of which each list comes at once.

        Args:
            worker: The worker.
            *bursts: The lists.
            failures: How often the texts cannot be reached before they can.
        """
        done = subprocess.run(
            [find_node(), "-e", AS_WORKER, str(worker), json.dumps(bursts), str(failures)],
            capture_output=True,
            text=True,
            check=True,
        )
        said: list[dict[str, Any]] = json.loads(done.stdout)
        return said

    def test_it_is_ready_without_an_index(self, worker: Path) -> None:
        """The page asks for nothing as soon as it is ready, and there is nothing to find."""
        assert self.said(worker, [SETUP, query("")]) == [READY, NOTHING]

    def test_the_first_words_make_the_index_once(self, worker: Path) -> None:
        """Later ones find it."""
        said = self.said(worker, [SETUP], [query("client")], [query("patient")])
        found = [it["data"] for it in said if it["type"] == 3]
        assert found == [["options", TEXTS, "client"], ["options", TEXTS, "patient"]]

    def test_who_types_on_gets_the_last_answer_last(self, worker: Path) -> None:
        """The index takes a moment, and the page shows what comes last."""
        said = self.said(worker, [SETUP], [query("cl"), query("clie"), query("client")])
        assert said[-1] == {"type": 3, "data": ["options", TEXTS, "client"]}

    def test_without_a_connection_nothing_is_found_until_it_is_back(self, worker: Path) -> None:
        """The reader's next words try again."""
        said = self.said(worker, [SETUP], [query("cl")], [query("client")], failures=1)
        assert said[:2] == [READY, NOTHING]
        assert said[-1] == {"type": 3, "data": ["options", TEXTS, "client"]}


class TestSite:
    """Rule: pages do not download what only a search needs."""

    @pytest.fixture
    def site(self, tmp_path: Path) -> Path:
        """A site with the texts of all pages."""
        file = tmp_path / "search" / "search_index.json"
        file.parent.mkdir()
        file.write_text('{"config": {"lang": ["en"]}, "docs": [{"text": "a"}]}', "utf-8")
        return tmp_path

    def test_the_worker_is_where_pages_name_it(self, templates: Path) -> None:
        """The theme puts ours in the place of that address."""
        assert material_worker([str(templates)])[0] == f"{WORKERS}/search.a7633da7.min.js"

    def test_a_theme_that_has_changed_is_named(self, tmp_path: Path) -> None:
        """A search that finds nothing would be noticed by readers first."""
        with pytest.raises(RuntimeBuildError, match=WORKERS):
            material_worker([str(tmp_path)])

    def test_the_texts_are_not_where_each_page_gets_them(self, site: Path) -> None:
        """Few readers search, and all would download them."""
        whole = (site / "search" / "search_index.json").read_text("utf-8")
        for _ in range(2):  # a site may be made ready twice
            move_texts(site)
            assert (site / "search" / "texts.json").read_text("utf-8") == whole
            left = json.loads((site / "search" / "search_index.json").read_text("utf-8"))
            assert left == {"config": {"lang": ["en"]}, "docs": []}

    def test_another_theme_keeps_its_search(self, tmp_path: Path) -> None:
        """Zensical has another one."""
        move_texts(tmp_path)
        assert list(tmp_path.iterdir()) == []
