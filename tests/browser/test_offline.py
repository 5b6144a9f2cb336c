"""The site without a connection, on second visits, and over updates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import Error, expect

from macros.release.release import SERVICE_WORKER
from tests.browser.conftest import TIMEOUT
from tests.browser.quiz import READING, Quiz
from tests.browser.releases import ADDED, NEW, OLD, RELEASE, next_release
from tests.browser.searching import Search
from tests.browser.server import SUB_PATH, SiteServer
from tests.browser.states import CLEAR
from tests.built_site import build_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from cxquiz.model.types import Model

pytestmark = pytest.mark.browser

KEEPING: Final = "quiz/on-this-device/"
ANOTHER: Final = "ideas/money/"
NEVER_VISITED: Final = "ideas/words/"
PREFIX: Final = f"cxquiz:{SUB_PATH}:"

POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; img-src 'self'; style-src 'self'"
)

# Waits for what a promise tells. Playwright's own wait takes the promise itself for an answer, and
# a strict policy forbids it.
EVENTUALLY: Final = """async ([limit, arg]) => {
  for (const end = Date.now() + limit; Date.now() < end; ) {
    const answer = await (%s)(arg);
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("it has not come to be");
}"""

FORGET: Final = "caches.keys().then((all) => Promise.all(all.map((name) => caches.delete(name))))"
"""What a browser does that runs short of space."""

# All that the caches hold: addresses and contents.
CONTENTS: Final = """async () => {
  const texts = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      texts.push(`${name} ${request.url} ${await response.text()}`);
    }
  }
  return texts;
}"""


class Reader:
    """A reader who uses the quiz, and what their browser keeps of the site."""

    def __init__(self, quiz: Quiz) -> None:
        """Watch the reader of a quiz."""
        self.quiz = quiz
        self.page = quiz.page
        self.server = quiz.server

    # What they do

    def use(self, path: str = "quiz/") -> None:
        """Answer a question, and wait until the browser keeps the site."""
        self.quiz.open(path)
        self.quiz.answer_anything()
        self.wait_until_controlled()

    def keep(self) -> None:
        """Keep the whole playbook on this device."""
        self.quiz.open(KEEPING)
        self.button("Keep this playbook").click()
        expect(self.button("Remove")).to_be_visible()

    def read(self, path: str) -> None:
        """Open a page that is there, with or without a connection."""
        self.quiz.open(path)
        expect(self.page.get_by_role("heading", level=1)).not_to_contain_text("not kept")

    def button(self, name: str) -> Locator:
        """Return the button of that name on the page that keeps the playbook."""
        return self.page.get_by_role("button", name=name)

    # What their browser does

    def release(self) -> dict[str, str]:
        """Return which release each part of the open page is of."""
        self.page.wait_for_function("customElements.get('cx-quiz') !== undefined")
        return dict(self.page.evaluate(RELEASE))

    def wait_until(self, function: str, arg: object = None) -> Any:  # noqa: ANN401 - JavaScript's
        """Wait until a function of JavaScript gives something other than nothing, and return it."""
        return self.page.evaluate(EVENTUALLY % function, [TIMEOUT, arg])

    def wait_until_controlled(self) -> None:
        """Wait until a service worker serves the open page."""
        self.wait_until("() => navigator.serviceWorker.controller?.state === 'activated'")

    def wait_until_whole(self, but: str = "") -> str:
        """Wait until one release is kept whole, and return its cache.

        Args:
            but: The cache of another release.
        """
        found = self.wait_until(
            """async ([prefix, but, list]) => {
              const names = (await caches.keys()).filter((it) => it.startsWith(prefix));
              if (names.length !== 1 || names[0] === but) return "";
              const cache = await caches.open(names[0]);
              return (await cache.match(list)) ? names[0] : "";
            }""",
            [f"{PREFIX}pages:", but, f"{self.quiz.root}?files"],
        )
        return str(found)

    def caches(self) -> list[str]:
        """Return the names of all caches of the origin."""
        return list(self.page.evaluate("caches.keys()"))

    def registrations(self) -> int:
        """Return how many service workers the origin has."""
        count = "navigator.serviceWorker.getRegistrations().then((found) => found.length)"
        return int(self.page.evaluate(count))


@pytest.fixture
def reader(quiz: Quiz) -> Reader:
    """A reader who comes for the first time."""
    return Reader(quiz)


@pytest.fixture(scope="session")
def later(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The next release of the site."""
    return next_release(site, tmp_path_factory.mktemp("later") / "site")


