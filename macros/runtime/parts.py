"""The parts of the runtime: each is made from inputs of its own, and again when they change.

Pyodide changes with its version, the library with what the package imports, the package with each
change of code, and the model with each change of wording.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cxquiz.authoring.model_file import load_model
from cxquiz.authoring.table import ModelError
from macros.runtime import library, model_source, npm
from macros.runtime.archives import write_zip
from macros.runtime.assets import Asset, packed, plain
from macros.runtime.bytecode import compiled
from macros.runtime.errors import RuntimeBuildError
from macros.runtime.node import run_node
from macros.runtime.package import package_files

if TYPE_CHECKING:
    from macros.runtime.npm import Pyodide

TRIM_SCRIPT: Final = Path("macros/runtime/trim.mjs")

PYODIDE: Final = "pyodide"
"""The part that takes as long to make as all others."""

MODEL: Final = "cxquiz_model"
"""The module that has the model, in an archive of its own."""


@dataclass(frozen=True)
class Job:
    """What to build.

    Attributes:
        root: The repository.
        pyodide: The installed Pyodide.
        layers: The layers to apply.
    """

    root: Path
    pyodide: Pyodide
    layers: frozenset[str]

    def without(self, layers: frozenset[str]) -> Job:
        """Return the same with fewer layers."""
        return replace(self, layers=self.layers - layers)

    def archive(self, files: Mapping[str, bytes], *, lines: bool = True) -> bytes:
        """Return modules as the browser gets them, as a zip file.

        Args:
            files: Their sources.
            lines: Whether tracebacks name lines.
        """
        if "bytecode" not in self.layers:
            return write_zip(files)
        return write_zip(compiled(self.root, self.pyodide.release, files, lines=lines))


Maker = Callable[[Job, dict[str, str]], dict[str, Asset]]
"""Makes the files of a part, by their names, and says why it leaves a layer out."""


def _pyodide(job: Job, left_out: dict[str, str]) -> dict[str, Asset]:
    found = job.pyodide
    with tempfile.TemporaryDirectory() as folder:
        files = [found.folder / name for name in (npm.LOADER, found.script, npm.WASM)]
        layers = sorted(job.layers & LAYERS_OF[PYODIDE])
        run_node(job.root, TRIM_SCRIPT, [*files, folder, *layers])
        script, wasm, reasons = (
            Path(folder, name).read_bytes() for name in (found.script, npm.WASM, "left_out.json")
        )
        left_out.update(json.loads(reasons))
    # Modules are imported by the browser itself, and something must inflate the others.
    return {
        "inflate": plain("zstd", ".wasm", found.inflate),
        "loader": plain("pyodide", ".mjs", (found.folder / npm.LOADER).read_bytes()),
        "script": plain("pyodide.asm", Path(found.script).suffix, script),
        "wasm": packed("pyodide.asm", ".wasm", wasm),
    }


def _library(job: Job, _: dict[str, str]) -> dict[str, Asset]:
    files = library.whole_library(job.pyodide)
    if "overlay" in job.layers:
        files = library.with_overlay(job.root, files)
    if "library" in job.layers:
        files = library.cut(job.root, files, package_files(job.root))
    return {"library": packed("python_stdlib", ".zip", job.archive(files, lines=False))}


def _package(job: Job, _: dict[str, str]) -> dict[str, Asset]:
    return {"package": packed("cxquiz", ".zip", job.archive(package_files(job.root)))}


def _model(job: Job, _: dict[str, str]) -> dict[str, Asset]:
    try:
        model = load_model(job.root / "cxquiz" / "model.toml")
    except ModelError as error:
        raise RuntimeBuildError(
            f"The model cannot be used. Correct it and run make again.\n{error}"
        ) from error
    source = model_source.source_of(model).encode()
    return {"model": packed("model", ".zip", job.archive({f"{MODEL}.py": source}))}


MAKERS: Final[Mapping[str, Maker]] = {
    PYODIDE: _pyodide,
    "library": _library,
    "package": _package,
    "model": _model,
}
"""What makes each part."""

LAYERS_OF: Final[Mapping[str, frozenset[str]]] = {
    PYODIDE: frozenset({"script", "linking", "wasm"}),
    "library": frozenset({"library", "overlay", "bytecode"}),
    "package": frozenset({"bytecode"}),
    "model": frozenset({"bytecode"}),
}
"""The layers that each part knows."""


def inputs_of(root: Path, part: str) -> Iterator[Path]:
    """Return the files of the repository that a part is made from."""
    own = root / "macros" / "runtime"
    yield from (path for path in own.iterdir() if path.suffix in {".py", ".mjs"})
    yield root / "package.json"  # it pins what cuts, too
    if part == "library":
        yield root / library.MODULES
        yield from (root / library.OVERLAY).rglob("*.py")
    if part != PYODIDE:
        yield from (root / "cxquiz").rglob("*.py")
    if part == "model":
        yield root / "cxquiz" / "model.toml"
