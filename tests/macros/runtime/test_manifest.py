"""What a page tells the browser of the runtime."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from macros.runtime.manifest import RUNTIME, RuntimeMissingError, runtime_attribute

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST: dict[str, Any] = {
    "pyodide": "1.2.3",
    "python": "3.13",
    "lock": {"info": {}, "packages": {}},
    "files": {"wasm": {"path": "pyodide.asm-abc.wasm.zst", "bytes": 3, "sha256": "abc"}},
}


@pytest.fixture
def attribute(tmp_path: Path) -> dict[str, Any]:
    """The attribute for a runtime that has been built."""
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")
    content = json.loads(runtime_attribute(tmp_path))
    assert isinstance(content, dict)
    return content


class TestAttribute:
    """Rule: the page names every file of the runtime, relative to the site's root."""

    def test_it_names_what_was_built(self, attribute: dict[str, Any]) -> None:
        """The names hold a hash, so only the build knows them."""
        assert attribute["files"] == MANIFEST["files"]
        assert attribute["lock"] == MANIFEST["lock"]

    def test_the_folder_is_an_address_below_the_root(self, attribute: dict[str, Any]) -> None:
        """What stands in docs/ in the repository stands at the root of the site."""
        assert "docs/" + attribute["folder"] == RUNTIME.as_posix() + "/"

    def test_without_a_runtime_the_message_says_how_to_build_it(self, tmp_path: Path) -> None:
        """Whoever builds the site by hand meets it first."""
        with pytest.raises(RuntimeMissingError, match="make"):
            runtime_attribute(tmp_path)
