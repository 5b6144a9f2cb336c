"""HTML as values: elements that escape whatever is put into them."""

from __future__ import annotations

from typing import Final

from cxquiz.model.text import clean

_ESCAPES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
)
_VOID: Final = frozenset({"input", "br", "hr", "col"})


class Markup(str):
    """Text that is HTML already and is not escaped again. Only this module makes it."""

    __slots__ = ()


def escape(text: str) -> Markup:
    """Return text as HTML, clean; markup is returned as it is."""
    return text if isinstance(text, Markup) else Markup(clean(text).translate(_ESCAPES))


def join(*children: Markup | str | None) -> Markup:
    """Put pieces one after another, escaping those that are plain text."""
    return Markup("".join(escape(child) for child in children if child is not None))


def el(tag: str, *children: Markup | str | None, **attributes: str | int | bool | None) -> Markup:
    """Make an element.

    Args:
        tag: The element's name.
        children: What it holds; plain text is escaped.
        attributes: Its attributes. A trailing underscore is dropped (``class_``, ``for_``)
            and other underscores become hyphens. ``True`` writes the bare name, ``False``
            and ``None`` leave the attribute out.
    """
    written = "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None and value is not False
        for name in [key.rstrip("_").replace("_", "-")]
    )
    if tag in _VOID:
        return Markup(f"<{tag}{written}>")
    return Markup(f"<{tag}{written}>{join(*children)}</{tag}>")
