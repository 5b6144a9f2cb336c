"""My relationships: kept in this browser, drawn, taken along, brought back, thrown away."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from cxquiz.formats.portfolio_json import to_text
from cxquiz.portfolio.portfolio import Kept, version
from cxquiz.quiz.session import LAST
from tests.browser.quiz import DESKTOP, PHONE
from tests.browser.relationships import KEY, keep
from tests.browser.states import CLEAR, ONE, OTHER, TWO_READINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from playwright.sync_api import Locator

    from cxquiz.model.types import Model
    from tests.browser.quiz import Quiz

pytestmark = pytest.mark.browser


def kept(quiz: Quiz) -> str:
    """Return what the browser keeps of the relationships."""
    return str(quiz.page.evaluate("key => localStorage.getItem(key) ?? ''", KEY))


def listed(quiz: Quiz) -> Locator:
    """Return the table's rows, each called by its relationship."""
    table = quiz.element.get_by_role("table", name=quiz.model.say("map_table_title"))
    return table.get_by_role("rowheader")


def keep_one(quiz: Quiz, name: str, answers: Mapping[str, Sequence[str]]) -> None:
    """Answer about somebody, and keep the result."""
    quiz.open()
    quiz.field("name").fill(name)
    quiz.go_to_result(answers)
    quiz.press("mine_keep_button")


def button_of(quiz: Quiz, wording: str, name: str) -> Locator:
    """Return the button, of those that each relationship has, of the one with that name."""
    called = f"{quiz.model.say(wording)} {name}"
    return quiz.element.get_by_role("button", name=called, exact=True)


def one_kept(model: Model, name: str) -> Kept:
    """Return a relationship as a file has it."""
    return Kept(name.lower(), name, version(model, CLEAR, kept="2026-01-31"))


class TestKeeping:
    """Rule: what is kept is there on each page, until the reader throws it away."""

    def test_two_are_drawn_and_listed(self, quiz: Quiz) -> None:
        """The map and the table name both."""
        keep_one(quiz, "The city library", CLEAR)
        quiz.press("mine_another")
        keep_one(quiz, "The lab", TWO_READINGS)
        expect(listed(quiz)).to_have_text(["The city library", "The lab"])
        expect(quiz.element.locator(".cx-map")).to_contain_text("The lab")

    def test_they_are_offered_on_every_page(self, quiz: Quiz) -> None:
        """And the quiz on the page goes on as it was."""
        keep_one(quiz, "The city library", CLEAR)
        quiz.open("ideas/money/")
        quiz.element.locator("[data-cx=mine]").click()
        expect(listed(quiz)).to_have_text(["The city library"])

    def test_a_reload_shows_them_without_python(self, quiz: Quiz) -> None:
        """The guard of kept screens knows the map."""
        keep_one(quiz, "The city library", CLEAR)
        asked = quiz.python_requests()
        quiz.open("ideas/money/")
        expect(listed(quiz)).to_have_text(["The city library"])
        quiz.catch_up()
        assert quiz.python_requests() == asked

    def test_one_can_be_opened_again_and_changed(self, quiz: Quiz) -> None:
        """It is the same one afterwards, and it is said what has changed."""
        keep_one(quiz, "The city library", CLEAR)
        quiz.go_by(button_of(quiz, "mine_open", "The city library"))
        quiz.go_by(quiz.change_button(ONE))
        quiz.answer(OTHER)
        quiz.go_on({})  # the quiz may need more now
        if quiz.shown == LAST:
            quiz.press("show_result_button")
        quiz.press("mine_keep_button")
        expect(listed(quiz)).to_have_text(["The city library"])
        changes = quiz.element.get_by_role("region", name=quiz.model.say("mine_changed_title"))
        expect(changes).to_contain_text("The city library")
        assert len(json.loads(kept(quiz))["relationships"][0]["earlier"]) == 1

    def test_removing_asks_first(self, quiz: Quiz) -> None:
        """A slip costs nothing."""
        keep_one(quiz, "The city library", CLEAR)
        remove = button_of(quiz, "mine_remove", "The city library")
        remove.click()
        quiz.button("mine_keep_them").click()
        expect(quiz.button("mine_remove_now")).to_be_hidden()
        expect(listed(quiz)).to_have_text(["The city library"])
        remove.click()
        quiz.button("mine_remove_now").click()
        expect(quiz.element).to_contain_text(quiz.model.say("mine_none"))

    def test_delete_everything_does(self, quiz: Quiz) -> None:
        """Nothing of this site is left in the browser, and the quiz begins anew."""
        keep_one(quiz, "The city library", CLEAR)
        quiz.element.get_by_text(quiz.model.say("mine_take_along")).click()
        quiz.button("mine_delete").click()
        quiz.button("mine_delete_now").click()
        expect(quiz.field("name")).to_have_value("")
        expect(quiz.element.locator("[data-cx=mine]")).to_be_hidden()
        assert "library" not in str(quiz.page.evaluate("JSON.stringify(localStorage)"))


