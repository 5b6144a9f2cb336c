"""The model as a file; the browser, which gets it as a module, does without this."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxquiz.authoring.loader import parse_model
from cxquiz.authoring.table import ModelError
from cxquiz.authoring.wording import PACKAGED_MODEL

if TYPE_CHECKING:
    from pathlib import Path

    from cxquiz.model.types import Model


def load_model(path: Path = PACKAGED_MODEL) -> Model:
    """Read a model from a ``.toml`` or ``.json`` file.

    Raises:
        ModelError: The file cannot be read, or what it says cannot be used.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise ModelError([f"{path}: cannot be read: {reason}."]) from error
    return parse_model(text, name=str(path), toml=path.suffix != ".json")
