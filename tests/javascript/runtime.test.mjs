import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { resolveRuntime, RuntimeDownload } from "../../docs/assets/quiz/runtime.mjs";
import { replace, settle, until } from "./stand_ins.mjs";

/** @typedef {import("../../docs/assets/quiz/contract.mjs").RuntimeFile} RuntimeFile */

describe("the runtime is found from any page", () => {
  test("its addresses are those of the site's root, not of the page", () => {
    const json = JSON.stringify({ folder: "assets/r/", lock: {}, files: { wasm: { path: "a.wasm" } } });
    const runtime = resolveRuntime(json, new URL("https://site.example/playbook/"));
    assert.equal(runtime.folder, "https://site.example/playbook/assets/r/");
    assert.equal(runtime.files.wasm.address, "https://site.example/playbook/assets/r/a.wasm");
  });
});

describe("all files are downloaded at once", () => {
  /**
   * @param {import("node:test").TestContext} context
   * @param {Record<string, () => unknown>} answers  What the site answers, by address.
   */
  function download(context, answers) {
    /** @type {unknown[]} */
    const heard = [];
    /** @type {RequestInit[]} */
    const asked = [];
    replace(context, "fetch", async (/** @type {string} */ address, /** @type {RequestInit} */ init) => {
      asked.push(init);
      await settle();
      return answers[address]?.();
    });
    const files = Object.fromEntries(
      Object.keys(answers).map((address) => [address, { address, bytes: 2, sha256: "", crc32: 0 }]),
    );
    const started = new RuntimeDownload(/** @type {any} */ (files), {
      cache: "reload",
      onFile: (name, bytes) => heard.push([name, bytes.byteLength]),
      onProgress: (loaded, total) => heard.push(`${loaded} of ${total}`),
      onFailure: (detail) => heard.push(detail),
    });
    return { asked, heard, started };
  }

  test("each is handed on when it is there, and the progress counts them all", async (context) => {
    const { heard } = download(context, {
      a: () => new Response("aa"),
      b: () => new Response("bb"),
    });
    await until(() => heard.length === 4);
    assert.deepEqual(new Set(heard.map(String)), new Set(["2 of 4", "4 of 4", "a,2", "b,2"]));
  });

  test("past what may be broken in the browser's cache", (context) => {
    const { asked } = download(context, { a: () => new Response("aa") });
    assert.deepEqual(asked.map(({ cache }) => cache), ["reload"]);
  });

  test("the first failure is said, with what was asked, and ends all", async (context) => {
    const { asked, heard } = download(context, {
      a: () => new Response("", { status: 404 }),
      b: () => new Response("", { status: 500 }),
    });
    await settle();
    await settle();
    assert.deepEqual(heard, ["a: the site answered 404"]);
    assert.ok(asked.every(({ signal }) => signal?.aborted));
  });

  test("what was given up is no failure", async (context) => {
    const { heard, started } = download(context, {
      a: () => {
        throw new Error("aborted");
      },
    });
    started.stop();
    await settle();
    await settle();
    assert.deepEqual(heard, []);
  });
});
