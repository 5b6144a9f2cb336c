"""What the documents for developers name is there."""

from __future__ import annotations

import re
import tomllib
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import pytest

from macros.runtime.manifest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENTS: Final = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "decisions").glob("*.md"), *ROOT.glob("macros/runtime/*/*.md")]
)

_PATH: Final = re.compile(r"`((?:cxquiz|macros|docs|tests|decisions|\.github)/[\w./-]*)`")
_NAME: Final = re.compile(r"`((?:cxquiz|macros)\.[a-z_.]+)`")
_LINK: Final = re.compile(r"\]\((?!\w+:)([^)#]*)(?:#([^)]*))?\)")
_HEADING: Final = re.compile(r"^#+ (.*)$", re.MULTILINE)
# Made by the build, or examples.
_NOT_IN_A_CLONE: Final = {"docs/assets/quiz/runtime/"}


_RELEASE: Final = re.compile(r"^## (\d{4}\.\d+\.\d+), \d+ \w+ \d{4}$", re.MULTILINE)


def test_the_version_is_that_of_the_last_release() -> None:
    """Whoever reports a fault says which release they have."""
    releases = _RELEASE.findall((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == releases[0]


def _anchors(text: str) -> set[str]:
    """Return the anchors that GitHub gives to a document's headings."""
    bare = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(text))
    return {heading.replace(" ", "-") for heading in bare}


def _exists(name: str) -> bool:
    """Tell whether there is a module, or something in a module, of that name."""
    module, _, rest = name.rpartition(".")
    if find_spec(module) is None:
        return False
    found = import_module(module)
    return hasattr(found, rest) or find_spec(name) is not None


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
class TestDocuments:
    """Rule: a newcomer finds a thing where a document says that it is."""

    def test_paths_lead_somewhere(self, document: Path) -> None:
        """A file that has moved takes its mentions along."""
        named = set(_PATH.findall(document.read_text(encoding="utf-8"))) - _NOT_IN_A_CLONE
        assert sorted(path for path in named if not (ROOT / path).exists()) == []

    def test_links_lead_somewhere(self, document: Path) -> None:
        """To files and to headings."""
        text = document.read_text(encoding="utf-8")
        for path, anchor in _LINK.findall(text):
            target = document.parent / path if path else document
            assert target.exists(), path
            if anchor:
                assert anchor in _anchors(target.read_text(encoding="utf-8")), anchor

    def test_names_of_modules_are_there(self, document: Path) -> None:
        """And what they are said to hold."""
        named = _NAME.findall(document.read_text(encoding="utf-8"))
        assert sorted(name for name in set(named) if not _exists(name)) == []
