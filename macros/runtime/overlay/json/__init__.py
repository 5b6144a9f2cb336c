"""JSON without the patterns that Python's own module makes at each start.

What reads and writes JSON is written in C there, too. The rest of that module is for what is rare
here, so it is loaded only then: to say what is wrong, to check more, to lay a text out for people.
"""

from __future__ import annotations

from _json import encode_basestring, make_encoder, make_scanner
from importlib import import_module
from typing import Any

_ELSEWHERE = {
    "JSONDecodeError": "json.decoder",
    "JSONDecoder": "json.decoder",
    "JSONEncoder": "json.encoder",
}

# Indent, separators, and whether to sort, to skip keys, and to allow NaN.
_AS_COMPACT = (None, ":", ",", False, False, True)
_COMPACT = {"ensure_ascii": False, "separators": (",", ":")}


class _Settings:
    """What the reader in C looks up: Python's own settings."""

    strict = True
    object_hook = None
    object_pairs_hook = None
    parse_float = float
    parse_int = int
    parse_constant = float


_scan = make_scanner(_Settings())  # type: ignore[arg-type]  # it takes any such object


def loads(text: str, **options: Any) -> Any:  # noqa: ANN401 - whatever it says
    """Return what a text says; see Python's own module.

    Raises:
        JSONDecodeError: It is no JSON.
    """
    if not options:
        try:
            value, end = _scan(text, 0)
        except StopIteration:
            end = -1
        if end == len(text):
            return value
    from json.decoder import JSONDecoder  # blanks, options or a slip: rare

    return JSONDecoder(**options).decode(text)


def dumps(value: object, **options: Any) -> str:  # noqa: ANN401 - those of Python's own module
    """Return a value as JSON; see Python's own module.

    Raises:
        TypeError: JSON has nothing like it.
        ValueError: It holds itself.
    """
    if options == _COMPACT:
        encode = make_encoder({}, _refuse, encode_basestring, *_AS_COMPACT)
        return "".join(encode(value, 0))
    from json.encoder import JSONEncoder  # to lay it out for people: rare

    return JSONEncoder(**options).encode(value)


def _refuse(value: object) -> object:
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def __getattr__(name: str) -> object:
    """Return what few need."""
    if name not in _ELSEWHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ELSEWHERE[name]), name)