class TestTurning:
    """Rule: the map suits the screen, also after it was turned."""

    def test_it_is_drawn_anew(self, quiz: Quiz) -> None:
        """Each phone can be held in two ways."""
        keep(quiz, 12)
        chart = quiz.element.locator("svg").first
        wide = chart.get_attribute("viewBox") or ""
        quiz.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        expect(chart).not_to_have_attribute("viewBox", wide)
        quiz.page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
        expect(chart).to_have_attribute("viewBox", wide)


class TestLargerMap:
    """Rule: where the column is too narrow for the map, the whole window shows it."""

    def test_it_opens_and_closes_by_the_keyboard(self, quiz: Quiz) -> None:
        """The reader is then where they were."""
        keep(quiz, 30)
        column = quiz.element.locator(".cx-map").first
        opener = quiz.button("mine_larger")
        opener.press("Enter")
        larger = quiz.page.get_by_role("dialog", name=quiz.model.say("map_title"))
        expect(larger).to_be_visible()
        boxes = [found.bounding_box() for found in (column, larger.locator(".cx-map"))]
        assert boxes[0] is not None
        assert boxes[1] is not None
        assert boxes[1]["width"] > boxes[0]["width"] + 300
        quiz.page.keyboard.press("Escape")
        expect(larger).to_be_hidden()
        expect(opener).to_be_focused()

    def test_its_boxes_lead_to_the_table(self, quiz: Quiz) -> None:
        """Which lies under it, so it closes."""
        keep(quiz, 30)
        quiz.button("mine_larger").click()
        larger = quiz.page.get_by_role("dialog", name=quiz.model.say("map_title"))
        larger.get_by_role("link", name="Party number 29").press("Enter")
        expect(larger).to_be_hidden()
        expect(quiz.page.locator("tr:target")).to_contain_text("Party number 29")

    def test_few_need_none(self, quiz: Quiz) -> None:
        """It would be the same picture."""
        keep(quiz, 2)
        expect(quiz.button("mine_print")).to_be_visible()
        expect(quiz.button("mine_larger")).to_be_hidden()


class TestFiles:
    """Rule: everything can be taken along and brought back; a bad file changes nothing."""

    @pytest.mark.parametrize(
        ("button", "ending", "begins"),
        [
            ("mine_json", ".json", b"{"),
            ("mine_csv", ".csv", b'"id"'),
            ("mine_md", ".md", b"#"),
            ("mine_svg", ".svg", b"<svg"),
            ("mine_png", ".png", b"\x89PNG"),
        ],
    )
    def test_a_file_is_saved(self, quiz: Quiz, button: str, ending: str, begins: bytes) -> None:
        """Each in its own form."""
        keep_one(quiz, "The city library", CLEAR)
        quiz.element.get_by_text(quiz.model.say("mine_take_along")).click()
        with quiz.page.expect_download() as download:
            quiz.button(button).click()
        assert download.value.suggested_filename.endswith(ending)
        assert Path(download.value.path()).read_bytes().startswith(begins)

    def test_a_file_is_brought_back(self, quiz: Quiz, tmp_path: Path) -> None:
        """From another browser, or from last year."""
        keep_one(quiz, "The city library", CLEAR)
        file = tmp_path / "mine.json"
        file.write_text(to_text((one_kept(quiz.model, "Lab"),)), "utf-8")
        quiz.element.get_by_text(quiz.model.say("mine_take_along")).click()
        quiz.element.get_by_label(quiz.model.say("mine_import")).set_input_files(file)
        expect(listed(quiz)).to_have_text(["The city library", "Lab"])

    def test_a_bad_file_changes_nothing(self, quiz: Quiz, tmp_path: Path) -> None:
        """It is said what is wrong with it."""
        keep_one(quiz, "The city library", CLEAR)
        before = kept(quiz)
        file = tmp_path / "other.json"
        file.write_text('{"kind": 1', "utf-8")
        quiz.element.get_by_text(quiz.model.say("mine_take_along")).click()
        quiz.element.get_by_label(quiz.model.say("mine_import")).set_input_files(file)
        expect(quiz.element).to_contain_text(quiz.model.say("mine_refused", file="other.json"))
        assert kept(quiz) == before

    def test_where_the_browser_keeps_nothing_it_is_saved_as_a_file(self, quiz: Quiz) -> None:
        """Storage can be full or forbidden; the work is not lost."""
        quiz.page.add_init_script(
            "const set = Storage.prototype.setItem;"
            "Storage.prototype.setItem = function (key, value) {"
            "  if (key.endsWith('relationships')) throw new DOMException('', 'QuotaExceededError');"
            "  return set.call(this, key, value);"
            "};"
        )
        quiz.open()
        quiz.field("name").fill("The city library")
        quiz.go_to_result(CLEAR)
        with quiz.page.expect_download() as download:
            quiz.press("mine_keep_button")
        assert "The city library" in Path(download.value.path()).read_text("utf-8")
        expect(quiz.status).to_have_text(quiz.model.say("mine_full"))
