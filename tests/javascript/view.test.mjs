import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";

import { find, openPage } from "./page.mjs";

import { View } from "../../docs/assets/quiz/view.mjs";

/** @type {View} */
let view;

beforeEach(() => {
  view = new View(openPage());
});

describe("the page holds all parts of the quiz", () => {
  test("a part that is missing is named", () => {
    find('[data-cx="status"]').remove();
    assert.throws(() => view.part("status"), /no part “status”/u);
  });

  test("a part is filled from a template as often as need be", () => {
    view.announce("copied");
    assert.equal(view.announce("copied").textContent, "Copied");
  });
});

describe("a screen of Python takes the place of whatever was there", () => {
  test("a failure is gone, and so is the quiz on paper", () => {
    view.showFailure("no");
    view.showScreen("<p>Next</p>");
    assert.equal(view.screen.innerHTML, "<p>Next</p>");
    assert.equal(view.screen.hidden, false);
    assert.equal(view.part("status").childNodes.length, 0);
    assert.ok(!find("#cx-paper").hasAttribute("data-cx-shown"));
  });
});

describe("a failure shows a way on", () => {
  test("the quiz on paper, the detail and the focus on what has happened", () => {
    view.showFailure("download: <cut>");
    assert.ok(view.screen.hidden);
    assert.equal(find('[data-cx="status"] [data-cx="detail"]').textContent, "download: <cut>");
    assert.ok(find("#cx-paper").hasAttribute("data-cx-shown"));
    assert.equal(document.activeElement?.textContent, "Failure");
  });
});

describe("the reader sees how far the download is", () => {
  test("once they wait for it", () => {
    view.showProgress(1, 4);
    view.showWaiting("loading");
    view.showProgress(2, 4);
    const bar = find('[data-cx="status"] progress');
    assert.deepEqual([bar.getAttribute("max"), bar.getAttribute("value")], ["4", "2"]);
  });
});

describe("that nothing is kept is said once a page", () => {
  test("and stays when the screen changes", () => {
    view.showStorageNotice();
    const said = view.part("notice").firstChild;
    view.showScreen("<p>Next</p>");
    view.showStorageNotice();
    assert.equal(view.part("notice").firstChild, said);
  });
});

describe("the focus goes with the screen", () => {
  beforeEach(() => {
    view.showScreen('<h3 id="cx-focus" tabindex="-1">Next</h3><button>Here</button>');
  });

  test("from within the quiz", () => {
    find('[data-cx="screen"] button').focus();
    view.moveFocus(find("#cx-focus"));
    assert.equal(document.activeElement?.id, "cx-focus");
  });

  test("but not away from a reader who has gone elsewhere meanwhile", () => {
    find("#elsewhere").focus();
    view.moveFocus(find("#cx-focus"));
    assert.equal(document.activeElement?.id, "elsewhere");
  });

  test("and nowhere if there is no such element", () => {
    find('[data-cx="screen"] button').focus();
    view.moveFocus(null);
    assert.equal(document.activeElement?.textContent, "Here");
  });
});
