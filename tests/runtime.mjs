/**
 * Starts the built runtime in Node: the trimmed WebAssembly, script and standard library that a
 * reader's browser gets.
 */
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { ZSTDDecoder } from "zstddec";

/** The names that Pyodide's loader knows its files by; Node's own rule for the last one. */
const NAMES = {
  loader: "pyodide.mjs",
  script: "pyodide.asm.js",
  wasm: "pyodide.asm.wasm",
  library: "python_stdlib.zip",
};
const COMMON_JS = '{ "type": "commonjs" }';

/**
 * @param {string} folder  The built runtime.
 * @returns {Promise<{ pyodide: import("pyodide").PyodideInterface, wheel: Uint8Array }>}
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
  const unpacked = await mkdtemp(path.join(tmpdir(), "runtime-"));
  try {
    await writeFile(path.join(unpacked, "package.json"), COMMON_JS);
    await Promise.all(
      Object.entries(NAMES).map(async ([name, file]) =>
        writeFile(path.join(unpacked, file), await content(name)),
      ),
    );
    const { loadPyodide } = await import(path.join(unpacked, NAMES.loader));
    const pyodide = await loadPyodide({
      indexURL: unpacked,
      lockFileContents: JSON.stringify(manifest.lock),
    });
    return {
      pyodide,
      wheel: await content("package"),
    };
  } finally {
    await rm(unpacked, { recursive: true });
  }
}
