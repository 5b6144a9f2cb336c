"""Opening the model that a command works with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cxquiz.authoring.loader import parse_model
from cxquiz.authoring.table import ModelError
from cxquiz.authoring.wording import PACKAGED_MODEL

if TYPE_CHECKING:
    from pathlib import Path

    from cxquiz.model.types import Model

_LARGEST: Final = 8 << 20


class UnreadableError(Exception):
    """A file that cannot be opened or read; the text says which and why."""

    def __init__(self, name: object, error: OSError | ValueError) -> None:
        """Say it of the file ``name``.

        Args:
            name: The file as the user called it.
            error: What opening or reading it raised; a path that no file can have is a
                ``ValueError``.
        """
        reason = error.strerror if isinstance(error, OSError) else None
        super().__init__(f"{name}: {reason or error}")


def open_model(path: Path | None) -> Model:
    """Read the model from a file, or the packaged one.

    Args:
        path: The file, or ``None`` for the model that comes with the package.

    Raises:
        UnreadableError: The file cannot be opened or read.
        ModelError: What it says cannot be used; every fault is named.
    """
    path = path or PACKAGED_MODEL
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        raise UnreadableError(path, error) from error
    if len(raw) > _LARGEST:  # some files never end: a device, a pipe
        problem = f"{path}: this is larger than any model ({_LARGEST >> 20} MiB)."
        raise ModelError([problem])
    try:
        text = raw.decode("utf-8-sig")  # some editors put a byte-order mark first
    except UnicodeDecodeError as error:
        problem = f"{path}: this is not UTF-8 text."
        raise ModelError([problem]) from error
    return parse_model(text, name=str(path), toml=path.suffix != ".json")
