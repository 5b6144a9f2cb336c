import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";

import { Python, PythonFailure } from "../../docs/assets/quiz/python.mjs";
import { openWorkers, replace, settle } from "./stand_ins.mjs";

const RUNTIME = { folder: "https://site.example/r/", lock: {}, files: /** @type {any} */ ({}) };
const REQUEST = /** @type {any} */ ({ type: "show" });

/** @type {import("./stand_ins.mjs").StandInWorker[]} */
let workers;
/** @type {Python} */
let python;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  workers = openWorkers();
  python = new Python(RUNTIME, () => {});
});

afterEach(() => mock.timers.reset());

/** @param {unknown[]} messages */
function types(messages) {
  return messages.map((message) => Reflect.get(/** @type {object} */ (message), "type"));
}

describe("Python starts when it is wanted", () => {
  test("not before", () => {
    assert.equal(workers.length, 0);
  });

  test("once, however often it is wanted", () => {
    python.start();
    python.start();
    assert.deepEqual(workers.map(({ sent }) => sent), [[{ type: "start", runtime: RUNTIME }]]);
  });

  test("by a question, if nothing has started it", () => {
    python.ask(REQUEST, "");
    assert.deepEqual(types(workers[0]?.sent ?? []), ["start", "ask"]);
  });
});

describe("each question gets its own answer", () => {
  test("whichever comes first", async () => {
    const first = python.ask(REQUEST, "");
    const second = python.ask(REQUEST, "");
    workers[0]?.say({ type: "reply", id: 2, reply: "second" });
    workers[0]?.say({ type: "reply", id: 1, reply: "first" });
    assert.deepEqual(await Promise.all([first, second]), ["first", "second"]);
  });
});

describe("kept relationships travel to the worker when it has others", () => {
  /** @returns {unknown[]}  What each question brought of them to the latest worker. */
  function brought() {
    const asked = workers.at(-1)?.sent.filter(({ type }) => type === "ask") ?? [];
    return asked.map(({ relationships }) => relationships);
  }

  test("with the first question", () => {
    python.ask(REQUEST, "some");
    assert.deepEqual(brought(), ["some"]);
  });

  test("not with the second", () => {
    python.ask(REQUEST, "some");
    python.ask(REQUEST, "some");
    assert.deepEqual(brought(), ["some", undefined]);
  });

  test("again when they have changed, or are gone", () => {
    for (const relationships of ["some", "more", ""]) {
      python.ask(REQUEST, relationships);
    }
    assert.deepEqual(brought(), ["some", "more", ""]);
  });

  test("not where there are none", () => {
    python.ask(REQUEST, "");
    assert.deepEqual(brought(), [undefined]);
  });

  test("again to a worker that takes another's place", async (context) => {
    replace(context, "fetch", () => Promise.resolve());
    const asked = python.ask(REQUEST, "some");
    workers[0]?.say({ type: "failed", stage: "ask", message: "no" });
    await asked.catch(() => {});
    python.ask(REQUEST, "some");
    python.ask(REQUEST, "some");
    await settle();
    assert.equal(workers.length, 2);
    assert.deepEqual(brought(), ["some", undefined]);
  });
});

describe("whoever waits hears that Python cannot go on", () => {
  test("with the stage and the reason, and the worker ends", async () => {
    const asked = python.ask(REQUEST, "");
    workers[0]?.say({ type: "failed", stage: "start", message: "no memory" });
    await assert.rejects(asked, new PythonFailure("start: no memory"));
    assert.ok(workers[0]?.isTerminated);
  });

  test("where the worker's script cannot be loaded", async () => {
    const asked = python.ask(REQUEST, "");
    workers[0]?.dispatch("error", { preventDefault() {}, message: "" });
    await assert.rejects(asked, new PythonFailure("worker: its script cannot be loaded"));
  });

  test("after a long silence", async () => {
    const asked = python.ask(REQUEST, "");
    mock.timers.tick(30_000);
    await assert.rejects(asked, new PythonFailure("worker: no sign of life"));
  });

  test("but no silence counts while nobody waits", () => {
    python.start();
    mock.timers.tick(300_000);
    assert.equal(workers[0]?.isTerminated, false);
  });
});

describe("a failure may be mended by asking again", () => {
  beforeEach(async () => {
    const asked = python.ask(REQUEST, "");
    workers[0]?.say({ type: "failed", stage: "start", message: "no" });
    await asked.catch(() => {});
  });

  test("a question fetches the script anew and starts another worker", async (context) => {
    /** @type {unknown[]} */
    const fetched = [];
    replace(context, "fetch", (/** @type {URL} */ { href }, /** @type {RequestInit} */ { cache }) => {
      fetched.push([href.split("/").at(-1), cache]);
      return Promise.resolve();
    });
    const asked = python.ask(REQUEST, "");
    await settle();
    workers[1]?.say({ type: "reply", id: 2, reply: "again" });
    assert.equal(await asked, "again");
    assert.deepEqual(fetched, [["worker.mjs", "reload"]]);
  });

  test("a sign of intent alone does not", () => {
    python.start();
    assert.equal(workers.length, 1);
  });
});
