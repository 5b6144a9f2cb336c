/**
 * Starts Python on a built runtime, and shows the first screen of the quiz with it.
 *
 * Usage: node macros/runtime/check.mjs RUNTIME_FOLDER
 */
import process from "node:process";

import { startRuntime } from "./start.mjs";

const REQUEST = { type: "show", answers: null, lens: [], root: "./", address: "./", today: "" };

try {
  const pyodide = await startRuntime(process.argv[2] ?? "");
  const { MODEL } = pyodide.pyimport("cxquiz_model");
  const { html } = JSON.parse(pyodide.pyimport("cxquiz.browser").reply(MODEL, JSON.stringify(REQUEST)));
  if (!html) {
    throw new Error("the quiz has no first screen");
  }
} catch (error) {
  // Only the message: Node would also print the line that threw, all of Pyodide's code.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
