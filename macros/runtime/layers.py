"""The layers of the build: each makes the runtime smaller or quicker, and each can be left out.

Without any of them the browser gets Pyodide as it is published, and the quiz works. So a layer
that does not fit another version of Pyodide is left out and named, and does not stop a build.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cxquiz.model.suggest import nearest
from macros.runtime.errors import RuntimeBuildError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Layer:
    """A cut that can be left out.

    Attributes:
        what: What it does.
        costs: What leaving it out costs, as it was measured with Pyodide 0.29.5.
    """

    what: str
    costs: str


LAYERS: Final[Mapping[str, Layer]] = {
    "library": Layer(
        "the needed modules of the standard library alone", "1.44 MB more to download"
    ),
    "overlay": Layer(
        "stand-ins for modules that do much at each start",
        "0.37 MB more to download, and time at each start",
    ),
    "script": Layer(
        "Pyodide's script without what only binary packages need",
        "0.94 MB more to download, since “wasm” goes with it",
    ),
    "linking": Layer(
        "nothing is prepared for libraries that would be linked", "no byte, but time at each start"
    ),
    "wasm": Layer(
        "the WebAssembly without what only binary packages need", "0.36 MB more to download"
    ),
    "bytecode": Layer(
        "compiled modules instead of sources",
        "0.04 MB less to download, but that each start compiles all modules",
    ),
}
"""All layers by name, in the order in which they are applied."""

SUSPECTS: Final = ("overlay", "library", "linking", "wasm", "script", "bytecode")
"""All layers, those first that know most of Pyodide's inside: one of them is at fault first."""


def layers_named(text: str) -> frozenset[str]:
    """Return the layers that a text names, with blanks between them.

    Raises:
        RuntimeBuildError: There is no such layer.
    """
    names = text.split()
    for name in names:
        if name not in LAYERS:
            message = (
                f"There is no layer “{name}”.{nearest(name, LAYERS)} "
                f"The layers are: {', '.join(LAYERS)}."
            )
            raise RuntimeBuildError(message)
    return frozenset(names)


def told(requested: Iterable[str], left_out: Mapping[str, str]) -> list[str]:
    """Return a line for each layer that is not applied, with what that costs.

    Args:
        requested: The layers that were asked for.
        left_out: Why a layer of them does not apply, by its name.
    """
    asked = set(requested)
    reasons = {name: "not asked for" for name in LAYERS if name not in asked} | dict(left_out)
    return [
        f"Left out: “{name}” ({LAYERS[name].what}), which costs {LAYERS[name].costs}: {reason}."
        for name, reason in reasons.items()
    ]
