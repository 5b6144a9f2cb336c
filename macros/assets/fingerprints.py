"""Names the site's own scripts and styles by their content.

A host lets browsers keep a file for some minutes, and a service worker for longer. A page that
gets one script of this release and another of the one before can break in ways that no test has
seen. So all scripts and styles of ours stand in a folder whose name is a hash of them all: a page
finds those that it was built with, or none.

The theme's have a hash in their names already, and so have the runtime's files.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ASSETS: Final = "assets"
"""The folder of everything that is no page, in the site."""

_OF_OTHERS: Final = ("assets/javascripts/", "assets/stylesheets/", "assets/quiz/runtime/")
_SUFFIXES: Final = {".css", ".js", ".mjs"}
_HASHED: Final = re.compile(r"[-./][0-9a-f]{8,}[./]")
_RELATIVE_URL: Final = re.compile(rb"url\(\s*[\"']?(?!data:|#|/)[^)]+\)")


class ReleaseError(Exception):
    """The built site could not be made ready; the message says what happened and what to do."""


def is_fingerprinted(path: str) -> bool:
    """Tell whether a path names its content, so that it never stands for another."""
    return bool(_HASHED.search(path))


def fingerprint(site: Path) -> dict[str, str]:
    """Move our scripts and styles into a folder named by their content.

    A site on which this was done already stays as it is.

    Args:
        site: The built site.

    Returns:
        Where each is now, by where it was, for :func:`lead_pages`.

    Raises:
        ReleaseError: A style names a file beside it, which would not be found from its new place.
    """
    own = {path: (site / path).read_bytes() for path in _own_files(site)}
    for path, content in own.items():
        if path.endswith(".css") and (found := _RELATIVE_URL.search(content)):
            message = (
                f"{path} holds “{found[0].decode()}”, which is not found from where the site puts "
                "this style. Write a “data:” address there, or the path from the host's root."
            )
            raise ReleaseError(message)
    folder = f"{ASSETS}/{digest_of(own)[:12]}"
    moved = {path: folder + path.removeprefix(ASSETS) for path in own}
    for path, target in moved.items():
        (site / target).parent.mkdir(parents=True, exist_ok=True)
        (site / path).rename(site / target)
    return moved


def digest_of(files: Mapping[str, bytes]) -> str:
    """Return a hash of files, by their names and contents."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name} {hashlib.sha256(files[name]).hexdigest()}\n".encode())
    return digest.hexdigest()


def _own_files(site: Path) -> list[str]:
    paths = (file.relative_to(site).as_posix() for file in sorted((site / ASSETS).rglob("*")))
    return [
        path
        for path in paths
        if (site / path).suffix in _SUFFIXES
        and not path.startswith(_OF_OTHERS)
        and not is_fingerprinted(path)
    ]


def lead_pages(site: Path, moved: Mapping[str, str]) -> None:
    """Let each page load files from where they have been moved to.

    Sites have many pages: each is read and written once, and searched as a plain text.

    Args:
        site: The built site.
        moved: Where each file is now, by where it was; both below ``assets/`` in the site.
    """
    if moved:
        ways = {old.encode(): new.encode() for old, new in moved.items()}
        for page in site.rglob("*.html"):
            page.write_bytes(_led(page.read_bytes(), ways))


def _led(page: bytes, moved: Mapping[bytes, bytes]) -> bytes:
    """Return a page with other paths in the place of those that have moved."""
    folder = f"{ASSETS}/".encode()
    before, *rest = page.split(folder)
    parts = [before]
    for part in rest:
        end = part.find(b'"')
        target = moved.get(folder + part[:end])
        if target and _is_on_this_site(parts[-1]):
            parts.append(target + part[end:])
        else:
            parts.append(folder + part)
    return b"".join(parts)


def _is_on_this_site(before: bytes) -> bool:
    """Tell whether a path goes on an address without a scheme, whose beginning ends a text."""
    way = before[before.rfind(b'"') + 1 :]
    return b":" not in way and (not way or way.endswith(b"/"))
