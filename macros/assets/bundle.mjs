/**
 * Makes small modules and style sheets of ours. A module that others import goes into them, since
 * the browser learns of each further file only when the one before has arrived. What a module
 * imports when it is needed stays a file.
 *
 * Usage: node macros/assets/bundle.mjs FROM TO FILE…
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";

import { build } from "esbuild";

/** Only who answers downloads the worker; as it is, an error in it names its line. */
const LEGIBLE = /\bworker\.mjs$/u;

/** The modules that are imported when they are needed. @type {Set<string>} */
const later = new Set();

/** @type {import("esbuild").Plugin} */
const leaveWhatIsImportedLater = {
  name: "leave what is imported later",
  setup: ({ onResolve }) => {
    onResolve({ filter: /./ }, ({ kind, path, resolveDir }) => {
      if (kind !== "dynamic-import") {
        return undefined;
      }
      later.add(join(resolveDir, path));
      return { path, external: true };
    });
  },
};

/**
 * @param {string} from  The folder of the modules.
 * @param {string} to  The folder for what is made of them.
 * @param {string[]} entryPoints
 * @param {boolean} minify
 * @returns {Promise<string[]>}  The modules that others have taken in, seen from the folder.
 */
async function bundle(from, to, entryPoints, minify) {
  const { metafile } = await build({
    absWorkingDir: from, // else esbuild writes the way to it into a comment
    bundle: true,
    entryPoints,
    format: "esm",
    logLevel: "error",
    metafile: true,
    minify,
    outExtension: { ".js": ".mjs" },
    outbase: from,
    outdir: to,
    plugins: [leaveWhatIsImportedLater],
  });
  return Object.values(metafile.inputs).flatMap(({ imports }) =>
    imports.filter(({ external }) => !external).map(({ path }) => path),
  );
}

const [from = "", to = "", ...files] = process.argv.slice(2);
try {
  const legible = files.filter((file) => LEGIBLE.test(file));
  const others = files.filter((file) => !LEGIBLE.test(file));
  const taken = [
    ...(await bundle(from, to, legible, false)),
    ...(await bundle(from, to, others, true)),
  ];
  const rest = taken.filter((file) => !later.has(join(from, file)));
  await Promise.all(rest.map((file) => rm(join(to, file), { force: true })));
} catch (error) {
  if (!(error instanceof Error && "errors" in error)) {
    throw error;
  }
  process.exitCode = 1; // esbuild has said why
}
