import assert from "node:assert/strict";
import process from "node:process";
import { beforeEach, describe, mock, test } from "node:test";

import { PythonFailure } from "../../docs/assets/quiz/python.mjs";
import { settle } from "./stand_ins.mjs";

// The module asks for the size of the screen as soon as it is imported.
Object.assign(globalThis, { innerWidth: 700, matchMedia: () => ({ matches: true }) });
const { completeRequest, Requests } = await import("../../docs/assets/quiz/requests.mjs");

const ABOUT = {
  answers: { a: 1 },
  lens: " money  buying ",
  root: new URL("https://site.example/playbook/"),
};
const REQUEST = completeRequest({ type: "show" }, ABOUT);

describe("Python gets all that it must know", () => {
  test("what is asked, the session, the page and the site", () => {
    const { today, ...rest } = completeRequest({ type: "open", link: "#cx1" }, ABOUT);
    assert.deepEqual(rest, {
      type: "open",
      link: "#cx1",
      answers: { a: 1 },
      lens: ["money", "buying"],
      root: "/playbook/",
      address: "https://site.example/playbook/",
      narrow: true,
      width: 700,
    });
    assert.match(today, /^\d{4}-\d\d-\d\d$/u);
  });

  test("a page about nothing special has no lens", () => {
    assert.deepEqual(completeRequest({ type: "show" }, { ...ABOUT, lens: null }).lens, []);
  });

  test("a request that is sent again is sent as things are now", () => {
    const later = completeRequest(REQUEST, { ...ABOUT, answers: "later" });
    assert.deepEqual(later, { ...REQUEST, answers: "later" });
  });

  for (const [zone, today] of [
    ["Pacific/Kiritimati", "2026-11-23"],
    ["UTC", "2026-11-22"],
    ["Pacific/Pago_Pago", "2026-11-21"],
  ]) {
    test(`the day is the reader's: ${zone}`, (context) => {
      const { TZ } = process.env;
      process.env["TZ"] = zone;
      const hour = zone === "Pacific/Pago_Pago" ? "T02:00Z" : "T12:00Z";
      context.mock.timers.enable({ apis: ["Date"], now: new Date(`2026-11-22${hour}`) });
      assert.equal(completeRequest({ type: "show" }, ABOUT).today, today);
      process.env["TZ"] = TZ ?? "UTC";
    });
  }
});

describe("the page shows the answer to the latest request alone", () => {
  /** @type {{ resolve: (reply: any) => void, reject: (error: unknown) => void }[]} */
  let asked;
  /** @type {unknown[]} */
  let heard;
  /** @type {import("../../docs/assets/quiz/requests.mjs").Requests} */
  let requests;

  beforeEach(() => {
    asked = [];
    heard = [];
    const ask = () =>
      new Promise((resolve, reject) => {
        asked.push({ resolve, reject });
      });
    requests = new Requests(ask, {
      onSlow: ({ type }) => heard.push(`slow ${type}`),
      onReply: (reply, { type }) => heard.push([reply, type]),
      onFailure: (detail) => heard.push(detail),
    });
  });

  test("with what was asked", async () => {
    const done = requests.send(REQUEST);
    asked[0]?.resolve("reply");
    await done;
    assert.deepEqual(heard, [["reply", "show"]]);
  });

  test("an answer to an older request is dropped, whichever comes first", async () => {
    const done = [requests.send(REQUEST), requests.send({ ...REQUEST, type: "submit" })];
    asked[1]?.resolve("second");
    asked[0]?.resolve("first");
    await Promise.all(done);
    assert.deepEqual(heard, [["second", "submit"]]);
  });

  test("so is the failure of an older request", async () => {
    const done = [requests.send(REQUEST), requests.send(REQUEST)];
    asked[0]?.reject(new PythonFailure("first"));
    asked[1]?.resolve("second");
    await Promise.all(done);
    assert.deepEqual(heard, [["second", "show"]]);
  });

  test("a failure of Python is said in its own words, any other with its kind", async () => {
    for (const error of [new PythonFailure("download: cut"), new TypeError("no")]) {
      const done = requests.send(REQUEST);
      asked.at(-1)?.reject(error);
      await done; // eslint-disable-line no-await-in-loop -- one after the other
    }
    assert.deepEqual(heard, ["download: cut", "TypeError: no"]);
  });

  test("a request is pending until it is answered, and after a failure to be tried again", async () => {
    assert.equal(requests.pending, undefined);
    const first = requests.send(REQUEST);
    assert.equal(requests.pending, REQUEST);
    asked[0]?.reject(new PythonFailure("no"));
    await first;
    assert.equal(requests.pending, REQUEST);
    const second = requests.send(REQUEST);
    asked[1]?.resolve("reply");
    await second;
    assert.equal(requests.pending, undefined);
  });

  test("the reader is told to wait after a moment, and not at once", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    const done = requests.send(REQUEST);
    mock.timers.tick(99);
    assert.deepEqual(heard, []);
    mock.timers.tick(1);
    assert.deepEqual(heard, ["slow show"]);
    asked[0]?.resolve("reply");
    await done;
    mock.timers.reset();
  });

  test("nobody is told to wait for what is there", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    const done = requests.send(REQUEST);
    asked[0]?.resolve("reply");
    await done;
    mock.timers.tick(1000);
    await settle();
    assert.deepEqual(heard, [["reply", "show"]]);
    mock.timers.reset();
  });
});
