/**
 * Imports the package from a built runtime in Pyodide, without a browser.
 *
 * Usage: node tests/macros/import_package.mjs RUNTIME_FOLDER MODULE
 * Prints where Python found the module, what its function `answer` returns, and the traceback of
 * what its function `fail` raises.
 */
import process from "node:process";

import { startRuntime } from "../../macros/runtime/start.mjs";

const [folder = "", module = ""] = process.argv.slice(2);
const pyodide = await startRuntime(folder);
const found = pyodide.pyimport(module);
const report = { file: found.__file__, answer: found.answer(), traceback: "" };
try {
  found.fail();
} catch (error) {
  report.traceback = error instanceof Error ? error.message : "";
}
process.stdout.write(`${JSON.stringify(report)}\n`);
