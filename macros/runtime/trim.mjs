/**
 * Cuts Pyodide's script and WebAssembly down to what runs without binary packages.
 *
 * Pyodide exports all that some package in WebAssembly might link to: ten thousand functions,
 * and whole libraries for graphics and sound. The quiz loads no such package. What neither the
 * scripts nor the WebAssembly itself mention by name goes; what is mentioned anywhere, even as a
 * property or a text, stays, so a name that is put together at run time is the only thing that
 * could be missed (the build starts Python on the result).
 *
 * Usage: node macros/runtime/trim.mjs LOADER SCRIPT WASM TARGET_FOLDER LAYER …
 * Writes both files under their names, and `left_out.json`: why a layer does not apply, by its name.
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

import binaryen from "binaryen";

import { replaced } from "./linking.mjs";
import { mentionsOf, sweep, unitsOf, withOnly } from "./script.mjs";

// What Pyodide's WebAssembly uses. With all features, binaryen writes what no browser reads yet.
const FEATURES =
  binaryen.Features.BulkMemory |
  binaryen.Features.BulkMemoryOpt |
  binaryen.Features.CallIndirectOverlong |
  binaryen.Features.ExceptionHandling |
  binaryen.Features.Multivalue |
  binaryen.Features.MutableGlobals |
  binaryen.Features.NontrappingFPToInt |
  binaryen.Features.ReferenceTypes |
  binaryen.Features.SignExt;

/**
 * @param {Uint8Array} wasm
 * @param {Set<string>} names
 * @returns {Uint8Array<ArrayBuffer>} The module without exports of other names, and what only they
 *   needed.
 */
function trimWasm(wasm, names) {
  const module = binaryen.readBinary(wasm);
  module.setFeatures(FEATURES);
  for (let index = module.getNumExports() - 1; index >= 0; index--) {
    const { name } = binaryen.getExportInfo(module.getExportByIndex(index));
    if (!names.has(name) && !names.has(`_${name}`)) {
      module.removeExport(name);
    }
  }
  module.runPasses(["remove-unused-module-elements"]);
  return new Uint8Array(module.emitBinary());
}

/** @param {Uint8Array<ArrayBuffer>} wasm */
async function importsOf(wasm) {
  const module = await WebAssembly.compile(wasm);
  return new Set(WebAssembly.Module.imports(module).map(({ name }) => name));
}

/**
 * @param {string} loader
 * @param {string} script
 * @param {Uint8Array<ArrayBuffer>} wasm
 * @param {boolean} withWasm  Whether the WebAssembly is cut, too.
 */
async function swept(loader, script, wasm, withWasm) {
  const wanted = mentionsOf(loader);
  const units = unitsOf(script);
  const { names } = sweep(units, wanted, await importsOf(wasm));
  const rest = withWasm ? trimWasm(wasm, names) : wasm;
  // What only the removed WebAssembly imported is not needed any more either.
  const { kept } = sweep(units, wanted, await importsOf(rest));
  return { script: withOnly(script, units, kept), wasm: rest };
}

/**
 * @param {string} loader
 * @param {string} script
 * @param {Uint8Array<ArrayBuffer>} wasm
 * @param {Set<string>} layers
 */
async function trimmed(loader, script, wasm, layers) {
  let rest = { script, wasm };
  /** @type {Record<string, string>} */
  const leftOut = {};
  /**
   * @param {string} layer
   * @param {() => Promise<typeof rest> | typeof rest} cut
   */
  const apply = async (layer, cut) => {
    try {
      rest = await cut();
    } catch (error) {
      leftOut[layer] = error instanceof Error ? error.message : String(error);
    }
  };
  if (layers.has("wasm") && layers.has("script")) {
    await apply("wasm", () => swept(loader, script, wasm, true));
  } else if (layers.has("wasm")) {
    leftOut["wasm"] = "the script wants all of it while “script” is left out";
  }
  if (layers.has("script") && rest.script === script) {
    await apply("script", () => swept(loader, script, wasm, false));
  }
  if (layers.has("linking")) {
    await apply("linking", () => ({ ...rest, script: replaced(rest.script) }));
  }
  return { ...rest, leftOut };
}

const [loader, script, wasm, target, ...layers] = process.argv.slice(2);
if (!loader || !script || !wasm || !target) {
  process.stderr.write(
    "Usage: node macros/runtime/trim.mjs LOADER SCRIPT WASM TARGET_FOLDER LAYER …\n",
  );
  process.exitCode = 2;
} else {
  const texts = await Promise.all([loader, script].map((file) => readFile(file, "utf8")));
  const module = new Uint8Array(await readFile(wasm));
  const rest = await trimmed(texts[0] ?? "", texts[1] ?? "", module, new Set(layers));
  await Promise.all([
    writeFile(path.join(target, path.basename(script)), rest.script),
    writeFile(path.join(target, path.basename(wasm)), rest.wasm),
    writeFile(path.join(target, "left_out.json"), JSON.stringify(rest.leftOut)),
  ]);
}
