import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";

import { ADDRESS, openPage } from "./page.mjs";

import {
  answersLink,
  isSameSession,
  placeIn,
  recordPlace,
  removeAnswersLink,
} from "../../docs/assets/quiz/history.mjs";

beforeEach(() => {
  openPage();
});

describe("a link to answers is told from any other", () => {
  for (const fragment of ["#cx1mA", "#ask.cx1mA", "#both.cx1mA.cx1tB", "#cx9zz"]) {
    test(`${fragment} is one`, () => {
      history.replaceState(null, "", fragment);
      assert.equal(answersLink(), fragment);
    });
  }

  for (const fragment of ["", "#cx-paper", "#cx", "#other.cx1mA", "#acx1mA", "#below"]) {
    test(`${fragment || "no fragment"} is none`, () => {
      history.replaceState(null, "", ADDRESS + fragment);
      assert.equal(answersLink(), "");
    });
  }
});

describe("a link that was opened does not stay in the address", () => {
  test("it goes, and all else stays", () => {
    history.replaceState({ other: 1 }, "", "?a=b#cx1mA");
    removeAnswersLink();
    assert.equal(location.href, `${ADDRESS}?a=b`);
    assert.deepEqual(history.state, { other: 1 });
  });

  test("another fragment is not touched", () => {
    history.replaceState(null, "", "#below");
    removeAnswersLink();
    assert.equal(location.hash, "#below");
  });
});

describe("Back and Forward find the session of each place", () => {
  test("a step is a new place to come back from", () => {
    const before = history.length;
    recordPlace("first", true);
    assert.equal(history.length, before + 1);
    assert.deepEqual(placeIn(history.state), { answers: "first" });
  });

  test("what is no step changes the place where the reader is", () => {
    const before = history.length;
    recordPlace("first", false);
    assert.equal(history.length, before);
    assert.deepEqual(placeIn(history.state), { answers: "first" });
  });

  test("what others say of a place stays", () => {
    history.replaceState({ other: 1 }, "");
    recordPlace("first", false);
    assert.equal(history.state.other, 1);
  });

  test("a place of others has no session", () => {
    assert.deepEqual([placeIn(null), placeIn({ other: 1 })], [undefined, undefined]);
  });

  test("sessions are the same by what they hold", () => {
    assert.ok(isSameSession({ a: ["b"] }, { a: ["b"] }));
    assert.ok(!isSameSession({ a: ["b"] }, { a: ["c"] }));
  });
});
