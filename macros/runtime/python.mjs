/**
 * Runs `compiling.py` and `tracing.py` in the Python inside the npm package `pyodide`.
 *
 * Byte-code only runs on the Python that made it, and this one is always at hand.
 *
 * Usage: node macros/runtime/python.mjs compile SOURCE.zip TARGET.zip (lines | no-lines)
 *        node macros/runtime/python.mjs trace LIBRARY.zip PACKAGE.zip NAMES.txt TARGET.txt
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

import { loadPyodide } from "pyodide";

/** What makes the same code twice: sets in one order; and lines without columns. */
const ENVIRONMENT = { PYTHONHASHSEED: "0", PYTHONNODEBUGRANGES: "1" };

/**
 * @param {string} script  Of this folder.
 * @param {object} options
 */
async function startPython(script, options = {}) {
  const pyodide = await loadPyodide({ env: ENVIRONMENT, ...options });
  pyodide.runPython(await readFile(new URL(script, import.meta.url), "utf8"));
  return pyodide;
}

/**
 * @param {string} source
 * @param {string} target
 * @param {string} lines
 */
async function compile(source, target, lines) {
  const pyodide = await startPython("compiling.py");
  pyodide.FS.writeFile("/source.zip", await readFile(source));
  const compileArchive = pyodide.globals.get("compile_archive");
  compileArchive.callKwargs("/source.zip", "/target.zip", { lines: lines === "lines" });
  await writeFile(target, pyodide.FS.readFile("/target.zip"));
}

/**
 * @param {string} library
 * @param {string} source
 * @param {string} names
 * @param {string} target
 */
async function trace(library, source, names, target) {
  const pyodide = await startPython("tracing.py", { stdLibURL: path.resolve(library) });
  try {
    pyodide.runPython("1 / 0");
  } catch {
    // How Python tells of an error belongs to what a reader may need.
  }
  pyodide.FS.writeFile("/package.zip", await readFile(source));
  const modulesAtStart = pyodide.globals.get("modules_at_start");
  await writeFile(target, modulesAtStart("/package.zip", await readFile(names, "utf8")));
}

const [task = "", ...rest] = process.argv.slice(2);
try {
  const [first = "", second = "", third = "", fourth = ""] = rest;
  if (task === "compile" && rest.length === 3) {
    await compile(first, second, third);
  } else if (task === "trace" && rest.length === 4) {
    await trace(first, second, third, fourth);
  } else {
    throw new Error("The usage is at the beginning of macros/runtime/python.mjs.");
  }
} catch (error) {
  // Only the message: Node would also print the line that threw, a megabyte of Pyodide's code.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
