import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";

import { openPage, ROOT } from "./page.mjs";
import { replace } from "./stand_ins.mjs";

import { Storage } from "../../docs/assets/quiz/storage.mjs";

/** @type {import("../../docs/assets/quiz/storage.mjs").Kept} */
const KEPT = { answers: { a: 1 }, html: "<p>", title: "Title", draft: [["a", "b"]] };

describe("the browser keeps what the reader gave", () => {
  beforeEach(() => {
    openPage();
  });

  test("what was written is read again as it was", () => {
    const storage = new Storage(ROOT);
    assert.equal(storage.write(KEPT), true);
    assert.deepEqual(new Storage(ROOT).read(), KEPT);
  });

  test("relationships are read again as they were", () => {
    new Storage(ROOT).keepRelationships("some");
    assert.equal(new Storage(ROOT).relationships, "some");
  });

  test("where nothing is kept there is nothing", () => {
    const storage = new Storage(ROOT);
    assert.deepEqual([storage.read(), storage.relationships], [{}, ""]);
  });

  for (const damaged of ["", "{", "null", "3", '"text"']) {
    test(`what cannot be read counts as nothing: ${damaged || "an empty text"}`, () => {
      localStorage.setItem(`cxquiz:${ROOT}:session`, damaged);
      assert.deepEqual(new Storage(ROOT).read(), {});
    });
  }
});

describe("sites of one origin do not touch what others keep", () => {
  beforeEach(() => {
    openPage();
  });

  test("another site's session is not read", () => {
    new Storage("/other/").write(KEPT);
    assert.deepEqual(new Storage(ROOT).read(), {});
  });

  test("forgetting leaves what others keep, and nothing of this site", () => {
    const storage = new Storage(ROOT);
    storage.write(KEPT);
    storage.keepRelationships("some");
    localStorage.setItem(`cxquiz:${ROOT}:offline`, "kept");
    new Storage("/other/").keepRelationships("theirs");
    storage.clear();
    assert.deepEqual(Object.keys(localStorage), ["cxquiz:/other/:relationships"]);
  });
});

describe("a browser that keeps nothing breaks nothing", () => {
  const refuse = () => {
    throw new Error("refused");
  };

  test("where storage is forbidden, that is said and nothing thrown", (context) => {
    replace(context, "localStorage", new Proxy({}, { get: refuse, ownKeys: refuse }));
    const storage = new Storage(ROOT);
    assert.equal(storage.write(KEPT), false);
    assert.equal(storage.keepRelationships("some"), false);
    assert.deepEqual([storage.read(), storage.relationships], [{}, ""]);
    assert.doesNotThrow(() => storage.clear());
  });

  test("where storage is full, that is said", (context) => {
    replace(context, "localStorage", { setItem: refuse });
    assert.equal(new Storage(ROOT).write(KEPT), false);
    assert.equal(new Storage(ROOT).keepRelationships("some"), false);
  });
});
