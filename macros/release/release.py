"""Makes a built site ready to be published: what MkDocs and Zensical do not do by themselves.

``python -m macros.release site`` does it, on the files alone; each build of the Makefile ends with
that.

The service worker gets a list of this release's files with their hashes, so that what it keeps is
all of one release, or it keeps nothing: see ``service_worker.mjs``.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mkdocs.utils.yaml import yaml_load

from macros.assets.bundles import BUNDLED, own_files
from macros.assets.search import SEARCH_INDEX, SEARCH_TEXTS, move_texts
from macros.runtime.manifest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ASSETS: Final = "assets"
"""The folder of everything that is no page, in the site."""

SERVICE_WORKER: Final = "service-worker.js"
"""Where it stands: at the site's root, since it serves what is below its own place."""

OFFLINE_PAGE: Final = "offline.html"
"""The page that the service worker shows in the place of one that is not kept."""

_HERE: Final = Path(__file__).parent

# The pages and the theme's parts of them that the quiz needs: kept from its first use on.
_SHELL_PAGES: Final = {"", "quiz/", OFFLINE_PAGE}
_SEARCH: Final = (SEARCH_INDEX, SEARCH_TEXTS, "search.json")
_LOOSE: Final = (*_SEARCH, "app.webmanifest", OFFLINE_PAGE)

_NOT_FOUND: Final = re.compile(r'<div data-cx="not-found">.*?</div>', re.DOTALL)
_HASHED: Final = re.compile(r"[-./][0-9a-f]{8,}[./]")
_HEADING: Final = re.compile(rb"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_TAG: Final = re.compile(r"<a class=\"headerlink\".*?</a>|<[^>]+>", re.DOTALL)
_SIZE_STEP: Final = 100_000
_SIZE: Final = re.compile(rb'data-bytes="\d*"')


class ReleaseError(Exception):
    """The built site could not be made ready; the message says what happened and what to do."""


def is_fingerprinted(path: str) -> bool:
    """Tell whether a path names its content, so that it never stands for another."""
    return bool(_HASHED.search(path))


def finish(site: Path, *, offline: bool) -> None:
    """Make a built site ready.

    Args:
        site: The site's folder. It may have been made ready before.
        offline: Whether readers' browsers may keep it for use without a connection. If not, the
            service worker is one that takes its predecessors and all that they kept away.

    Raises:
        ReleaseError: The site is not there, or cannot be made ready.
    """
    if not (site / "404.html").is_file():
        raise ReleaseError(f"{site} holds no built site. Run `make build`.")
    (site / "sitemap.xml.gz").unlink(missing_ok=True)  # it holds the day, and nobody asks for it
    _remove_sources(site)
    move_texts(site)
    write_offline_page(site)
    write_service_worker(site, offline=offline)


def _remove_sources(site: Path) -> None:
    """Take away the scripts and styles that pages load in bundles."""
    if f"{ASSETS}/{BUNDLED}" not in (site / "404.html").read_text(encoding="utf-8"):
        raise ReleaseError(f"{site} holds scripts as they were written. Run `make build`.")
    for path in own_files(site / ASSETS):
        path.unlink()


def write_offline_page(site: Path) -> None:
    """Make the page that says “not kept” of the one that says “does not exist”.

    That one can be shown at any address, and has the site's looks and the quiz already.

    Raises:
        ReleaseError: The page for unknown addresses has no place for other words.
    """
    words = (ROOT / "macros" / "theme" / "not-kept.html").read_text(encoding="utf-8")
    page = (site / "404.html").read_text(encoding="utf-8")
    text, count = _NOT_FOUND.subn(lambda _: words.strip(), page)
    if count != 1:
        message = '404.html must hold its words in one <div data-cx="not-found">.'
        raise ReleaseError(message)
    (site / OFFLINE_PAGE).write_text(text, encoding="utf-8")