class TestReading:
    """Rule: whoever only reads gets no service worker."""

    def test_reading_registers_nothing(self, reader: Reader) -> None:
        """Who never answers a question pays nothing for those who do."""
        for path in ("", ANOTHER, KEEPING):
            reader.quiz.open(path)
            reader.quiz.catch_up()
        assert reader.server.asked_for(f"*{SERVICE_WORKER}") == []
        assert reader.registrations() == 0
        assert reader.caches() == []


class TestFirstUse:
    """Rule: once the quiz has answered, it works without a connection where the reader was."""

    def test_the_whole_quiz_without_a_connection(self, reader: Reader) -> None:
        """From the first question to the reading."""
        reader.use()
        reader.server.go_down()
        reader.quiz.open()
        reader.quiz.begin_anew()
        reader.quiz.go_to_result(CLEAR)
        expect(reader.quiz.element.locator(".cx-verdict--clear")).to_be_visible()

    def test_pages_visited_later_are_kept(self, reader: Reader) -> None:
        """Also by an address with words to mark on the page, as the search gives it."""
        reader.use()
        reader.quiz.open(ANOTHER)
        reader.server.go_down()
        reader.quiz.open("")
        reader.read(f"{ANOTHER}?h=money#related")
        reader.quiz.answer_anything()
        assert len(reader.quiz.answers()) == 2

    def test_keeping_downloads_nothing_twice(self, reader: Reader) -> None:
        """What Python is made of goes from the browser's own cache into the kept copy."""
        reader.server.cache_control = "max-age=600"
        reader.use()
        asked = reader.server.asked_for(f"{SUB_PATH}assets/*")
        assert sorted(asked) == sorted(set(asked))

    def test_a_second_visit_asks_for_nothing_of_python(self, reader: Reader) -> None:
        """Only the page itself and what may change with it are looked up."""
        reader.use()
        before = len(reader.server.requests)
        reader.page.close()
        reader.page = reader.page.context.new_page()
        again = Quiz(reader.page, reader.server, reader.quiz.model)
        again.open()
        again.answer_anything()
        asked = set(reader.server.requests[before:])
        changing = ("*/quiz/", "*/search*.json", f"*{SERVICE_WORKER}", "*/icons/*", "*.webmanifest")
        of_those = {path for pattern in changing for path in reader.server.asked_for(pattern)}
        assert asked - of_those == set()

    def test_a_page_that_is_not_kept_says_so(self, reader: Reader) -> None:
        """It leads to what is kept, and the quiz works on it."""
        reader.use(ANOTHER)
        reader.server.go_down()
        reader.quiz.open(NEVER_VISITED)
        article = reader.page.get_by_role("article")
        expect(article.get_by_role("heading", level=1)).to_contain_text("not kept")
        reader.quiz.answer_anything()
        assert len(reader.quiz.answers()) == 2
        article.get_by_role("link", name=re.compile("Money")).click()
        expect(reader.page).to_have_url(reader.quiz.root + ANOTHER)
        assert reader.release() == OLD

    def test_an_address_without_its_slash_leads_to_the_page(self, reader: Reader) -> None:
        """The site itself does so, and people type addresses."""
        reader.use()
        reader.server.go_down()
        reader.quiz.open("quiz")
        expect(reader.page).to_have_url(f"{reader.quiz.root}quiz/")

    def test_no_answer_is_kept_with_it(self, reader: Reader) -> None:
        """What a reader types about people and work stays where the quiz keeps it."""
        reader.quiz.open("quiz/#private-part-of-a-link")
        reader.quiz.field("name").fill("Anna-Private")
        reader.quiz.go_to_result(CLEAR)
        reader.wait_until_controlled()
        contents = reader.page.evaluate(CONTENTS)
        assert len(contents) > 10
        assert [it[:200] for it in contents if "Anna" in it or "private-part" in it] == []

    def test_a_strict_policy_is_enough(self, reader: Reader) -> None:
        """An organisation may forbid everything else."""
        reader.server.headers["Content-Security-Policy"] = POLICY
        reader.server.errors_expected = True  # the theme's own scripts and styles are forbidden
        reader.use()
        reader.server.go_down()
        reader.quiz.open()
        reader.quiz.answer_anything()
        assert len(reader.quiz.answers()) == 2


