/**
 * The layer `linking`: what Pyodide does at each start for libraries in WebAssembly that may be
 * linked to it. It gives every function that it offers a place in the table of functions, and
 * looks at all ten thousand that are in it. The quiz links none.
 */

/** A text of the script and what takes its place. */
export const REPLACEMENTS = [
  {
    before: "var value=exports[symName];",
    after: 'var value=exports[symName];if(typeof value=="function"){continue}',
  },
  {
    before: "functionsInTableMap=new WeakMap;updateTableMap(0,wasmTable.length)",
    after: "functionsInTableMap=new WeakMap",
  },
];

/**
 * @param {string} script
 * @param {{ before: string, after: string }[]} replacements
 * @returns {string} The script with each text replaced.
 * @throws {Error} A text is not there exactly once, so the script has changed.
 */
export function replaced(script, replacements = REPLACEMENTS) {
  return replacements.reduce((text, { before, after }) => {
    const [head, tail, ...others] = text.split(before);
    if (head === undefined || tail === undefined || others.length > 0) {
      throw new Error(`“${before}” is ${tail === undefined ? "not" : "more than once"} in the script`);
    }
    return `${head}${after}${tail}`;
  }, script);
}
