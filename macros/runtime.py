"""Build what the reader's browser needs to run the quiz.

``python -m macros.runtime`` fills ``docs/assets/quiz/runtime/`` with Pyodide, the byte-compiled
``cxquiz`` and the model as JSON, and lists them in ``manifest.json``. MkDocs and Zensical copy
the folder into the site like any other asset, so nothing is asked from another origin.

Byte-code is made here, not in the browser, because importing Python sources takes most of the
time until the first answer.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import hashlib
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from flit_core import buildapi

from macros.manifest import ROOT, RUNTIME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

PYODIDE_FILES: Final = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
"""What the browser loads of the npm package as it is; the lock file is cut down first."""

Compiler = Literal["pyodide-build", "pyodide"]
"""Who turns sources into byte-code: ``pyodide py-compile`` here, or Python inside Pyodide."""

_STAMP = ".stamp"
_MANIFEST = "manifest.json"
_COMPILE_SCRIPT = Path("macros/compile_wheel.mjs")

# The browser has no terminal and gets the model as JSON, so neither travels to the reader.
_NOT_FOR_THE_BROWSER = re.compile(
    r"""
    cxquiz/cli(/|\.py$)
    | cxquiz/__main__\.py$
    | cxquiz/model\.toml$
    | cxquiz/model\.schema\.json$
    | cxquiz/py\.typed$
    | .*\.dist-info/(entry_points\.txt|RECORD|licenses/)
    """,
    re.VERBOSE,
)

# Dependencies are left out too: `rich` serves the command line alone.
_METADATA_FIELDS = ("Metadata-Version:", "Name:", "Version:", "Requires-Python:")

# The oldest time that a zip file can express: the result must not depend on the clock.
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)

# PEP 552: bit 0 says "hash-based", bit 1 "compare with the source". Nothing to compare with here.
_PYC_FLAGS = slice(4, 8)
_UNCHECKED_HASH = (0b01).to_bytes(4, "little")

_HASH_DIGITS = 12


class RuntimeBuildError(Exception):
    """The runtime could not be built; the message says what happened and what to do."""


@dataclass(frozen=True)
class Pyodide:
    """The npm package ``pyodide`` as it is installed."""

    folder: Path
    version: str
    python: str
    """The series of its Python, such as ``3.13``."""


# Pyodide


def pinned_version(package_json: str) -> str:
    """Return the version of Pyodide that ``package.json`` pins, its only place."""
    pinned = json.loads(package_json).get("dependencies", {}).get("pyodide")
    if not isinstance(pinned, str) or not re.fullmatch(r"\d+\.\d+\.\d+", pinned):
        message = (
            f"package.json: dependencies.pyodide is {pinned!r}, not one exact version such as "
            '"0.29.5". Byte-code fits only one Python, so pin it exactly, then run `make lock`.'
        )
        raise RuntimeBuildError(message)
    return pinned


def python_series(lock: str) -> str:
    """Return the series of Pyodide's Python (``3.13``) from its ``pyodide-lock.json``."""
    version = str(json.loads(lock)["info"]["python"])
    return ".".join(version.split(".")[:2])


def slim_lock(lock: str) -> str:
    """Return Pyodide's lock file without its packages.

    The loader asks for the file at every start. The quiz installs no package, and without the
    list of them the file shrinks from 120 kB to some hundred bytes.
    """
    return json.dumps({"info": json.loads(lock)["info"], "packages": {}})


def installed_pyodide(root: Path) -> Pyodide:
    """Return the installed Pyodide after checking that it is the pinned one and complete."""
    pinned = pinned_version((root / "package.json").read_text(encoding="utf-8"))
    folder = root / "node_modules" / "pyodide"
    needed = ("package.json", "pyodide-lock.json", *PYODIDE_FILES)
    missing = [name for name in needed if not (folder / name).is_file()]
    if missing:
        message = (
            f"node_modules/pyodide: {', '.join(missing)} not found, so the npm package pyodide "
            f"{pinned} is not (fully) installed. Run `make setup`."
        )
        raise RuntimeBuildError(message)
    version = json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"]
    if version != pinned:
        message = (
            f"node_modules/pyodide is version {version}, but package.json pins {pinned}. "
            "Run `make setup`."
        )
        raise RuntimeBuildError(message)
    lock = (folder / "pyodide-lock.json").read_text(encoding="utf-8")
    return Pyodide(folder, pinned, python_series(lock))


