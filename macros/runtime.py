"""Build what the reader's browser needs to run the quiz.

``python -m macros.runtime`` fills ``docs/assets/quiz/runtime/`` with Pyodide and the byte-compiled
``cxquiz``, the model in it, and lists them in ``manifest.json``. MkDocs and Zensical copy
the folder into the site like any other asset, so nothing is asked from another origin.

Starting Python is work, not download: most of it is compiling the standard library's sources.
So the library is byte-compiled here, and only the modules that the quiz or Pyodide imports are
in it. All of Pyodide is cut to what is used, and compressed here and not by the host, so that a
reader downloads a third of the bytes wherever the site stands.

Each file's name holds the hash of its content: it may be cached for ever, and an old page never
meets a new file. The browser checks the hash, too.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import sys
import tempfile
import time
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cxquiz.loading import ModelError
from cxquiz.model_file import load_model
from macros import archives, built_model, pyodide, wheel
from macros.errors import RuntimeBuildError
from macros.manifest import MANIFEST, ROOT, RUNTIME
from macros.node import run_node
from macros.pyodide import Pyodide, installed_pyodide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cxquiz.model import Model

_STAMP: Final = ".stamp"
_COMPILE_SCRIPT: Final = Path("macros/compile_python.mjs")
_HASH_DIGITS: Final = 12

# What both halves of the runtime are made by.
_BUILDERS: Final = (
    "archives",
    "built_model",
    "errors",
    "manifest",
    "node",
    "pyodide",
    "runtime",
    "wheel",
)


@dataclass(frozen=True)
class Asset:
    """A file of the runtime."""

    path: str
    """Its path in the runtime's folder; it holds the hash."""
    data: bytes
    """What is served."""
    sha256: str
    """The hash of its content, inflated. Two releases of a compressor give different bytes."""
    crc32: int
    """The checksum of the same, for pages that come without https."""

    @property
    def entry(self) -> dict[str, Any]:
        """What the manifest says of it."""
        return {
            "path": self.path,
            "bytes": len(self.data),
            "sha256": self.sha256,
            "crc32": self.crc32,
        }


def plain(name: str, suffix: str, content: bytes) -> Asset:
    """Return a file that is served as it is."""
    digest = hashlib.sha256(content).hexdigest()
    path = f"{name}-{digest[:_HASH_DIGITS]}{suffix}"
    return Asset(path, content, digest, zlib.crc32(content))


def packed(name: str, suffix: str, content: bytes) -> Asset:
    """Return a file that the worker inflates."""
    asset = plain(name, suffix, content)
    return Asset(f"{asset.path}.zst", archives.compressed(content), asset.sha256, asset.crc32)


# The two halves: Pyodide changes with its version, the package with each edit


def pyodide_assets(root: Path, installed: Pyodide) -> dict[str, Asset]:
    """Return what the browser gets of Pyodide, by what it is."""
    with tempfile.TemporaryDirectory() as folder:
        trimmed = pyodide.trimmed_pyodide(root, installed, Path(folder))
    library = pyodide.trimmed_library(root, installed)
    compiled = archives.write_zip(compile_archive(root, "library", library))
    loader = (installed.folder / pyodide.LOADER).read_bytes()
    # Modules are imported by the browser itself, and something must inflate the others.
    return {
        "inflate": plain("zstd", ".wasm", installed.inflate),
        "loader": plain("pyodide", ".mjs", loader),
        "script": plain("pyodide.asm", ".js", trimmed[pyodide.SCRIPT]),
        "wasm": packed("pyodide.asm", ".wasm", trimmed[pyodide.WASM]),
        "library": packed("python_stdlib", ".zip", compiled),
    }


def package_assets(root: Path, installed: Pyodide) -> dict[str, Asset]:
    """Return the package, byte-compiled, with the model in it."""
    model = built_model.source_of(_model(root)).encode()
    with tempfile.TemporaryDirectory() as folder:
        source = wheel.build_wheel(root, Path(folder).resolve(), {"cxquiz/built_model.py": model})
        name, version, *_ = source.name.split("-")
        compiled_here = wheel.byte_compiled(source, installed.python)
        compiled = compile_archive(root, "package", compiled_here.read_bytes())
    files = wheel.compiled_wheel(compiled, installed.python)
    return {"package": packed(f"{name}-{version}", ".whl", archives.write_zip(files))}


def _model(root: Path) -> Model:
    try:
        return load_model(root / "cxquiz" / "model.toml")
    except ModelError as error:
        message = f"The model cannot be used. Correct it and run make again.\n{error}"
        raise RuntimeBuildError(message) from error