class TestLeftAlone:
    """Rule: what is no page or file of the site goes to the network as if nothing was kept."""

    @pytest.mark.parametrize(
        ("path", "options"),
        [
            ("quiz/", {"method": "POST"}),
            ("quiz/", {"headers": {"Range": "bytes=0-9"}}),
            ("quiz/", {"cache": "no-store"}),
            ("quiz/?page", {}),
            ("sitemap.xml", {}),
        ],
    )
    def test_other_requests(self, reader: Reader, path: str, options: dict[str, Any]) -> None:
        """Each of them fails where there is no connection, as the browser lets it fail."""
        reader.use()
        reader.server.go_down()
        ask = "([url, options]) => fetch(url, options).then(() => 'answered', () => 'failed')"
        assert reader.page.evaluate(ask, [reader.quiz.root + path, options]) == "failed"
        assert reader.page.evaluate(ask, [f"{reader.quiz.root}quiz/", {}]) == "answered"

    def test_a_page_that_does_not_exist_is_not_kept(self, reader: Reader) -> None:
        """A slip in an address would be there for good."""
        reader.use()
        reader.server.errors_expected = True  # the browser logs each answer of 404
        reader.quiz.open("no/such/page/")
        reader.server.go_down()
        with pytest.raises(Error, match="net::ERR"):
            reader.quiz.open("no/such/page/")


