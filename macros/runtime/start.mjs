/**
 * Starts a built runtime in Node, from the files that a reader's browser gets.
 */
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { ZSTDDecoder } from "zstddec";

/** Node's own rule for a script that is no module. */
const COMMON_JS = '{ "type": "commonjs" }';

/** Where the two archives stand in Pyodide's own file system. */
export const PACKAGE = "/cxquiz.zip";
export const MODEL = "/model.zip";

/**
 * @param {string} folder  The built runtime.
 * @returns {Promise<import("pyodide").PyodideInterface>} Python, with the package and the model.
 */
export async function startRuntime(folder) {
  const decoder = new ZSTDDecoder();
  await decoder.init();
  const manifest = JSON.parse(await readFile(path.join(folder, "manifest.json"), "utf8"));
  /** @param {string} name */
  const content = async (name) => {
    const { path: file, sha256 } = manifest.files[name];
    const bytes = await readFile(path.join(folder, file));
    const whole = file.endsWith(".zst") ? decoder.decode(bytes) : bytes;
    if (createHash("sha256").update(whole).digest("hex") !== sha256) {
      throw new Error(`${file} is not what the manifest says`);
    }
    return whole;
  };
  // By these names Pyodide's loader knows its files.
  const names = {
    loader: "pyodide.mjs",
    script: `pyodide.asm${path.extname(manifest.files.script.path)}`,
    wasm: "pyodide.asm.wasm",
    library: "python_stdlib.zip",
  };
  const unpacked = await mkdtemp(path.join(tmpdir(), "runtime-"));
  try {
    await writeFile(path.join(unpacked, "package.json"), COMMON_JS);
    await Promise.all(
      Object.entries(names).map(async ([name, file]) =>
        writeFile(path.join(unpacked, file), await content(name)),
      ),
    );
    const { loadPyodide } = await import(path.join(unpacked, names.loader));
    const pyodide = await loadPyodide({
      indexURL: unpacked,
      lockFileContents: JSON.stringify(manifest.lock),
    });
    pyodide.FS.writeFile(PACKAGE, await content("package"));
    pyodide.FS.writeFile(MODEL, await content("model"));
    pyodide.runPython(`import sys; sys.path[:0] = ["${PACKAGE}", "${MODEL}"]`);
    return pyodide;
  } finally {
    await rm(unpacked, { recursive: true });
  }
}
