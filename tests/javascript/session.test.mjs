import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";

import { find, openPage, ROOT } from "./page.mjs";
import { replace } from "./stand_ins.mjs";

import { Session } from "../../docs/assets/quiz/session.mjs";
import { Storage } from "../../docs/assets/quiz/storage.mjs";
import { View } from "../../docs/assets/quiz/view.mjs";

const SCREEN = '<form><input type="text" name="name"></form>';

/** @type {Storage} */
let storage;
/** @type {View} */
let view;
/** @type {Session} */
let session;

beforeEach(() => {
  view = new View(openPage());
  storage = new Storage(ROOT);
  session = new Session(storage, view);
});

/** @param {unknown} kept  What stands in the browser's storage. */
function keep(kept) {
  localStorage.setItem(`cxquiz:${ROOT}:session`, JSON.stringify(kept));
}

describe("a reader who comes back finds what they left", () => {
  test("the answers, the screen and what was typed", () => {
    keep({ answers: { a: 1 }, html: SCREEN, title: "Name", draft: [["name", "Ada"]] });
    session.restore(ROOT);
    assert.deepEqual(session.answers, { a: 1 });
    assert.equal(session.html, SCREEN);
    assert.equal(Reflect.get(find('[name="name"]'), "value"), "Ada");
  });

  test("and without anything kept the page as it was built", () => {
    const before = view.screen.innerHTML;
    session.restore(ROOT);
    assert.equal(session.answers, null);
    assert.equal(view.screen.innerHTML, before);
  });

  test("a screen that cannot be trusted is left to Python, when the reader says so", () => {
    keep({ answers: { a: 1 }, html: "<p><img src=x></p>", title: "Name" });
    session.restore(ROOT);
    assert.equal(session.html, "");
    assert.ok(view.screen.querySelector('[data-cx="go-on"]'));
    assert.ok(!view.screen.querySelector("img"));
  });

  for (const html of [3, null, ["<p>"], {}]) {
    test(`what is no text is no screen: ${JSON.stringify(html)}`, () => {
      keep({ answers: null, html });
      const before = view.screen.innerHTML;
      session.restore(ROOT);
      assert.equal(view.screen.innerHTML, before);
    });
  }
});

describe("the browser keeps each step", () => {
  test("the session, the screen and the form as they stand", () => {
    view.showScreen(SCREEN);
    Reflect.set(find('[name="name"]'), "value", "Ada");
    session.update({ answers: { a: 1 }, html: SCREEN, title: "Name", focus: "cx-focus" });
    assert.deepEqual(storage.read(), {
      answers: { a: 1 },
      html: SCREEN,
      title: "Name",
      draft: [["name", "Ada"]],
    });
  });

  test("a screen without a form has no draft", () => {
    view.showScreen("<p>Result</p>");
    session.keep();
    assert.deepEqual(storage.read().draft, []);
  });

  test("a reader whose browser keeps nothing is told", (context) => {
    replace(context, "localStorage", {});
    session.keep();
    assert.equal(view.part("notice").textContent, "Not kept");
  });
});
