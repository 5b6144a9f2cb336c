/**
 * Cuts Pyodide's WebAssembly and its script down to what runs without binary packages.
 *
 * Pyodide exports all that some package in WebAssembly might link to: ten thousand functions,
 * and whole libraries for graphics and sound. The quiz loads no such package. What neither the
 * scripts nor the WebAssembly itself mention by name goes; what is mentioned anywhere, even as a
 * property or a text, stays, so a name that is put together at run time is the only thing that
 * could be missed (the tests run Python on the result).
 *
 * It pays: 0.3 MB less of WebAssembly to download and 0.7 MB less of script, for five seconds.
 * Nor is anything prepared for linking at each start, a tenth of the time that the start takes.
 *
 * Usage: node macros/trim_pyodide.mjs PYODIDE_FOLDER TARGET_FOLDER
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

import { parse } from "acorn";
import binaryen from "binaryen";

/** @typedef {import("acorn").AnyNode} Node */

/**
 * @typedef {object} Unit  A piece of the script that stays or goes as a whole.
 * @property {number} start
 * @property {number} end
 * @property {string | undefined} name  What it defines; a unit without a name always stays.
 * @property {Set<string>} mentions  The names that it needs.
 * @property {boolean} isImport  Whether it is offered to the WebAssembly, under its name.
 */

const LOADER = "pyodide.mjs";
const SCRIPT = "pyodide.asm.js";
const WASM = "pyodide.asm.wasm";

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
 * What Pyodide does at each start for libraries in WebAssembly that may be linked to it: it gives
 * every function that it offers a place in the table of functions, and looks at all ten thousand
 * that are in it. Each pair is a text of the script and what takes its place.
 */
const NOTHING_IS_LINKED = [
  [
    "var value=exports[symName];GOT[symName]||=",
    'var value=exports[symName];if(typeof value=="function"){continue}GOT[symName]||=',
  ],
  [
    "functionsInTableMap=new WeakMap;updateTableMap(0,wasmTable.length)",
    "functionsInTableMap=new WeakMap",
  ],
];

/** Definitions of these kinds do nothing but define. */
const INERT = new Set([
  "ArrayExpression",
  "ArrowFunctionExpression",
  "FunctionExpression",
  "Identifier",
  "Literal",
  "MemberExpression",
  "ObjectExpression",
]);

/**
 * @param {unknown} value
 * @returns {value is Node}
 */
function isNode(value) {
  return typeof value === "object" && value !== null && "type" in value;
}

/**
 * @param {Node} node
 * @returns {Set<string>} All names and texts in it.
 */
function mentionsIn(node) {
  /** @type {Set<string>} */
  const found = new Set();
  /** @type {Node[]} */
  const left = [node];
  for (let next = left.pop(); next; next = left.pop()) {
    if (next.type === "Identifier" || next.type === "PrivateIdentifier") {
      found.add(next.name);
    } else if (next.type === "Literal" && typeof next.value === "string") {
      found.add(next.value);
    }
    left.push(...Object.values(next).flat().filter(isNode));
  }
  return found;
}

/**
 * @param {Node | null | undefined} target  Of an assignment.
 * @returns {string | undefined} `x` of `x.sig`, and of `Module["x"]`.
 */
function assignedName(target) {
  if (target?.type !== "MemberExpression" || target.object.type !== "Identifier") {
    return undefined;
  }
  if (target.object.name !== "Module") {
    return target.object.name;
  }
  const { property } = target;
  return property.type === "Literal" ? String(property.value) : undefined;
}

/**
 * @param {Node} statement
 * @returns {string | undefined} What the statement defines, if it does nothing else.
 */
function definedName(statement) {
  if (statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration") {
    return statement.id?.name;
  }
  if (statement.type === "VariableDeclaration" && statement.declarations.length === 1) {
    const [only] = statement.declarations;
    let value = only?.init;
    while (value?.type === "AssignmentExpression" && assignedName(value.left)) {
      value = value.right; // var _x = Module["_x"] = wasmExports["x"]
    }
    return only?.id.type === "Identifier" && value && INERT.has(value.type)
      ? only.id.name
      : undefined;
  }
  if (statement.type === "ExpressionStatement") {
    const { expression } = statement;
    return expression.type === "AssignmentExpression" && INERT.has(expression.right.type)
      ? assignedName(expression.left)
      : undefined;
  }
  return undefined;
}

/**
 * @param {Node} statement
 * @returns {Unit[]}
 */
