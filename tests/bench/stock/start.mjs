/**
 * The stock way to run a Python package in a browser, as tutorials show it: the npm package's own
 * files, unchanged, then the package as sources, then the import.
 */
// @ts-expect-error The host serves the npm package beside this file.
import { loadPyodide } from "./pyodide/pyodide.mjs";

/**
 * @param {string} request  What the quiz asks Python, as JSON.
 * @returns {Promise<string>}  What Python answers.
 */
export async function firstResult(request) {
  const pyodide = await loadPyodide();
  const sources = await fetch(new URL("./cxquiz.zip", import.meta.url));
  const model = await fetch(new URL("./model.json", import.meta.url));
  pyodide.unpackArchive(await sources.arrayBuffer(), "zip");
  const parsed = pyodide.pyimport("cxquiz").parse_model(await model.text());
  return pyodide.pyimport("cxquiz.browser").reply(parsed, request);
}
