"""The whole playbook on one page, for reading in one go and for printing."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, StrictUndefined
from mkdocs.utils.meta import get_data
from mkdocs.utils.yaml import yaml_load

from macros.pages.documents import DOCS
from macros.runtime.manifest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_HEADING: Final = re.compile(r"^(#{1,5}) ", re.MULTILINE)
_TITLE: Final = re.compile(r"^# (.+)$", re.MULTILINE)
_LINK: Final = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
_RELATED: Final = re.compile(r"^## Related\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def navigation() -> object:
    """Return the navigation of ``mkdocs.yml``: titles with files, and lists of them.

    It is read from the file, because MkDocs and Zensical hand it on in different forms.
    """
    with (ROOT / "mkdocs.yml").open(encoding="utf-8") as file:
        return yaml_load(file)["nav"]


def playbook(
    nav: object, here: str, macros: Mapping[str, Callable[..., str]], docs: Path = DOCS
) -> str:
    """Return the text of all pages, in the order of the navigation.

    Args:
        nav: The navigation, from :func:`navigation`.
        here: The file of the page that asks, relative to ``docs/``; it is left out.
        macros: What the pages may call.
        docs: Where the pages are.
    """
    # Pages are Markdown that we wrote, so there is nothing to escape.
    templates = Environment(autoescape=False, undefined=StrictUndefined)  # noqa: S701
    texts = []
    for file in _files(nav):
        if file == here:
            continue
        text, _ = get_data((docs / file).read_text(encoding="utf-8"))
        text = _with_links_from(here, file, text)
        text = templates.from_string(_RELATED.sub("", text)).render(macros)
        text = _TITLE.sub(r"# \1 { .page-start }", text, count=1)
        texts.append(_HEADING.sub(r"#\1 ", text).strip())
    return "\n\n".join(texts)


def _files(nav: object) -> Iterator[str]:
    """Walk through a navigation: lists of files, and of titles with a file or a list."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for entry in nav.values():
            yield from _files(entry)
    elif isinstance(nav, list):
        for entry in nav:
            yield from _files(entry)


def _with_links_from(here: str, file: str, text: str) -> str:
    """Return the text of one file with links that lead the same way from another."""

    def relink(link: re.Match[str]) -> str:
        path = posixpath.join(posixpath.dirname(file), link[1])
        return f"]({posixpath.relpath(path, posixpath.dirname(here) or '.')}"

    return _LINK.sub(relink, text)


def silent(*_: Any, **__: Any) -> str:  # noqa: ANN401 - stands for any macro
    """Return nothing: for macros that make no sense on a page of all pages."""
    return ""