def compile_archive(root: Path, kind: str, data: bytes) -> dict[str, bytes]:
    """Return the files of an archive with byte-code in the place of each source.

    Args:
        root: The repository.
        kind: ``package`` or ``library``; see ``macros/compile_python.mjs``.
        data: The archive with the sources.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "source.zip"), Path(folder, "target.zip")
        source.write_bytes(data)
        run_node(root, _COMPILE_SCRIPT, [kind, source, target])
        return archives.read_zip(target.read_bytes())


_HALVES: Final[Mapping[str, Callable[[Path, Pyodide], dict[str, Asset]]]] = {
    "pyodide": pyodide_assets,
    "package": package_assets,
}


# The folder


def inputs_digest(root: Path, installed: Pyodide) -> dict[str, str]:
    """Return a digest of all that each half of the runtime is made from."""
    tools = [*(root / "macros" / f"{name}.py" for name in _BUILDERS), root / _COMPILE_SCRIPT]
    halves = {
        "pyodide": [
            root / pyodide.TRIM_SCRIPT,
            root / pyodide.MODULES,
            *(root / pyodide.STAND_INS).rglob("*.py"),
            root / "package.json",  # it pins what trims, too
        ],
        "package": [
            *(path for path in (root / "cxquiz").rglob("*") if _is_source(path)),
            root / "pyproject.toml",
        ],
    }
    return {
        half: _digest(root, installed.version, [*tools, *paths]) for half, paths in halves.items()
    }


def _is_source(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts


def _digest(root: Path, version: str, paths: Iterable[Path]) -> str:
    digest = hashlib.sha256(version.encode())
    for path in sorted(paths):
        data = path.read_bytes()
        digest.update(f"\0{path.relative_to(root).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def is_current(out: Path, digests: Mapping[str, str]) -> bool:
    """Tell whether ``out`` was built from these very inputs and is still complete."""
    return all(current_half(out, half, digests) for half in _HALVES)


def current_half(out: Path, half: str, digests: Mapping[str, str]) -> dict[str, Asset]:
    """Return a half of the runtime as it stands in ``out``; nothing where it must be built."""
    try:
        stamp = json.loads((out / _STAMP).read_text(encoding="utf-8"))[half]
        entries = json.loads((out / MANIFEST).read_text(encoding="utf-8"))["files"]
        if stamp["digest"] != digests[half]:
            return {}
        found = {
            name: Asset(
                entries[name]["path"],
                (out / entries[name]["path"]).read_bytes(),
                entries[name]["sha256"],
                entries[name]["crc32"],
            )
            for name in stamp["files"]
        }
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    intact = all(asset.entry == entries[name] for name, asset in found.items())
    return found if intact else {}


def manifest(installed: Pyodide, assets: Mapping[str, Asset]) -> str:
    """Return ``manifest.json``, the one list of the runtime's files."""
    content = {
        "pyodide": installed.version,
        "python": installed.python,
        "lock": installed.lock,
        "files": {name: asset.entry for name, asset in assets.items()},
    }
    return json.dumps(content, indent=2) + "\n"


def build(root: Path = ROOT, out: Path | None = None) -> str:
    """Build what is not current of the runtime, and say in one line what was done.

    Args:
        root: The repository.
        out: The folder to fill; ``docs/assets/quiz/runtime`` of the repository by default.

    Raises:
        RuntimeBuildError: Something that the build needs is missing or wrong.
    """
    started = time.monotonic()
    out = root / RUNTIME if out is None else out
    installed = installed_pyodide(root)
    digests = inputs_digest(root, installed)
    halves = {half: current_half(out, half, digests) for half in _HALVES}
    if all(halves.values()):
        return "Runtime for the browser: up to date."

    halves = {half: found or _HALVES[half](root, installed) for half, found in halves.items()}
    assets = {name: asset for half in halves.values() for name, asset in half.items()}
    stamp = {
        half: {"digest": digests[half], "files": list(found)} for half, found in halves.items()
    }
    files = {asset.path: asset.data for asset in assets.values()}
    files[MANIFEST] = manifest(installed, assets).encode()
    write_folder(out, files, json.dumps(stamp))
    return (
        f"Runtime for the browser: Pyodide {installed.version} and "
        f"{Path(assets['package'].path).name}, "
        f"{sum(map(len, files.values())) / 1e6:.2f} MB in all, "
        f"built in {time.monotonic() - started:.1f} s."
    )


def write_folder(out: Path, files: Mapping[str, bytes], stamp: str) -> None:
    """Make ``out`` hold exactly ``files`` and a stamp that says from which inputs."""
    (out / _STAMP).unlink(missing_ok=True)  # a build that breaks off is not current
    for name, data in files.items():
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    remove_stale(out, files)
    (out / _STAMP).write_text(stamp, encoding="utf-8")


def remove_stale(out: Path, keep: Iterable[str]) -> None:
    """Remove from ``out`` what no longer belongs to the runtime."""
    kept = {out / name for name in keep}
    for path in sorted(out.rglob("*"), reverse=True):  # children before their folder
        if path.is_dir():
            with contextlib.suppress(OSError):  # it still holds something that is kept
                path.rmdir()
        elif path not in kept:
            path.unlink()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``python -m macros.runtime`` and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m macros.runtime", description="Build what the browser needs for the quiz."
    )
    parser.parse_args(arguments)
    try:
        print(build())  # noqa: T201 - a command answers by printing
    except RuntimeBuildError as error:
        print(f"The runtime was not built. {error}", file=sys.stderr)  # noqa: T201 - as above
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
