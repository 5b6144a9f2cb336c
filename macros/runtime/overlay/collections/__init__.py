"""The part of ``collections`` that is written in C; the rest is loaded when it is asked for.

Pyodide and the import system want the module at each start, and of it next to nothing.
"""

from __future__ import annotations

import _collections_abc
import sys
from _collections import OrderedDict, defaultdict, deque  # type: ignore[import-not-found]
from importlib import import_module

__all__ = ["OrderedDict", "defaultdict", "deque"]

sys.modules["collections.abc"] = abc = _collections_abc


def __getattr__(name: str) -> object:
    """Return what is written in Python: from Python's own module, under its name here."""
    if name.startswith("__"):
        raise AttributeError(name)
    return getattr(import_module("python_collections"), name)
