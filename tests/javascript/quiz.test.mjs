import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";

import { ADDRESS, find, openPage, ROOT } from "./page.mjs";
import { openWorkers, replace, settle, until } from "./stand_ins.mjs";

import { Storage } from "../../docs/assets/quiz/storage.mjs";
import "../../docs/assets/quiz/quiz.mjs";

/** @typedef {import("../../docs/assets/quiz/contract.mjs").QuizReply} QuizReply */

const NEXT = '<h3 id="cx-focus" tabindex="-1">Next</h3>';

/** @type {import("./stand_ins.mjs").StandInWorker[]} */
let workers;

/** @returns {any[]}  What Python has been asked. */
function asked() {
  const sent = workers.flatMap((worker) => worker.sent);
  return sent.filter(({ type }) => type === "ask").map(({ request }) => request);
}

/** @param {Partial<QuizReply>} [parts] */
async function answer(parts) {
  const reply = { html: NEXT, title: "Next", focus: "cx-focus", answers: { a: 1 }, ...parts };
  const worker = workers.at(-1);
  worker?.say({ type: "reply", id: worker.sent.at(-1).id, reply });
  await settle();
}

function submit() {
  find("form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
}

/** @param {string} selector */
function press(selector) {
  find(selector).dispatchEvent(new MouseEvent("click", { bubbles: true }));
}

/** @param {string} [address] */
function open(address) {
  workers = openWorkers();
  openPage(undefined, address);
}

// Nobody waits for what the tests leave without an answer.
beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

describe("whoever only reads pays nothing", () => {
  beforeEach(() => open());

  test("Python is not started", () => {
    assert.equal(workers.length, 0);
  });

  test("the first sign of intent starts it", () => {
    find("cx-quiz button").dispatchEvent(new Event("focusin", { bubbles: true }));
    assert.equal(workers.length, 1);
    assert.deepEqual(asked(), []);
  });

  test("an element that is moved within the page is not begun anew", () => {
    const quiz = find("cx-quiz");
    document.body.append(quiz);
    submit();
    assert.equal(asked().length, 1);
  });
});

describe("an answer leads to the next screen", () => {
  beforeEach(() => {
    open();
    submit();
  });

  test("Python gets the form's fields", () => {
    assert.equal(asked()[0].type, "submit");
    assert.deepEqual(asked()[0].fields, [["cx-screen", "money"]]);
    assert.deepEqual(asked()[0].lens, ["money", "buying"]);
  });

  test("the reader sees the screen, with the title and the focus on it", async () => {
    await answer();
    assert.equal(find('[data-cx="screen"]').innerHTML, NEXT);
    assert.equal(document.title, "Next – Page");
    assert.equal(document.activeElement?.id, "cx-focus");
  });

  test("the browser keeps it", async () => {
    await answer();
    const { answers, html, title } = new Storage(ROOT).read();
    assert.deepEqual({ answers, html, title }, { answers: { a: 1 }, html: NEXT, title: "Next" });
  });

  test("it is a place to come back from", async () => {
    const before = history.length;
    await answer();
    assert.equal(history.length, before + 1);
    assert.deepEqual(history.state.cxquiz, { answers: { a: 1 } });
  });

  test("a form that came back with errors is none", async () => {
    const before = history.length;
    await answer({ answers: null });
    assert.equal(history.length, before);
  });

  test("a screen of Python brings the style sheets for what it may show", async () => {
    await answer();
    await until(() => document.getElementById("cx-print.css"));
    assert.ok(document.getElementById("cx-map.css"));
  });
});

describe("kept relationships go to Python as they are now", () => {
  test("also where another page has changed them", () => {
    open();
    for (const text of ["some", "more"]) {
      new Storage(ROOT).keepRelationships(text);
      submit();
    }
    const brought = workers[0]?.sent.filter(({ type }) => type === "ask");
    assert.deepEqual(brought?.map(({ relationships }) => relationships), ["some", "more"]);
  });
});

describe("a failure can be tried again", () => {
  test("the same is asked once more, and its answer shown", async (context) => {
    replace(context, "fetch", () => Promise.resolve());
    open();
    submit();
    workers[0]?.say({ type: "failed", stage: "start", message: "no memory" });
    await settle();
    assert.equal(find('[data-cx="status"] code').textContent, "start: no memory");
    press('[data-cx="retry"]');
    await settle();
    assert.deepEqual(asked()[1], asked()[0]);
    await answer();
    assert.equal(find('[data-cx="screen"]').hidden, false);
    assert.equal(find('[data-cx="status"]').childNodes.length, 0);
  });
});

describe("a link to answers opens them", () => {
  test("and is gone from the address then", async () => {
    open(`${ADDRESS}#cx1mA`);
    assert.equal(asked()[0].type, "open");
    assert.equal(asked()[0].link, "#cx1mA");
    await answer();
    assert.equal(location.href, ADDRESS);
  });

  test("also one that comes while the page stands", () => {
    open();
    history.replaceState(null, "", "#cx1mA");
    window.dispatchEvent(new Event("hashchange"));
    assert.equal(asked()[0].link, "#cx1mA");
  });

  test("it is not forgotten before it is opened", () => {
    open(`${ADDRESS}#cx1mA`);
    assert.equal(location.hash, "#cx1mA");
  });
});

describe("Back and Forward lead through the quiz", () => {
  beforeEach(async () => {
    open();
    submit();
    await answer();
  });

  /** @param {unknown} state */
  function travel(state) {
    window.dispatchEvent(Object.assign(new Event("popstate"), { state }));
  }

  test("Python is asked for the screen of that place", () => {
    travel({ cxquiz: { answers: null } });
    const { type, place, answers } = asked()[1];
    assert.deepEqual({ type, place, answers }, { type: "show", place: null, answers: { a: 1 } });
  });

  test("where the reader is already, nothing is asked", () => {
    travel({ cxquiz: { answers: { a: 1 } } });
    assert.equal(asked().length, 1);
  });

  test("nor at a place of others", () => {
    travel(null);
    assert.equal(asked().length, 1);
  });

  test("a place that is shown is no new one", async () => {
    travel({ cxquiz: { answers: null } });
    const before = history.length;
    await answer({ answers: { a: 1, at: "money" } });
    assert.equal(history.length, before);
  });
});

describe("the page answers some buttons by itself", () => {
  beforeEach(() => open());

  test("kept relationships are asked for with what stands in the form", () => {
    press('[data-cx="mine"]');
    assert.deepEqual(asked()[0].fields, [
      ["cx-screen", "money"],
      ["cx-action", "relationships"],
    ]);
  });

  test("a screen that could not be trusted is asked for", () => {
    find('[data-cx="screen"]').innerHTML = '<button type="button" data-cx="go-on"></button>';
    press('[data-cx="go-on"]');
    assert.equal(asked()[0].type, "show");
  });

  for (const [writeText, said] of /** @type {const} */ ([
    [() => Promise.resolve(), "Copied"],
    [() => Promise.reject(new Error("forbidden")), "Not copied"],
  ])) {
    test(`a link is copied or at least selected, and that is said: ${said}`, async (context) => {
      replace(context, "navigator", { clipboard: { writeText } });
      find('[data-cx="screen"]').innerHTML =
        '<input type="text" id="link" value="address"><button name="cx-copy" value="link"></button>';
      press('[name="cx-copy"]');
      await settle();
      assert.equal(find('[data-cx="status"]').textContent, said);
      assert.equal(asked().length, 0);
    });
  }

  test("files that the reader brings go to Python with their names", async () => {
    const files = [new File(["a,b"], "list.csv")];
    const event = new Event("drop", { bubbles: true, cancelable: true });
    find("cx-quiz").dispatchEvent(Object.assign(event, { dataTransfer: { files } }));
    await until(() => asked().length > 0);
    assert.deepEqual(asked()[0].files, [["list.csv", "a,b"]]);
    assert.ok(event.defaultPrevented);
  });
});
