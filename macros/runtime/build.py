"""Build what the reader's browser needs to run the quiz.

``python -m macros.runtime`` fills ``docs/assets/quiz/runtime/`` with Pyodide, the package
``cxquiz`` and the model, and lists them in ``manifest.json``. MkDocs and Zensical copy the folder
into the site like any other asset, so nothing is asked from another origin.

Starting Python is work, not download: most of it is compiling the standard library's sources.
So modules are byte-compiled here, and only those that the quiz or Pyodide imports are there. All
of Pyodide is cut to what is used, and compressed here and not by the host, so that a reader
downloads a third of the bytes wherever the site stands. Each of these cuts is a layer that can be
left out; see :mod:`macros.runtime.layers`.

Each file's name holds the hash of its content: it may be cached for ever, and an old page never
meets a new file. The browser checks the hash, too.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from macros.runtime.errors import RuntimeBuildError
from macros.runtime.folder import Parts, Stamp, current_parts, read_stamp, write_folder
from macros.runtime.layers import LAYERS, SUSPECTS, told
from macros.runtime.library import StartError
from macros.runtime.manifest import MANIFEST, ROOT, RUNTIME
from macros.runtime.node import run_node
from macros.runtime.npm import Pyodide, installed_pyodide
from macros.runtime.parts import LAYERS_OF, MAKERS, PYODIDE, Job, inputs_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from macros.runtime.assets import Asset

CHECK_SCRIPT: Final = Path("macros/runtime/check.mjs")


@dataclass(frozen=True)
class _Built:
    """A runtime, and why it lacks a layer, by the layer's name."""

    parts: Parts
    left_out: dict[str, str]

    @property
    def assets(self) -> dict[str, Asset]:
        return {name: asset for part in MAKERS for name, asset in self.parts[part].items()}


def build(root: Path = ROOT, out: Path | None = None, layers: Iterable[str] = LAYERS) -> str:
    """Build what is not current of the runtime, and say what was done.

    Args:
        root: The repository.
        out: The folder to fill; ``docs/assets/quiz/runtime`` of the repository by default.
        layers: The layers to apply; those that do not fit this Pyodide are left out.

    Returns:
        One line, and one more for each layer that is left out.

    Raises:
        RuntimeBuildError: Something that the build needs is missing or wrong.
    """
    started = time.monotonic()
    out = root / RUNTIME if out is None else out
    requested = frozenset(layers)
    installed = installed_pyodide(root)
    digests = inputs_digest(root, installed, requested)
    known, stamp = current_parts(out, digests), read_stamp(out)
    if known.keys() == digests.keys():
        return "\n".join(["Runtime for the browser: up to date.", *told(requested, stamp.left_out)])

    built = _one_that_starts(Job(root, installed, requested), known)
    # What an earlier build has found of a part that stands as it was is still so.
    left_out = {
        name: reason
        for name, reason in stamp.left_out.items()
        if name in requested and any(name in LAYERS_OF[part] for part in known)
    } | built.left_out
    files = {asset.path: asset.data for asset in built.assets.values()}
    files[MANIFEST] = _manifest(installed, built.assets).encode()
    made = {
        part: {"digest": digest, "files": list(built.parts[part])}
        for part, digest in digests.items()
    }
    write_folder(out, files, Stamp(requested, left_out, made))
    line = (
        f"Runtime for the browser: Pyodide {installed.version}, "
        f"{sum(map(len, files.values())) / 1e6:.2f} MB in all, "
        f"built in {time.monotonic() - started:.1f} s."
    )
    return "\n".join([line, *told(requested, left_out)])


def is_current(root: Path = ROOT, out: Path | None = None) -> bool:
    """Tell whether the runtime, with whatever layers, fits the repository and is complete."""
    out = root / RUNTIME if out is None else out
    layers = read_stamp(out).layers
    if layers is None:
        return False
    digests = inputs_digest(root, installed_pyodide(root), layers)
    return current_parts(out, digests).keys() == digests.keys()


def inputs_digest(root: Path, installed: Pyodide, layers: frozenset[str]) -> dict[str, str]:
    """Return a digest of all that each part of the runtime is made from."""
    found = {}
    for part in MAKERS:
        digest = hashlib.sha256(installed.version.encode())
        digest.update(" ".join(sorted(layers & LAYERS_OF[part])).encode())
        for path in sorted(inputs_of(root, part)):
            data = path.read_bytes()
            digest.update(f"\0{path.relative_to(root).as_posix()}\0{len(data)}\0".encode())
            digest.update(data)
        found[part] = digest.hexdigest()
    return found


def _one_that_starts(job: Job, known: Parts) -> _Built:
    """Return the runtime with as many layers as Python starts with.

    Args:
        job: What to make.
        known: The parts of it that are there already.

    Raises:
        RuntimeBuildError: Python does not even start without any layer.
    """
    built, fault = _attempt(job, known)
    if not fault:
        return built
    whole, still = _attempt(job.without(job.layers), {})
    if still:
        raise RuntimeBuildError(f"Python does not start on what was built: {still}")
    for name in (it for it in SUSPECTS if it in job.layers):
        kept = {part: it for part, it in built.parts.items() if name not in LAYERS_OF[part]}
        other, still = _attempt(job.without(frozenset({name})), kept)
        if not still:
            reason = f"Python does not start with it ({fault})"
            return _Built(other.parts, {**other.left_out, name: reason})
    return _Built(whole.parts, dict.fromkeys(job.layers, f"Python starts without all ({fault})"))


def _attempt(job: Job, known: Parts) -> tuple[_Built, str]:
    """Make a runtime and start it.

    Args:
        job: What to make.
        known: The parts of it that are there already.

    Returns:
        The runtime, as far as it was made, and what was said where Python does not start on it.
    """
    built = _Built(dict(known), {})
    # Trimming Pyodide takes as long as all the rest, so it goes on beside that. The rest stays in
    # one thread: Python 3.11 does not bear two that parse at once.
    making = [part for part in MAKERS if part not in known]
    with ThreadPoolExecutor(max_workers=1) as beside:
        trimmed = [beside.submit(MAKERS[it], job, built.left_out) for it in making if it == PYODIDE]
        try:
            for part in (it for it in making if it != PYODIDE):
                built.parts[part] = MAKERS[part](job, built.left_out)
        except StartError as error:
            return built, str(error).splitlines()[-1]
        finally:
            for done in trimmed:
                built.parts[PYODIDE] = done.result()
    files = {asset.path: asset.data for asset in built.assets.values()}
    files[MANIFEST] = _manifest(job.pyodide, built.assets).encode()
    with tempfile.TemporaryDirectory() as folder:
        write_folder(Path(folder), files, Stamp())
        try:
            run_node(job.root, CHECK_SCRIPT, [folder])
        except RuntimeBuildError as error:
            return built, str(error).splitlines()[-1]
    return built, ""


def _manifest(installed: Pyodide, assets: dict[str, Asset]) -> str:
    """Return ``manifest.json``, the one list of the runtime's files."""
    content = {
        "pyodide": installed.version,
        "python": installed.python,
        "lock": installed.lock,
        "files": {name: asset.entry for name, asset in assets.items()},
    }
    return json.dumps(content, indent=2) + "\n"
