"""Other releases of the built site, as later deployments bring them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

from macros.assets.bundles import BUNDLED
from macros.release.release import ASSETS, finish

if TYPE_CHECKING:
    from pathlib import Path

RELEASE: Final = """() => ({
  page: document.documentElement.dataset.page ?? "old",
  style: getComputedStyle(document.documentElement).getPropertyValue("--release") || "old",
  script: document.documentElement.dataset.script ?? "old",
})"""
"""Which release each part of the open page is of."""

OLD: Final = {"page": "old", "style": "old", "script": "old"}
NEW: Final = {"page": "new", "style": "new", "script": "new"}


ADDED: Final = "ideas/added/"
"""A page that the next release has and the first has not."""


def next_release(site: Path, folder: Path) -> Path:
    """Make a release with another page, in which all pages, the style and a script have changed.

    Args:
        site: The built site.
        folder: Where to make it; it must not exist yet.
    """
    shutil.copytree(site, folder)
    (old,) = (folder / ASSETS).glob(f"{BUNDLED}*")
    own = old.rename(old.with_name(f"{BUNDLED}0123456789ab"))
    shutil.copytree(folder / "ideas" / "words", folder / ADDED)
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8").replace(old.name, own.name)
        page.write_text(text.replace("<html ", '<html data-page="new" ', 1), encoding="utf-8")
    with (own / "site.css").open("a", encoding="utf-8") as style:
        style.write(":root { --release: new; }")
    with (own / "quiz" / "quiz.mjs").open("a", encoding="utf-8") as script:
        script.write('document.documentElement.dataset.script = "new";')
    finish(folder, offline=True)
    return folder