def write_service_worker(site: Path, *, offline: bool) -> None:
    """Write the service worker for the site as it stands, and say on pages how large it is."""
    if not offline:
        source = (_HERE / "service_worker_off.mjs").read_text(encoding="utf-8")
        (site / SERVICE_WORKER).write_text(source, encoding="utf-8")
        return
    source = (_HERE / "service_worker.mjs").read_text(encoding="utf-8")
    content = _release_of(site)
    # Another service worker for the same files is another release: it must not share its cache.
    text = json.dumps([content, source], sort_keys=True)
    release = {"id": hashlib.sha256(text.encode()).hexdigest()[:12], **content}
    listed = json.dumps(release, separators=(",", ":"), ensure_ascii=False)
    (site / SERVICE_WORKER).write_text(
        f'"use strict";\nself.release = {listed};\n{source}', encoding="utf-8"
    )


def _release_of(site: Path) -> dict[str, dict[str, Any]]:
    """Return the lists of a site's pages and files that ``service_worker.mjs`` wants."""
    pages = {path: file.read_bytes() for path, file in _pages(site)}
    files = {path: (site / path).read_bytes() for path in _files(site, pages.values())}
    for path, page in _told_size(pages, sum(map(len, [*pages.values(), *files.values()]))):
        pages[path] = page
        (site / path / "index.html").write_bytes(page)
    return {
        "pages": {path: _entry(path, data) for path, data in pages.items()},
        "files": {path: _entry(path, data) for path, data in files.items()},
    }


def _told_size(pages: Mapping[str, bytes], size: int) -> list[tuple[str, bytes]]:
    """Return the pages with buttons that keep the site, now that they know its size.

    They are of the pages that are counted, so the figure is rounded up: writing it in changes
    nothing.
    """
    told = b'data-bytes="%d"' % (-(-size // _SIZE_STEP) * _SIZE_STEP)
    return [
        (path, _SIZE.sub(told, data))
        for path, data in pages.items()
        if _is_page(path) and b"data-bytes" in data
    ]


def _pages(site: Path) -> Iterator[tuple[str, Path]]:
    """Yield what may change its content but not its address: pages and a few others."""
    for file in sorted(site.rglob("index.html")):
        yield file.relative_to(site).as_posix().removesuffix("index.html"), file
    others = [site / name for name in _LOOSE]
    for file in [*others, *sorted((site / ASSETS / "icons").glob("*"))]:
        if file.is_file():
            yield file.relative_to(site).as_posix(), file


def _is_page(path: str) -> bool:
    return path.endswith("/") or not path


def _files(site: Path, pages: Iterable[bytes]) -> list[str]:
    """List the files that pages load by names that hold a hash."""
    paths = (file.relative_to(site).as_posix() for file in sorted((site / ASSETS).rglob("*.*")))
    hashed = [path for path in paths if is_fingerprinted(path)]
    # Modules load one another; the theme brings more files than its pages use.
    unseen = {path for path in hashed if not is_fingerprinted(path.rpartition("/")[0] + "/")}
    for page in pages:
        unseen -= {path for path in unseen if _names(page, path.rpartition("/")[2].encode())}
    return [path for path in hashed if path not in unseen]


def _names(page: bytes, name: bytes) -> bool:
    """Tell whether a page names a file, as a whole, in whatever attribute or script."""
    at = page.find(name)
    return at >= 0 and page[at + len(name)] in b"\"'&"


def _entry(path: str, data: bytes) -> dict[str, Any]:
    """Return what the service worker wants to know of a page or a file."""
    entry: dict[str, Any] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    if path in _SHELL_PAGES or is_fingerprinted(path):
        entry["shell"] = True
    if _is_page(path):
        heading = _HEADING.search(data)
        entry["title"] = _TAG.sub("", heading[1].decode()).strip() if heading else path
    return entry


def is_offline_wanted() -> bool:
    """Tell what ``mkdocs.yml`` says on it."""
    with (ROOT / "mkdocs.yml").open(encoding="utf-8") as file:
        return bool(yaml_load(file)["extra"]["offline"])