class TestUpdate:
    """Rule: a new release is seen at once, and no page is made of two releases."""

    def test_the_next_load_is_of_the_new_release(self, reader: Reader, later: Path) -> None:
        """Page, style and script, while the service worker is still the old one."""
        reader.use()
        reader.server.deploy(later)
        reader.page.reload()
        assert reader.release() == NEW
        reader.quiz.answer_anything()

    def test_the_kept_copy_is_renewed(self, reader: Reader, later: Path) -> None:
        """Without a connection, too, and also the pages that were not opened since."""
        reader.use(ANOTHER)
        reader.quiz.open()
        old = reader.wait_until_whole()
        reader.server.deploy(later)
        reader.page.reload()
        reader.wait_until_whole(but=old)
        reader.wait_until_controlled()
        reader.server.go_down()
        for path in ("quiz/", ANOTHER):
            reader.read(path)
            assert reader.release() == NEW
            reader.quiz.answer_anything()

    def test_an_open_page_of_the_old_release_goes_on(self, reader: Reader, later: Path) -> None:
        """Somebody reads a page for an hour, and answers its quiz then."""
        reader.use(ANOTHER)
        old = reader.wait_until_whole()
        other = Quiz(reader.page.context.new_page(), reader.server, reader.quiz.model)
        other.open("")
        reader.server.deploy(later)
        reader.page.reload()
        reader.wait_until_whole(but=old)
        assert reader.release() == NEW
        other.answer_anything()
        assert other.page.evaluate(RELEASE) == OLD

    @pytest.mark.parametrize("fault", ["miss", "cut", "go_down", "change"])
    def test_a_failed_update_keeps_the_old_release(
        self, reader: Reader, later: Path, fault: str
    ) -> None:
        """A file that is missing, broken off or not the right one: then all of it is left."""
        reader.use()
        old = reader.wait_until_whole()
        reader.server.deploy(later)
        broken = "*/offline/keep.mjs"  # nothing on the page itself needs it
        rest = (lambda content: content + b" ",) if fault == "change" else ()
        getattr(reader.server, fault)(broken, *rest)
        reader.page.evaluate(
            """async () => {
              const registration = await navigator.serviceWorker.getRegistration();
              const failed = new Promise((resolve) => {
                registration.addEventListener("updatefound", () => {
                  const coming = registration.installing;
                  coming.addEventListener("statechange", () => resolve(coming.state));
                });
              });
              await registration.update();
              return failed;
            }"""
        )
        reader.server.go_down()
        reader.page.reload()
        assert reader.release() == OLD
        reader.quiz.answer_anything()
        assert reader.wait_until_whole() == old

    def test_after_a_failed_update_the_next_one_succeeds(self, reader: Reader, later: Path) -> None:
        """Nothing that has failed once stays in the way."""
        reader.use()
        old = reader.wait_until_whole()
        reader.server.deploy(later)
        reader.server.miss("*/offline/keep.mjs")
        reader.page.reload()
        reader.server.wait_for("*/offline/keep.mjs")
        reader.server.mend()
        reader.page.reload()
        reader.wait_until_whole(but=old)

    def test_a_silent_site_shows_an_old_page_once_at_most(
        self, reader: Reader, later: Path
    ) -> None:
        """Once the site is known to be newer, its answer is waited for, however slow it is."""

        def impatient(content: bytes) -> bytes:
            changed = content.replace(b"PATIENCE = 4_000", b"PATIENCE = 0")
            assert changed != content
            return changed

        source = (reader.server.folder / SERVICE_WORKER).read_bytes()
        reader.server.change(f"*{SERVICE_WORKER}", lambda _: impatient(source))  # and no update
        reader.use()
        reader.server.deploy(later)
        reader.page.reload()
        reader.wait_until("(name) => caches.has(name)", f"{PREFIX}behind")
        reader.page.reload()
        assert reader.release() == NEW


class TestCleared:
    """Rule: where the browser has cleared the copy, the site is asked, and the copy made again."""

    def test_with_a_connection_it_is_made_again(self, reader: Reader) -> None:
        """The reader notices nothing."""
        reader.use()
        reader.page.evaluate(FORGET)
        reader.page.reload()
        reader.quiz.answer_anything()
        reader.wait_until_whole()
        reader.server.go_down()
        reader.page.reload()
        reader.quiz.answer_anything()
        assert len(reader.quiz.answers()) == 3

    def test_without_a_connection_the_browser_says_so(self, reader: Reader) -> None:
        """A plain failure, as on every other site, and no page that loads for ever."""
        reader.use()
        reader.page.evaluate(FORGET)
        reader.server.go_down()
        with pytest.raises(Error, match="net::ERR"):
            reader.page.reload()

    def test_a_damaged_file_is_replaced(self, reader: Reader) -> None:
        """“Try again” asks the site, and what that gives takes the damaged one's place."""
        reader.use()
        reader.page.evaluate(
            """async (name) => {
              const cache = await caches.open(name);
              const keys = await cache.keys();
              const wasm = keys.find(({ url }) => url.endsWith(".wasm.zst"));
              await cache.put(wasm, new Response("damaged"));
            }""",
            f"{PREFIX}files",
        )
        reader.quiz.open(READING)
        before = len(reader.server.asked_for("*.wasm.zst"))
        # Without a sign of intent before it, so that the answer surely waits when Python fails.
        reader.quiz.button("continue_button").evaluate(
            """(button) => {
              button.form.querySelector(".cx-choice input").checked = true;
              button.form.requestSubmit(button);
            }"""
        )
        expect(reader.quiz.failure).to_be_visible()
        assert len(reader.server.asked_for("*.wasm.zst")) == before
        shown = reader.quiz.screen.input_value()
        reader.quiz.button("failure_retry").click()
        expect(reader.quiz.screen).not_to_have_value(shown)
        assert len(reader.server.asked_for("*.wasm.zst")) == before + 1
        reader.server.go_down()
        reader.page.reload()
        reader.quiz.answer_anything()


