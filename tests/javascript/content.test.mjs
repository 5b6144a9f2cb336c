import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { before, describe, test } from "node:test";

import { check, decoder, inflated } from "../../docs/assets/quiz/content.mjs";
import { replace } from "./stand_ins.mjs";

/** @typedef {import("../../docs/assets/quiz/contract.mjs").RuntimeFile} RuntimeFile */

const CONTENT = new TextEncoder().encode("123456789");

/** As every description of CRC-32 gives it for these digits. */
const CRC32 = 0xcbf43926;

/** The same content by Zstandard: one frame with one block, as it is. */
const COMPRESSED = Uint8Array.from([
  ...[0x28, 0xb5, 0x2f, 0xfd], // what every frame begins with
  ...[0x20, CONTENT.length], // the size follows, in one byte
  ...[1 | (CONTENT.length << 3), 0, 0], // the last block, not compressed
  ...CONTENT,
]);

/**
 * @param {Partial<RuntimeFile>} [parts]
 * @returns {RuntimeFile}
 */
function file(parts) {
  const sha256 = createHash("sha256").update(CONTENT).digest("hex").slice(0, 32);
  return { address: "/a.zip.zst", bytes: 1, sha256, crc32: CRC32, ...parts };
}

describe("what is compressed is inflated", () => {
  /** @type {import("../../docs/assets/quiz/contract.mjs").Inflate} */
  let inflate;

  before(async () => {
    const source = await readFile("node_modules/zstddec/dist/zstddec.mjs", "utf8");
    const wasm = /\bwasm = "([A-Za-z0-9+/=]+)"/u.exec(source)?.[1] ?? "";
    inflate = await decoder(Uint8Array.from(Buffer.from(wasm, "base64")));
  });

  test("the decoder gives back what was compressed", () => {
    assert.deepEqual(inflate(COMPRESSED), CONTENT);
  });

  test("a file that is cut off is named", () => {
    const cut = COMPRESSED.slice(0, -1);
    assert.throws(() => inflated(file(), cut, inflate), /^Error: \/a\.zip\.zst .* damaged$/u);
  });

  test("what the browser has inflated by itself is taken as it is", () => {
    assert.equal(inflated(file(), CONTENT, inflate), CONTENT);
  });

  test("what is not compressed by its name is taken as it is", () => {
    assert.equal(inflated(file({ address: "/a.mjs" }), COMPRESSED, inflate), COMPRESSED);
  });
});

describe("only the content that the page was built with is run", () => {
  const other = Uint8Array.from([...CONTENT.slice(0, -1), 0]);

  test("the right content passes by its SHA-256", async () => {
    await check(file({ crc32: 0 }), CONTENT);
  });

  test("other content is refused by its SHA-256, and named", async () => {
    await assert.rejects(check(file({ crc32: CRC32 }), other), /\/a\.zip\.zst is damaged/u);
  });

  test("without https the right content passes by its CRC-32", async (context) => {
    replace(context, "crypto", {});
    await check(file({ sha256: "" }), CONTENT);
  });

  test("without https other content is refused by its CRC-32", async (context) => {
    replace(context, "crypto", {});
    await assert.rejects(check(file({ sha256: "" }), other), /\/a\.zip\.zst is damaged/u);
  });
});
