/**
 * Makes modules and style sheets small where they stand: no comments, no blanks, short names.
 *
 * Usage: node macros/minify.mjs FOLDER FILE…
 */
import process from "node:process";

import { build } from "esbuild";

const [folder = "", ...files] = process.argv.slice(2);
try {
  await build({
    allowOverwrite: true,
    entryPoints: files,
    logLevel: "error",
    minify: true,
    outExtension: { ".js": ".mjs" },
    outbase: folder,
    outdir: folder,
  });
} catch {
  process.exitCode = 1; // esbuild has said why
}