class TestKeep:
    """Rule: a reader may keep the whole playbook, and remove it again."""

    def test_every_page_and_the_search_without_a_connection(
        self, reader: Reader, *, in_material: bool
    ) -> None:
        """Also for who has never used the quiz."""
        reader.keep()
        reader.server.go_down()
        reader.read(NEVER_VISITED)
        reader.quiz.answer_anything()
        search = Search(reader.page, in_material=in_material)
        search.type("chargeback")
        expect(search.results.first).to_be_visible()

    def test_its_size_is_told_before(self, reader: Reader) -> None:
        """On a line that is paid for by the megabyte, readers want to know."""
        reader.quiz.open(KEEPING)
        expect(reader.page.get_by_text(re.compile(r"about [5-9].MB"))).to_be_visible()

    def test_an_update_renews_all_of_it(self, reader: Reader, later: Path) -> None:
        """What was asked for once is kept of each release, also what only that one has."""
        reader.keep()
        old = reader.wait_until_whole()
        reader.server.deploy(later)
        reader.page.reload()
        reader.wait_until_whole(but=old)
        reader.wait_until_controlled()
        reader.page.reload()
        expect(reader.button("Remove")).to_be_visible()
        reader.server.go_down()
        for path in (NEVER_VISITED, ADDED):
            reader.read(path)
            assert reader.release() == NEW

    @pytest.mark.parametrize("whole", [True, False], ids=["all of it", "what came by itself"])
    def test_removing_leaves_nothing_and_is_remembered(
        self,
        reader: Reader,
        whole: bool,  # noqa: FBT001 - a case
    ) -> None:
        """The quiz goes on, and does not keep itself again unasked."""
        if whole:
            reader.keep()
        else:
            reader.use(KEEPING)
            reader.page.reload()
        reader.button("Remove").click()
        expect(reader.page.get_by_text("gone from this device")).to_be_visible()
        assert reader.caches() == []
        assert reader.registrations() == 0
        reader.quiz.answer_anything()
        reader.page.reload()
        reader.quiz.answer_anything()
        reader.page.evaluate("new Promise((resolve) => requestIdleCallback(resolve))")
        reader.quiz.catch_up()
        assert reader.registrations() == 0
        assert reader.caches() == []

    def test_a_copy_that_the_browser_has_cleared_is_told_of(self, reader: Reader) -> None:
        """Who relies on it shall know before the train leaves."""
        reader.keep()
        reader.page.evaluate(FORGET)
        reader.page.reload()
        expect(reader.page.get_by_text("no longer kept whole")).to_be_visible()
        reader.button("Keep this playbook").click()
        expect(reader.button("Remove")).to_be_visible()

    def test_a_broken_connection_is_told_of(self, reader: Reader) -> None:
        """And a second try goes on from there."""
        reader.use()
        reader.server.cut(f"*/{NEVER_VISITED}")
        reader.quiz.open(KEEPING)
        reader.button("Keep this playbook").click()
        expect(reader.page.get_by_text("could not be kept whole")).to_be_visible()
        reader.server.mend()
        reader.button("Try again").click()
        expect(reader.button("Remove")).to_be_visible()

    @pytest.mark.parametrize("used", [True, False], ids=["used before", "not used before"])
    def test_a_full_device_is_told_of(self, reader: Reader, used: bool) -> None:  # noqa: FBT001 - a case
        """Readers can make space; nothing else would help."""
        if used:
            reader.use()
        reader.server.errors_expected = True
        reader.quiz.open(KEEPING)
        browser = reader.page.context.new_cdp_session(reader.page)
        quota = {"origin": reader.server.origin, "quotaSize": 4_000_000 if used else 2_000_000}
        browser.send("Storage.overrideQuotaForOrigin", quota)
        reader.button("Keep this playbook").click()
        expect(reader.page.get_by_text("not enough space")).to_be_visible()

    @pytest.mark.parametrize(
        "script",
        [
            "delete Navigator.prototype.serviceWorker",
            """navigator.serviceWorker.register = () =>
              Promise.reject(new DOMException("refused", "SecurityError"))""",
        ],
        ids=["has none", "refuses"],
    )
    def test_a_browser_that_cannot_is_told_of(self, reader: Reader, script: str) -> None:
        """The quiz works there as ever."""
        reader.page.add_init_script(script)
        reader.quiz.open(KEEPING)
        button = reader.button("Keep this playbook")
        if button.is_visible():
            button.click()
        expect(reader.page.get_by_text("cannot keep the playbook")).to_be_visible()
        reader.quiz.answer_anything()
        assert len(reader.quiz.answers()) == 1


