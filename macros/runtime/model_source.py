"""The model as Python, for the browser: importing it is all that it takes to have it there.

The browser would else read the model as JSON and check again, at each start, what has been
checked here: a tenth of the time that Python takes to start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from cxquiz.model import types as values

if TYPE_CHECKING:
    from cxquiz.model.types import Model


def source_of(model: Model) -> str:
    """Return the source of a module whose ``MODEL`` equals a model.

    The same model gives the same source.
    """
    classes = sorted(name for name, value in vars(values).items() if is_dataclass(value))
    return (
        '"""The model as the build has read and checked it."""\n\n'
        f"from cxquiz.model.types import {', '.join(classes)}\n\n"
        f"MODEL = {_written(model)}\n"
    )


def _written(value: object) -> str:
    """Return the expression for a value of the model."""
    if is_dataclass(value):
        parts = (_written(getattr(value, field.name)) for field in fields(value))
        return f"{type(value).__name__}({', '.join(parts)})"
    if isinstance(value, Mapping):
        pairs = (f"{_written(key)}: {_written(part)}" for key, part in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, tuple):
        return f"({''.join(f'{_written(part)}, ' for part in value)})"
    if isinstance(value, frozenset):
        return f"frozenset(({''.join(f'{part!r}, ' for part in sorted(value))}))"
    return repr(value)
