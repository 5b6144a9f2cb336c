/**
 * Answers lines with the built runtime in Pyodide, without a browser.
 *
 * Usage: node tests/parity/answer_lines.mjs RUNTIME_FOLDER BOTH_SIDES.py < lines > answers
 */
import { readFile } from "node:fs/promises";
import process from "node:process";
import { text } from "node:stream/consumers";

import { startRuntime } from "../../macros/runtime/start.mjs";

const [folder = "", source = ""] = process.argv.slice(2);
const pyodide = await startRuntime(folder);
pyodide.runPython(await readFile(source, "utf8"));

const { MODEL } = pyodide.pyimport("cxquiz_model");
const answer = pyodide.globals.get("answerer")(MODEL);
for (const line of (await text(process.stdin)).split("\n").filter(Boolean)) {
  process.stdout.write(`${answer(line)}\n`);
}