class TestSwitchedOff:
    """Rule: the people who run the site can take the service worker away from all readers."""

    @pytest.fixture
    def switched_off(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, in_material: bool
    ) -> Path:
        """The site with ``offline: false``."""
        monkeypatch.setenv("OFFLINE", "false")
        return build_site(tmp_path, "mkdocs" if in_material else "zensical")

    def test_the_next_visit_removes_it_and_none_comes_again(
        self, reader: Reader, switched_off: Path
    ) -> None:
        """Also all that it had kept."""
        reader.use()
        reader.server.deploy(switched_off)
        reader.page.reload()
        reader.wait_until("async () => !(await navigator.serviceWorker.getRegistration())")
        assert reader.caches() == []
        reader.page.reload()
        reader.quiz.answer_anything()
        reader.page.evaluate("new Promise((resolve) => requestIdleCallback(resolve))")
        reader.quiz.catch_up()
        assert reader.registrations() == 0
        reader.quiz.open(KEEPING)
        expect(reader.button("Keep")).to_have_count(0)
        expect(reader.page.get_by_text("switched off")).to_be_visible()


@pytest.fixture
def neighbours(page: Page, site: Path, model: Model) -> Iterator[tuple[Reader, Quiz]]:
    """Two sites of one organisation, which share an origin."""
    with SiteServer(site, (SUB_PATH, "/other/")) as server:
        yield Reader(Quiz(page, server, model)), Quiz(page, server, model, "/other/")


def test_a_site_next_door_is_left_alone(neighbours: tuple[Reader, Quiz]) -> None:
    """Its caches stay, and its pages are its own and hear nothing, whatever happens here."""
    reader, other = neighbours
    listener = Quiz(reader.page.context.new_page(), reader.server, reader.quiz.model, "/other/")
    listener.open()
    listener.page.evaluate(
        """() => {
          window.heard = 0;
          navigator.serviceWorker.onmessage = () => { window.heard += 1; };
        }"""
    )
    others = ["cxquiz:/other/:files", "cxquiz:/:files", "theirs"]
    other.open()
    reader.page.evaluate("(names) => Promise.all(names.map((it) => caches.open(it)))", others)
    reader.keep()
    assert listener.page.evaluate("heard") == 0
    other.open()
    assert reader.page.evaluate("navigator.serviceWorker.controller === null")
    reader.quiz.open(KEEPING)
    reader.button("Remove").click()
    expect(reader.page.get_by_text("gone from this device")).to_be_visible()
    assert sorted(reader.caches()) == sorted(others)


def test_browsers_can_install_the_site(reader: Reader) -> None:
    """Chromium itself says what is missing."""
    reader.use()
    browser = reader.page.context.new_cdp_session(reader.page)
    manifest: dict[str, Any] = browser.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert manifest["url"] == f"{reader.quiz.root}app.webmanifest"
    missing = browser.send("Page.getInstallabilityErrors")["installabilityErrors"]
    own_window = {"in-incognito"}  # each test's browser is one
    assert {it["errorId"] for it in missing} - own_window == set()
