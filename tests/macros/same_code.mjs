/**
 * Compares two modules as the browser reads them: whether they differ in more than comments.
 *
 * Usage: node tests/macros/same_code.mjs MODULE OTHER
 */
import { strictEqual } from "node:assert";
import { readFile } from "node:fs/promises";
import process from "node:process";

import { parse } from "acorn";

const PLACES = new Set(["start", "end"]);

/** @param {string} file */
async function meaning(file) {
  const tree = parse(await readFile(file, "utf8"), { ecmaVersion: "latest", sourceType: "module" });
  return JSON.stringify(tree, (name, value) => (PLACES.has(name) ? undefined : value), 1);
}

const [one = "", other = ""] = process.argv.slice(2);
strictEqual(await meaning(other), await meaning(one));
