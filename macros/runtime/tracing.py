"""Which modules Pyodide's start and the package load: this very source runs inside Pyodide.

It imports next to nothing itself, since that would be counted.
"""

from __future__ import annotations

import sys
from importlib import import_module


def modules_at_start(package: str, names: str) -> str:
    """Import a package, and return which modules of the standard library are loaded by then.

    Args:
        package: The archive with the package.
        names: The package's modules, one a line.

    Returns:
        The modules, one a line.
    """
    sys.path.insert(0, package)
    for name in names.split():
        import_module(name)
    library = f"/lib/python{sys.version_info.major}{sys.version_info.minor}.zip/"
    specs = {name: getattr(module, "__spec__", None) for name, module in sys.modules.items()}
    found = (name for name, spec in specs.items() if library in str(getattr(spec, "origin", "")))
    return "\n".join(sorted(found))
