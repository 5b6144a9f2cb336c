import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { find, openPage } from "./page.mjs";

import { fieldsOf, pressOnEnter, restoreDraft } from "../../docs/assets/quiz/form.mjs";

const SCREEN = `
  <form data-cx-enter="continue">
    <input type="hidden" name="cx-screen" value="money">
    <button name="cx-action" value="back">Back</button>
    <input type="radio" name="money" value="yes"><input type="radio" name="money" value="no">
    <input type="text" name="name" value="">
    <textarea name="work"></textarea>
    <select name="rank"><option value="1">1</option><option value="2">2</option></select>
    <p data-cx-enter="sign"><input type="text" name="cx-by"></p>
    <input type="text" id="link" readonly>
    <button name="cx-action" value="continue">Continue</button>
    <button type="button" value="sign">Sign</button>
  </form>`;

/** @returns {HTMLFormElement} */
function openForm() {
  openPage(SCREEN);
  return /** @type {HTMLFormElement} */ (find("form"));
}

/** @param {string} selector */
function field(selector) {
  return /** @type {HTMLInputElement} */ (find(selector));
}

describe("Python gets what the form sends", () => {
  test("chosen and typed, with the button that was pressed", () => {
    const form = openForm();
    field('[value="no"]').checked = true;
    field('[name="name"]').value = "Ada";
    assert.deepEqual(fieldsOf(form, find('[value="back"]')), [
      ["cx-screen", "money"],
      ["cx-action", "back"],
      ["money", "no"],
      ["name", "Ada"],
      ["work", ""],
      ["rank", "1"],
      ["cx-by", ""],
    ]);
  });

  test("nothing where there is no form", () => {
    assert.deepEqual(fieldsOf(null), []);
  });
});

describe("what was in the form before stands in it again", () => {
  test("all of it on the same screen", () => {
    const form = openForm();
    restoreDraft(form, [
      ["cx-screen", "money"],
      ["money", "yes"],
      ["name", "Ada"],
      ["work", "A survey"],
      ["rank", "2"],
    ]);
    assert.deepEqual(fieldsOf(form).slice(0, 5), [
      ["cx-screen", "money"],
      ["money", "yes"],
      ["name", "Ada"],
      ["work", "A survey"],
      ["rank", "2"],
    ]);
  });

  test("on another screen what was typed alone, since choices may mean something else there", () => {
    const form = openForm();
    restoreDraft(form, [
      ["cx-screen", "buying"],
      ["money", "yes"],
      ["name", "Ada"],
    ]);
    assert.equal(field('[name="name"]').value, "Ada");
    assert.equal(field('[value="yes"]').checked, false);
  });

  test("hidden fields stay as Python has rendered them", () => {
    const form = openForm();
    restoreDraft(form, [["cx-screen", "buying"]]);
    assert.equal(field('[name="cx-screen"]').value, "money");
  });

  for (const draft of [undefined, null, "text", [["name"]], [["name", 3]], [null], [["a", "b", "c"]]]) {
    test(`nothing of what is no list of fields: ${JSON.stringify(draft)}`, () => {
      const form = openForm();
      const before = fieldsOf(form);
      restoreDraft(form, draft);
      assert.deepEqual(fieldsOf(form), before);
    });
  }
});

describe("Enter presses the button that is meant", () => {
  /**
   * @param {string} selector  Where Enter is pressed.
   * @param {KeyboardEventInit} [init]
   */
  function press(selector, init = {}) {
    openForm();
    /** @type {string[]} */
    const pressed = [];
    for (const button of document.querySelectorAll("button")) {
      button.addEventListener("click", (event) => {
        event.preventDefault();
        pressed.push(button.value);
      });
    }
    const quiz = find("cx-quiz");
    const event = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...init });
    quiz.addEventListener("keydown", () => pressOnEnter(event, quiz));
    find(selector).dispatchEvent(event);
    return { pressed, isPrevented: event.defaultPrevented };
  }

  test("the form's, though another one comes first", () => {
    assert.deepEqual(press('[name="name"]'), { pressed: ["continue"], isPrevented: true });
  });

  test("a field's own rather than the form's", () => {
    assert.deepEqual(press('[name="cx-by"]').pressed, ["sign"]);
  });

  test("none while a word is being composed", () => {
    assert.deepEqual(press('[name="name"]', { isComposing: true }).pressed, []);
  });

  test("none by another key", () => {
    assert.deepEqual(press('[name="name"]', { key: "a" }).pressed, []);
  });

  test("none in a field of many lines, where Enter begins a line", () => {
    assert.deepEqual(press("textarea"), { pressed: [], isPrevented: false });
  });
});
