/**
 * Answers lines with the built runtime in Pyodide, without a browser.
 *
 * Usage: node tests/parity/answer_lines.mjs RUNTIME_FOLDER BOTH_SIDES.py < lines > answers
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";

import { loadPyodide } from "pyodide";

const [folder = "", source = ""] = process.argv.slice(2);
const manifest = JSON.parse(await readFile(path.join(folder, "manifest.json"), "utf8"));

// The loader comes from the npm package: Node takes its script for CommonJS only there.
const pyodide = await loadPyodide({
  lockFileURL: path.join(folder, manifest.pyodide, "pyodide-lock.json"),
  stdLibURL: path.join(folder, manifest.pyodide, "python_stdlib.zip"),
});
pyodide.FS.writeFile("/cxquiz.whl", await readFile(path.join(folder, manifest.wheel)));
pyodide.runPython("import sys; sys.path.insert(0, '/cxquiz.whl')");
pyodide.runPython(await readFile(source, "utf8"));

const model = await readFile(path.join(folder, manifest.model), "utf8");
const parseModel = pyodide.pyimport("cxquiz.loading").parse_model;
const answer = pyodide.globals.get("answerer")(parseModel(model));
for (const line of (await text(process.stdin)).split("\n").filter(Boolean)) {
  process.stdout.write(`${answer(line)}\n`);
}
