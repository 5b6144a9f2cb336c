"""What Pyodide's WebAssembly imports first."""

# Pyodide's script reaches them as attributes.
from . import _base, _importhook

__all__ = ["_base", "_importhook"]


def set_excepthook() -> None:
    """Leave Python's own, which calls the stand-in for ``traceback``."""
