/**
 * Imports the package from a built runtime in Pyodide, without a browser.
 *
 * Usage: node tests/macros/import_wheel.mjs RUNTIME_FOLDER MODULE
 * Prints where Python found the module, what its function `answer` returns, and the version.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

import { loadPyodide } from "pyodide";

const [folder = "", module = ""] = process.argv.slice(2);
const manifest = JSON.parse(await readFile(path.join(folder, "manifest.json"), "utf8"));

// The loader comes from the npm package: Node takes its script for CommonJS only there.
const pyodide = await loadPyodide({
  lockFileURL: path.join(folder, manifest.pyodide, "pyodide-lock.json"),
  stdLibURL: path.join(folder, manifest.pyodide, "python_stdlib.zip"),
});

const wheel = `/lib/${manifest.wheel}`;
pyodide.FS.writeFile(wheel, await readFile(path.join(folder, manifest.wheel)));
const report = pyodide.runPython(`
def report(wheel, module):
    import importlib, importlib.metadata, json, sys

    sys.path.insert(0, wheel)
    found = importlib.import_module(module)
    version = importlib.metadata.version("cxquiz")
    return json.dumps({"file": found.__file__, "answer": found.answer(), "version": version})

report
`);
process.stdout.write(`${report(wheel, module)}\n`);
