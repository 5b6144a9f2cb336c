/**
 * Byte-compiles a wheel with the Python inside Pyodide, run by Node.
 *
 * Byte-code only runs on the Python that made it. A machine whose own Python is of
 * the same series uses `pyodide py-compile`; every other machine uses this file.
 * Both write the same names, sources' paths and kind of .pyc.
 *
 * Usage: node macros/compile_wheel.mjs SOURCE.whl TARGET.whl
 */
import { readFile, writeFile } from "node:fs/promises";
import process from "node:process";

import { loadPyodide } from "pyodide";

/** Where the two wheels stand in Pyodide's own file system. */
const SOURCE = "/tmp/source.whl";
const TARGET = "/tmp/target.whl";

/**
 * Defines `compile_wheel(source, target)`, which replaces each .py by a .pyc.
 *
 * Unchecked hash-based .pyc hold no time stamp (so the result is reproducible) and
 * are never compared with a source (there is none beside them).
 */
const DEFINE_COMPILE_WHEEL = `
import py_compile
import tempfile
import zipfile
from pathlib import Path


def compile_wheel(source, target):
    with (
        zipfile.ZipFile(source) as before,
        zipfile.ZipFile(target, "w") as after,
        tempfile.TemporaryDirectory() as folder,
    ):
        script, compiled = Path(folder, "module.py"), Path(folder, "module.pyc")
        for name in before.namelist():
            content = before.read(name)
            if name.endswith(".py"):
                script.write_bytes(content)
                py_compile.compile(
                    str(script),
                    cfile=str(compiled),
                    dfile=name,
                    doraise=True,
                    invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
                )
                name, content = name + "c", compiled.read_bytes()
            after.writestr(name, content)
`;

/**
 * @param {string} source path of the wheel with Python sources
 * @param {string} target path of the wheel to write
 */
async function main(source, target) {
  const pyodide = await loadPyodide();
  pyodide.FS.writeFile(SOURCE, await readFile(source));
  pyodide.runPython(DEFINE_COMPILE_WHEEL);
  pyodide.globals.get("compile_wheel")(SOURCE, TARGET);
  await writeFile(target, pyodide.FS.readFile(TARGET));
}

const [source, target, ...rest] = process.argv.slice(2);
if (source === undefined || target === undefined || rest.length > 0) {
  process.stderr.write("Usage: node macros/compile_wheel.mjs SOURCE.whl TARGET.whl\n");
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