# Zip files as mappings from name to content


def read_zip(data: bytes) -> dict[str, bytes]:
    """Return the files of a zip file by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """Return a zip file that depends on nothing but ``files``: sorted, without a date."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name], compresslevel=9)
    return buffer.getvalue()


def content_hash(files: Mapping[str, bytes]) -> str:
    """Return the first digits of the SHA-256 of names and contents.

    The uncompressed content is hashed: two releases of zlib may compress it differently.
    """
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{len(files[name])}\0".encode())
        digest.update(files[name])
    return digest.hexdigest()[:_HASH_DIGITS]


# The wheel


def browser_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of a wheel that the browser needs, the metadata cut to what it reads."""
    kept = {name: data for name, data in files.items() if not _NOT_FOR_THE_BROWSER.match(name)}
    return {
        name: slim_metadata(data) if name.endswith(".dist-info/METADATA") else data
        for name, data in kept.items()
    }


def slim_metadata(metadata: bytes) -> bytes:
    """Return a wheel's metadata without description and dependencies."""
    headers = metadata.decode().split("\n\n", maxsplit=1)[0].splitlines()
    kept = [line for line in headers if line.startswith(_METADATA_FIELDS)]
    return ("\n".join(kept) + "\n").encode()


def unchecked(pyc: bytes) -> bytes:
    """Return a hash-based ``.pyc`` marked as not to be compared with its source."""
    header = bytearray(pyc[:16])
    header[_PYC_FLAGS] = _UNCHECKED_HASH
    return bytes(header) + pyc[16:]


def normalised(files: Mapping[str, bytes], python: str) -> dict[str, bytes]:
    """Return a compiled wheel's files so that each compiler's result is the same.

    Args:
        files: The files of the compiled wheel.
        python: The series of Pyodide's Python, such as ``3.13``.
    """
    sources = [name for name in files if name.endswith(".py")]
    if sources:
        message = f"The compiled wheel still holds sources: {', '.join(sources)}."
        raise RuntimeBuildError(message)
    tag = f"Tag: cp{python.replace('.', '')}-none-any".encode()
    result: dict[str, bytes] = {}
    for name, data in files.items():
        if name.endswith(".pyc"):
            result[name] = unchecked(data)
        elif name.endswith(".dist-info/WHEEL"):
            result[name] = re.sub(rb"^Tag: .*$", tag, data, flags=re.MULTILINE)
        elif not name.endswith(".dist-info/RECORD"):
            result[name] = data
    return with_record(result)