function unitsOf(statement) {
  const { start, end } = statement;
  const name = definedName(statement);
  if (name === "wasmImports" && statement.type === "VariableDeclaration") {
    const table = statement.declarations[0]?.init;
    if (table?.type === "ObjectExpression") {
      return table.properties.map((entry, index) => {
        if (entry.type !== "Property" || entry.key.type !== "Identifier") {
          throw new Error(`${SCRIPT}: wasmImports is not the plain list that it was`);
        }
        const comma = index < table.properties.length - 1 ? 1 : 0;
        return {
          start: entry.start,
          end: entry.end + comma,
          name: entry.key.name,
          mentions: mentionsIn(entry.value),
          isImport: true,
        };
      });
    }
  }
  return [{ start, end, name, mentions: mentionsIn(statement), isImport: false }];
}

/**
 * @param {Node} program
 * @returns {Node[]} The statements of the function that Emscripten wraps its script in.
 */
function statementsOf(program) {
  /** @type {Node[]} */
  const left = [program];
  for (let next = left.shift(); next; next = left.shift()) {
    if (next.type === "FunctionExpression" && next.async) {
      return next.body.body;
    }
    left.push(...Object.values(next).flat().filter(isNode));
  }
  throw new Error(`${SCRIPT}: the function around everything was not found`);
}

/**
 * Find what stays.
 *
 * @param {Unit[]} units
 * @param {Iterable<string>} wanted  What is needed from outside.
 * @param {Set<string>} imports  What the WebAssembly imports.
 */
function sweep(units, wanted, imports) {
  const names = new Set([...wanted, ...imports]);
  const kept = new Set();
  for (let before = -1; before < kept.size;) {
    before = kept.size;
    for (const unit of units) {
      const known = unit.isImport ? imports : names;
      if (!kept.has(unit) && (unit.name === undefined || known.has(unit.name))) {
        kept.add(unit);
        for (const mention of unit.mentions) {
          names.add(mention);
        }
      }
    }
  }
  return { kept, names };
}

/**
 * @param {Uint8Array} wasm
 * @param {Set<string>} names
 * @returns {Uint8Array} The module without exports of other names, and what only they needed.
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
  return module.emitBinary();
}

/** @param {Uint8Array<ArrayBuffer>} wasm */
async function importsOf(wasm) {
  const module = await WebAssembly.compile(wasm);
  return new Set(WebAssembly.Module.imports(module).map(({ name }) => name));
}

/**
 * @param {string} script
 * @returns {string} The same without what is done for libraries that may be linked.
 */
function withoutLinking(script) {
  return NOTHING_IS_LINKED.reduce((text, [before = "", after = ""]) => {
    if (text.split(before).length !== 2) {
      throw new Error(`${SCRIPT}: “${before}” is not there once. Pyodide has changed.`);
    }
    return text.replace(before, after);
  }, script);
}

/**
 * @param {string} source
 * @param {string} target
 */
async function main(source, target) {
  const [loader, script, wasm] = await Promise.all([
    readFile(path.join(source, LOADER), "utf8"),
    readFile(path.join(source, SCRIPT), "utf8"),
    readFile(path.join(source, WASM)),
  ]);
  const wanted = mentionsIn(parse(loader, { ecmaVersion: "latest", sourceType: "module" }));
  const units = statementsOf(parse(script, { ecmaVersion: "latest" })).flatMap(unitsOf);

  const { names } = sweep(units, wanted, await importsOf(wasm));
  const trimmed = new Uint8Array(trimWasm(wasm, names));
  // What only the removed WebAssembly imported is not needed any more either.
  const { kept } = sweep(units, wanted, await importsOf(trimmed));

  let rest = "";
  let end = 0;
  for (const unit of units.filter((it) => !kept.has(it))) {
    rest += script.slice(end, unit.start);
    ({ end } = unit);
  }
  rest += script.slice(end);
  await Promise.all([
    writeFile(path.join(target, SCRIPT), `${withoutLinking(rest).trimEnd()}\n`),
    writeFile(path.join(target, WASM), trimmed),
  ]);
}

const [source, target, ...others] = process.argv.slice(2);
if (source === undefined || target === undefined || others.length > 0) {
  process.stderr.write("Usage: node macros/trim_pyodide.mjs PYODIDE_FOLDER TARGET_FOLDER\n");
  process.exitCode = 2;
} else {
  try {
    await main(source, target);
  } catch (error) {
    // Only the message: Node would also print the line that threw, a megabyte of Pyodide's code.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
