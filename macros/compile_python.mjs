/**
 * Byte-compiles archives of Python sources with the Python inside Pyodide, run by Node.
 *
 * Byte-code only runs on the Python that made it, and this one is always at hand. What
 * pyodide-build has compiled on the same Python (see `macros/wheel.py`) is only made smaller.
 *
 * Usage: node macros/compile_python.mjs (package | library) SOURCE.zip TARGET.zip …
 *
 * Docstrings and assertions go, a fifth of the size. A `package` is ours: its tracebacks
 * name lines. Those of a `library` name file and function only.
 */
import { readFile, writeFile } from "node:fs/promises";
import process from "node:process";

import { loadPyodide } from "pyodide";

/** Where the two archives stand in Pyodide's own file system. */
const SOURCE = "/tmp/source.zip";
const TARGET = "/tmp/target.zip";

/**
 * Defines `compile_archive(source, target, is_library)`, which replaces each .py by a .pyc.
 *
 * Unchecked hash-based .pyc hold no time stamp (so the result is reproducible) and
 * are never compared with a source (there is none beside them).
 *
 * Python marks in each traceback the columns at fault, from tables as long as the code.
 * There are no sources to mark anything in. A table may not be empty: for each stretch of
 * code it says "line, no columns" or "no location" (Objects/locations.md in CPython).
 */
const DEFINE_COMPILE_ARCHIVE = `
import importlib.util
import marshal
import zipfile
from types import CodeType

UNCHECKED_HASH = (0b01).to_bytes(4, "little")  # PEP 552
HEADER, HASH = 16, 8  # bytes at the beginning of a .pyc, and those of them at its end
MOST_UNITS = 8  # of code, two bytes each, in one entry
NO_COLUMNS, NO_LOCATION = 13, 15


def compile_archive(source, target, is_library):
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name.endswith(".py"):
                # Through marshal, too, as what comes compiled: it tells objects that are shared.
                code = marshal.loads(
                    marshal.dumps(compile(content, name, "exec", dont_inherit=True, optimize=2))
                )
                source_hash = importlib.util.source_hash(content)
                name, content = name + "c", written(code, source_hash, is_library)
            elif name.endswith(".pyc"):
                code = marshal.loads(content[HEADER:])
                content = written(code, content[HEADER - HASH : HEADER], is_library)
            after.writestr(name, content)


def written(code, source_hash, is_library):
    header = importlib.util.MAGIC_NUMBER + UNCHECKED_HASH + source_hash
    return header + marshal.dumps(shorter(code, is_library))


def shorter(code, is_library):
    constants = (
        shorter(it, is_library) if isinstance(it, CodeType) else it for it in code.co_consts
    )
    table = b"".join(entries(code, is_library))
    return code.replace(co_consts=tuple(constants), co_linetable=table)


def entries(code, is_library):
    stretches = [(0, len(code.co_code), None)] if is_library else code.co_lines()
    last = code.co_firstlineno
    for start, end, line in stretches:
        for at in range(start, end, 2 * MOST_UNITS):
            units = min(end - at, 2 * MOST_UNITS) // 2
            if line is None:
                yield bytes([first_byte(NO_LOCATION, units)])
            else:
                yield bytes([first_byte(NO_COLUMNS, units), *signed(line - last)])
                last = line


def first_byte(kind, units):
    return 0x80 | kind << 3 | units - 1


def signed(number):
    rest = -number << 1 | 1 if number < 0 else number << 1
    while rest >= 64:
        yield 64 | rest & 63
        rest >>= 6
    yield rest
`;

/** @param {string[]} jobs  Kind, source and target of each archive. */
async function main(jobs) {
  // Byte-code that is made twice is to be the same, so sets must have one order.
  const pyodide = await loadPyodide({ env: { PYTHONHASHSEED: "0" } });
  pyodide.runPython(DEFINE_COMPILE_ARCHIVE);
  const compileArchive = pyodide.globals.get("compile_archive");
  for (let job = 0; job < jobs.length; job += 3) {
    const [kind = "", source = "", target = ""] = jobs.slice(job, job + 3);
    // eslint-disable-next-line no-await-in-loop -- there is one Python, and it does one at a time
    pyodide.FS.writeFile(SOURCE, await readFile(source));
    compileArchive(SOURCE, TARGET, kind === "library");
    // eslint-disable-next-line no-await-in-loop -- as above
    await writeFile(target, pyodide.FS.readFile(TARGET));
  }
}

const jobs = process.argv.slice(2);
const kinds = jobs.filter((_, index) => index % 3 === 0);
if (jobs.length % 3 !== 0 || !kinds.every((kind) => kind === "package" || kind === "library")) {
  process.stderr.write(
    "Usage: node macros/compile_python.mjs (package | library) SOURCE.zip TARGET.zip …\n",
  );
  process.exitCode = 2;
} else {
  try {
    await main(jobs);
  } catch (error) {
    // Only the message: Node would also print the line that threw, a megabyte of Pyodide's code.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
