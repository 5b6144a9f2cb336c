import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, mock, test } from "node:test";

import { openPage, ROOT } from "./page.mjs";
import { replace } from "./stand_ins.mjs";

import { offerRelationships, updateRelationships } from "../../docs/assets/quiz/relationships.mjs";
import { Storage } from "../../docs/assets/quiz/storage.mjs";
import { View } from "../../docs/assets/quiz/view.mjs";

const REPLY = { html: "", title: "", focus: "", answers: null };

/** @type {Storage} */
let storage;
/** @type {View} */
let view;
/** @type {string[]} */
let saved;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] }); // nobody waits for a saved file to be let go
  view = new View(openPage());
  storage = new Storage(ROOT);
  saved = [];
  // Saving is a click on a link that no page shows.
  const { prototype } = document.createElement("a").constructor;
  mock.method(prototype, "click", /** @this {HTMLAnchorElement} */ function click() {
    saved.push(this.download);
  });
});

afterEach(() => mock.timers.reset());

describe("kept relationships are offered where there are some", () => {
  test("and not where there are none", () => {
    offerRelationships(storage, view);
    assert.equal(view.part("mine").hidden, true);
    storage.keepRelationships("some");
    offerRelationships(storage, view);
    assert.equal(view.part("mine").hidden, false);
  });
});

describe("the browser does what Python says beside the screen", () => {
  test("a new list is stored and offered", async () => {
    await updateRelationships({ ...REPLY, relationships: "some" }, storage, view);
    assert.equal(storage.relationships, "some");
    assert.equal(view.part("mine").hidden, false);
  });

  test("an answer that says nothing of the list leaves it", async () => {
    storage.keepRelationships("some");
    await updateRelationships(REPLY, storage, view);
    assert.equal(storage.relationships, "some");
  });

  test("an empty list is stored, too", async () => {
    storage.keepRelationships("some");
    await updateRelationships({ ...REPLY, relationships: "" }, storage, view);
    assert.equal(storage.relationships, "");
  });

  test("forgetting leaves nothing", async () => {
    storage.keepRelationships("some");
    await updateRelationships({ ...REPLY, forget: true }, storage, view);
    assert.deepEqual(Object.keys(localStorage), []);
    assert.equal(view.part("mine").hidden, true);
  });

  test("a file is given to the reader to save", async () => {
    const download = { name: "map.svg", type: "image/svg+xml", text: "<svg></svg>" };
    await updateRelationships({ ...REPLY, download }, storage, view);
    assert.deepEqual(saved, ["map.svg"]);
  });

  test("a list that the browser has no room for becomes a file, and that is said", async (context) => {
    replace(context, "localStorage", {});
    await updateRelationships({ ...REPLY, relationships: "some" }, storage, view);
    assert.deepEqual(saved, ["relationships.json"]);
    assert.equal(view.part("status").textContent, "Full");
  });
});
