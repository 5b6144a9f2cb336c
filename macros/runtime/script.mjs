/**
 * Finds what of Pyodide's script only binary packages would need, for the layers `script` and
 * `wasm`. The script is Emscripten's output, minified: what is looked for is said below, and where
 * it is not found, that is an error, by which the layers are left out.
 */
import { parse } from "acorn";

/** @typedef {import("acorn").AnyNode} Node */

/**
 * @typedef {object} Unit  A piece of the script that stays or goes as a whole.
 * @property {number} start
 * @property {number} end
 * @property {string | undefined} name  What it defines; a unit without a name always stays.
 * @property {Set<string>} mentions  The names that it needs.
 * @property {boolean} isImport  Whether it is offered to the WebAssembly, under its name.
 */

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

/** The list of what the WebAssembly may import. */
const IMPORTS = "wasmImports";

/** In Emscripten 5, the function that gives names to what the WebAssembly exports. */
const EXPORTS = "assignWasmExports";

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
 * @param {string} module  The text of a module.
 * @returns {Set<string>} All names and texts in it.
 */
export function mentionsOf(module) {
  return mentionsIn(parse(module, { ecmaVersion: "latest", sourceType: "module" }));
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
 * @param {Node | null | undefined} value
 * @returns {Node | null | undefined} What `Module["x"] = value` assigns at last.
 */
function lastValue(value) {
  let last = value;
  while (last?.type === "AssignmentExpression" && assignedName(last.left)) {
    last = last.right;
  }
  return last;
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
    const value = lastValue(only?.init); // var _x = Module["_x"] = wasmExports["x"]
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
 * @returns {string | undefined} `_x` of `_x = Module["_x"] = wasmExports["x"]`, and of the same with
 *   `.value>>>0` at its end.
 */
function exportedName(statement) {
  if (statement.type !== "ExpressionStatement") {
    return undefined;
  }
  const { expression } = statement;
  if (expression.type !== "AssignmentExpression" || expression.left.type !== "Identifier") {
    return undefined;
  }
  const kind = lastValue(expression.right)?.type;
  return kind === "MemberExpression" || kind === "BinaryExpression" ? expression.left.name : undefined;
}

/**
 * Return a unit for each entry of a list. The first stays, so that no comma is left over.
 *
 * @param {Node[]} entries
 * @param {(entry: Node) => string | undefined} nameOf
 * @param {boolean} isImport
 * @returns {Unit[]}
 */
function unitsInList(entries, nameOf, isImport) {
  return entries.map((entry, index) => ({
    start: entries[index - 1]?.end ?? entry.start,
    end: entry.end,
    name: index > 0 ? nameOf(entry) : undefined,
    mentions: isImport || index === 0 ? mentionsIn(entry) : new Set(),
    isImport,
  }));
}

/**
 * @param {Node} entry  Of the list of imports.
 * @returns {string | undefined}
 */
function keyOf(entry) {
  if (entry.type !== "Property") {
    return undefined;
  }
  return entry.key.type === "Identifier" ? entry.key.name : String(/** @type {any} */ (entry.key).value);
}

/**
 * @param {Node} statement
 * @returns {Unit[]}
 */
function unitsIn(statement) {
  if (statement.type === "VariableDeclaration") {
    const { declarations } = statement;
    const [first] = declarations;
    if (first?.id.type === "Identifier" && first.id.name === IMPORTS) {
      return first.init?.type === "ObjectExpression"
        ? unitsInList(first.init.properties, keyOf, true)
        : [];
    }
    if (declarations.length > 1 && declarations.every((it) => !it.init)) {
      return unitsInList(
        declarations,
        (it) => (it.type === "VariableDeclarator" && it.id.type === "Identifier" ? it.id.name : undefined),
        false,
      );
    }
  }
  const isExports = statement.type === "FunctionDeclaration" && statement.id?.name === EXPORTS;
  const parts = isExports ? statement.body.body : [statement];
  return parts.map((part) => ({
    start: part.start,
    end: part.end,
    name: isExports ? exportedName(part) : definedName(part),
    mentions: mentionsIn(part),
    isImport: false,
  }));
}

/**
 * @param {string} script  The text of Pyodide's script.
 * @returns {Unit[]} What the function around everything consists of.
 * @throws {Error} The function, or the list of imports in it, is not where it was.
 */
export function unitsOf(script) {
  /** @type {Node[]} */
  const left = [parse(script, { ecmaVersion: "latest", sourceType: "module" })];
  for (let next = left.shift(); next; next = left.shift()) {
    if ((next.type === "FunctionExpression" || next.type === "FunctionDeclaration") && next.async) {
      const units = next.body.body.flatMap(unitsIn);
      if (!units.some((unit) => unit.isImport)) {
        throw new Error(`there is no plain list ${IMPORTS} in the script`);
      }
      return units;
    }
    left.push(...Object.values(next).flat().filter(isNode));
  }
  throw new Error("there is no function around everything in the script");
}

/**
 * Find what stays.
 *
 * @param {Unit[]} units
 * @param {Iterable<string>} wanted  What is needed from outside.
 * @param {Set<string>} imports  What the WebAssembly imports.
 */
export function sweep(units, wanted, imports) {
  const names = new Set([...wanted, ...imports]);
  /** @type {Set<Unit>} */
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
 * @param {string} script
 * @param {Unit[]} units  All of them.
 * @param {Set<Unit>} kept  Those that stay.
 * @returns {string} The script without the others.
 */
export function withOnly(script, units, kept) {
  let rest = "";
  let end = 0;
  for (const unit of units.filter((it) => !kept.has(it))) {
    rest += script.slice(end, unit.start);
    ({ end } = unit);
  }
  return `${(rest + script.slice(end)).trimEnd()}\n`;
}
