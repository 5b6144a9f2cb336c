"""The classes by which Pyodide's WebAssembly tells JavaScript's objects apart.

In Pyodide they also document each method of each kind of object. Here, one class stands for all.
"""

from __future__ import annotations

from typing import Self


class _JsProxyMetaClass(type):
    """The class of the classes."""


class JsProxy(metaclass=_JsProxyMetaClass):
    """Has whatever method somebody looks for the docstring of."""

    def __new__(cls, *_: object) -> Self:
        """Return an instance, whatever is given."""
        return super().__new__(cls)

    def __getattr__(self, _name: str) -> JsProxy:
        return self


class JsException(Exception):  # noqa: N818 - its name in Pyodide
    """An error in JavaScript."""


class ConversionError(Exception):
    """A value has no counterpart in the other language."""


class InternalError(Exception):
    """Pyodide itself is at fault."""


class JsBigInt(int):
    """A number of JavaScript that is no floating-point one."""


_instantiate_token = object()
jsnull = None

_ONE_FOR_ALL = (
    *("JsArray", "JsBuffer", "JsDoubleProxy", "JsGenerator", "JsMutableMap", "JsPromise"),
    *("can_run_sync", "create_once_callable", "create_proxy", "destroy_proxies", "run_sync"),
    "to_js",
)
"""What Pyodide looks for the docstrings in. Another version may want more, and should say so."""


def __getattr__(name: str) -> type[JsProxy]:
    if name not in _ONE_FOR_ALL:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return JsProxy
