import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";

import { openPage, ROOT } from "./page.mjs";

import { screenContent } from "../../docs/assets/quiz/markup.mjs";

/** @param {string} html */
function isShown(html) {
  return screenContent(html, ROOT) !== undefined;
}

describe("kept markup is shown only if it is a screen of the quiz", () => {
  beforeEach(() => {
    openPage();
  });

  test("a screen comes back as it was", () => {
    const content = screenContent('<form class="cx-form"><p id="a">Hello</p></form>', ROOT);
    assert.equal(content?.querySelector("form.cx-form > p#a")?.textContent, "Hello");
  });

  test("a drawing is a part of screens", () => {
    assert.ok(isShown('<svg viewBox="0 0 1 1"><path d="M0 0" stroke="#000"></path></svg>'));
  });

  for (const html of [
    "<script>alert(1)</script>",
    "<p><img src=x></p>",
    "<style>*{}</style>",
    "<iframe></iframe>",
    "<cx-quiz></cx-quiz>",
  ]) {
    test(`an element that no screen has is not shown: ${html}`, () => {
      assert.ok(!isShown(html));
    });
  }

  for (const html of [
    '<p onclick="alert(1)">a</p>',
    '<button formaction="https://other.example/">a</button>',
    '<p style="position:fixed">a</p>',
    '<form action="https://other.example/"></form>',
  ]) {
    test(`an attribute that no screen has is not shown: ${html}`, () => {
      assert.ok(!isShown(html));
    });
  }

  test("one wrong element among right ones is enough", () => {
    assert.ok(!isShown("<p>a</p><ul><li><p><object></object></p></li></ul>"));
  });
});

describe("links lead nowhere but into this site", () => {
  beforeEach(() => {
    openPage();
  });

  for (const [href, leads] of /** @type {[string, boolean][]} */ ([
    ["#below", true],
    [`${ROOT}relationships/`, true],
    ["../relationships/", true],
    ["https://site.example/playbook/", true],
    ["/another-site/", false],
    ["../../another-site/", false],
    ["https://other.example/playbook/", false],
    ["//other.example/playbook/", false],
    ["javascript:alert(1)", false], // eslint-disable-line no-script-url -- it is to be refused
    ["http://[", false],
  ])) {
    test(`${href} is ${leads ? "shown" : "not shown"}`, () => {
      assert.equal(isShown(`<p><a href="${href}">a</a></p>`), leads);
    });
  }
});