def with_record(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a wheel's files with the list of them that every wheel carries."""
    metadata = next(name for name in files if name.endswith(".dist-info/METADATA"))
    record = metadata.removesuffix("METADATA") + "RECORD"
    lines = [f"{name},{_record_hash(files[name])},{len(files[name])}" for name in sorted(files)]
    return {**files, record: "\n".join([*lines, f"{record},,", ""]).encode()}


def _record_hash(data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest())
    return "sha256=" + digest.rstrip(b"=").decode()


def build_wheel(root: Path, folder: Path) -> Path:
    """Build the wheel of ``cxquiz`` from its sources, cut to what the browser needs."""
    with contextlib.chdir(root):  # PEP 517: a build backend works in the current folder
        name: str = buildapi.build_wheel(str(folder))
    wheel = folder / name
    wheel.write_bytes(write_zip(browser_files(read_zip(wheel.read_bytes()))))
    return wheel


def choose_compiler(python: str) -> Compiler:
    """Return ``pyodide-build`` where this Python makes Pyodide's byte-code, else ``pyodide``."""
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    if here == python and importlib.util.find_spec("pyodide_build"):
        return "pyodide-build"
    return "pyodide"


def compile_wheel(
    root: Path, wheel: Path, pyodide: Pyodide, compiler: Compiler
) -> dict[str, bytes]:
    """Byte-compile a wheel for Pyodide's Python and return its files, normalised."""
    if compiler == "pyodide-build":
        compiled = _compile_with_pyodide_build(wheel, pyodide)
    else:
        compiled = _compile_in_pyodide(root, wheel)
    return normalised(read_zip(compiled.read_bytes()), pyodide.python)


def _compile_with_pyodide_build(wheel: Path, pyodide: Pyodide) -> Path:
    command = Path(sys.executable).with_name("pyodide")
    if not command.exists():
        message = (
            f"{command} not found: pyodide-build belongs to the development packages of Python "
            f"{pyodide.python} alone. Run `make setup`, or leave --compiler out."
        )
        raise RuntimeBuildError(message)
    _run([str(command), "py-compile", "--silent", "--keep", wheel.name], wheel.parent)
    tag = f"cp{pyodide.python.replace('.', '')}"
    return wheel.with_name(wheel.name.replace("-py3-", f"-{tag}-"))


def find_node() -> str:
    """Return the path of Node.js: the set-up's own beside this Python, else that of the PATH."""
    node = shutil.which("node", path=Path(sys.executable).parent) or shutil.which("node")
    if node is None:
        message = (
            "Node.js was found neither beside Python nor on the PATH. It runs Pyodide outside "
            "the browser. Run `make setup`, which installs it where it is missing."
        )
        raise RuntimeBuildError(message)
    return node


def _compile_in_pyodide(root: Path, wheel: Path) -> Path:
    target = wheel.with_name("compiled.whl")
    _run([find_node(), str(root / _COMPILE_SCRIPT), str(wheel), str(target)], root)
    return target


def _run(command: Sequence[str], folder: Path) -> None:
    # SOURCE_DATE_EPOCH makes Python write hash-based .pyc; PYTHONOPTIMIZE would change the code.
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONOPTIMIZE"}
    environment["SOURCE_DATE_EPOCH"] = "315532800"
    done = subprocess.run(  # noqa: S603 - no shell, and the command is one of the two above
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        words = (done.stderr or done.stdout).strip()
        message = f"`{' '.join(command)}` failed with exit code {done.returncode}:\n{words}"
        raise RuntimeBuildError(message)


# The model


def model_json(text: str) -> bytes:
    """Return the model as compact JSON: the browser then needs no TOML reader."""
    try:
        model = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"cxquiz/model.toml is not valid TOML: {error}. Correct it and run make again."
        raise RuntimeBuildError(message) from error
    try:
        return json.dumps(
            model, ensure_ascii=False, allow_nan=False, separators=(",", ":")
        ).encode()
    except (TypeError, ValueError) as error:
        message = (
            f"cxquiz/model.toml holds a value that JSON cannot express ({error}). "
            "Write dates and times in quotes, and no inf or nan."
        )
        raise RuntimeBuildError(message) from error


# The folder


def manifest(pyodide: Pyodide, wheel: str, model: str, sizes: Mapping[str, int]) -> str:
    """Return ``manifest.json``: the browser's modules read every path from it."""
    content = {
        "pyodide": f"pyodide-{pyodide.version}/",
        "wheel": wheel,
        "model": model,
        "python": pyodide.python,
        "bytes": dict(sorted(sizes.items())),
    }
    return json.dumps(content, indent=2) + "\n"


def inputs_digest(root: Path, pyodide: Pyodide) -> str:
    """Return a digest of all that the runtime is made from."""
    sources = [path for path in (root / "cxquiz").rglob("*") if _is_source(path)]
    macros = [root / "macros" / "runtime.py", root / _COMPILE_SCRIPT]
    digest = hashlib.sha256(pyodide.version.encode())
    for path in sorted([*sources, *macros, root / "pyproject.toml"]):
        data = path.read_bytes()
        digest.update(f"\0{path.relative_to(root).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _is_source(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


def is_current(out: Path, digest: str) -> bool:
    """Tell whether ``out`` was built from these very inputs and is still complete."""
    try:
        stamp = (out / _STAMP).read_text(encoding="utf-8")
        sizes = json.loads((out / _MANIFEST).read_text(encoding="utf-8"))["bytes"]
        return stamp == digest and all(
            (out / name).stat().st_size == size for name, size in sizes.items()
        )
    except (OSError, ValueError, KeyError):
        return False


def remove_stale(out: Path, keep: Iterable[str]) -> None:
    """Remove from ``out`` what no longer belongs to the runtime."""
    kept = {out / name for name in keep}
    for path in sorted(out.rglob("*"), reverse=True):  # children before their folder
        if path.is_dir():
            with contextlib.suppress(OSError):  # it still holds something that is kept
                path.rmdir()
        elif path not in kept:
            path.unlink()


def build(root: Path = ROOT, out: Path | None = None, compiler: Compiler | None = None) -> str:
    """Build the runtime unless it is current, and say in one line what was done.

    Args:
        root: The repository.
        out: The folder to fill; ``docs/assets/quiz/runtime`` of the repository by default.
        compiler: Who makes the byte-code; by default what this machine has.

    Raises:
        RuntimeBuildError: Something that the build needs is missing or wrong.
    """
    started = time.monotonic()
    out = root / RUNTIME if out is None else out
    pyodide = installed_pyodide(root)
    digest = inputs_digest(root, pyodide)
    if compiler is None and is_current(out, digest):
        return "Runtime for the browser: up to date."

    compiler = compiler or choose_compiler(pyodide.python)
    wheel, wheel_data = browser_wheel(root, pyodide, compiler)
    model, model_data = browser_model(root)
    files = {wheel: wheel_data, model: model_data, **pyodide_files(pyodide)}
    sizes = {name: len(data) for name, data in files.items()}
    files[_MANIFEST] = manifest(pyodide, wheel, model, sizes).encode()
    write_folder(out, files, digest)
    return (
        f"Runtime for the browser: Pyodide {pyodide.version} and {wheel} "
        f"({sizes[wheel] / 1000:.0f} kB, compiled by {compiler}), "
        f"{sum(sizes.values()) / 1e6:.1f} MB in all, built in {time.monotonic() - started:.1f} s."
    )


def browser_wheel(root: Path, pyodide: Pyodide, compiler: Compiler) -> tuple[str, bytes]:
    """Return name and content of the byte-compiled wheel; the name holds its hash."""
    with tempfile.TemporaryDirectory() as folder:
        source = build_wheel(root, Path(folder).resolve())
        name, version, *_ = source.name.split("-")
        files = compile_wheel(root, source, pyodide, compiler)
    return f"{name}-{version}-{content_hash(files)}.whl", write_zip(files)


def browser_model(root: Path) -> tuple[str, bytes]:
    """Return name and content of the model as JSON; the name holds its hash."""
    data = model_json((root / "cxquiz" / "model.toml").read_text(encoding="utf-8"))
    return f"model-{hashlib.sha256(data).hexdigest()[:_HASH_DIGITS]}.json", data


def pyodide_files(pyodide: Pyodide) -> dict[str, bytes]:
    """Return what the browser needs of Pyodide, by path in the runtime folder."""
    prefix = f"pyodide-{pyodide.version}/"
    lock = (pyodide.folder / "pyodide-lock.json").read_text(encoding="utf-8")
    return {
        prefix + "pyodide-lock.json": slim_lock(lock).encode(),
        **{prefix + name: (pyodide.folder / name).read_bytes() for name in PYODIDE_FILES},
    }


def write_folder(out: Path, files: Mapping[str, bytes], digest: str) -> None:
    """Make ``out`` hold exactly ``files`` and a stamp that says from which inputs."""
    (out / _STAMP).unlink(missing_ok=True)  # a build that breaks off is not current
    for name, data in files.items():
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    remove_stale(out, files)
    (out / _STAMP).write_text(digest, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``python -m macros.runtime`` and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m macros.runtime", description="Build what the browser needs for the quiz."
    )
    parser.add_argument(
        "--compiler",
        choices=("pyodide-build", "pyodide"),
        help="who makes the byte-code; both give the same (default: what this machine has)",
    )
    options = parser.parse_args(arguments)
    try:
        print(build(compiler=options.compiler))  # noqa: T201 - a command answers by printing
    except RuntimeBuildError as error:
        print(f"The runtime was not built. {error}", file=sys.stderr)  # noqa: T201 - as above
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
