/**
 * Runs the package's own tests in the built runtime, in Node, and tells what the package imports.
 *
 * Usage: node tests/runtime/run_tests.mjs RUNTIME_FOLDER REPOSITORY SITE_PACKAGES
 * The last line of the output is JSON: how pytest ended, the modules that were imported on behalf
 * of the package, those in the library, and those of it that a reader's browser loads at the start
 * and at any time.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

import { startRuntime } from "../../macros/runtime/start.mjs";

const [folder = "", repository = "", sitePackages = ""] = process.argv.slice(2);
const script = await readFile(path.join(repository, "tests", "runtime", "inside.py"), "utf8");

/** @param {object} places  Where to find what of this machine. */
async function startPython(places = {}) {
  const pyodide = await startRuntime(folder);
  for (const [place, source] of Object.entries(places)) {
    pyodide.FS.mkdirTree(place);
    pyodide.mountNodeFS(place, source);
  }
  pyodide.runPython(script);
  return pyodide;
}

async function main() {
  const tested = await startPython({ "/repository": repository, "/tools": sitePackages });
  // The whole library is for the tests' tools, and never for the package that they test.
  const library = path.join(repository, "node_modules", "pyodide", "python_stdlib.zip");
  tested.FS.writeFile("/whole_library.zip", await readFile(library));
  const { status, passed, imported } = JSON.parse(tested.globals.get("run_tests")());

  const clean = await startPython();
  try {
    clean.runPython("1 / 0"); // how Pyodide tells of an error belongs to what a reader may need
  } catch {
    // as expected
  }
  const loaded = JSON.parse(clean.globals.get("load_all")(JSON.stringify(imported)));
  process.stdout.write(`\n${JSON.stringify({ status, passed, imported, ...loaded })}\n`);
}

try {
  await main();
} catch (error) {
  // Only the message: Node would also print the line that threw, all of Pyodide's code.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
