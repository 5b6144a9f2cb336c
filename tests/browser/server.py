"""A small static server for the built site: under a sub-path, with a log, and with faults.

Faults happen here and not in the page, so that they meet the worker's requests too.
"""

from __future__ import annotations

import contextlib
import hashlib
import threading
from dataclasses import dataclass
from fnmatch import fnmatch
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final, Self, cast
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

SUB_PATH: Final = "/playbook/"
"""Where the site stands, as a project's site does on GitHub Pages."""

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
}

# Chromium itself looks up what kind of form a page shows. The site has no part in it.
_OF_THE_BROWSER: Final = ("content-autofill.googleapis.com:443",)

# Nothing that is held back is held for longer, should a test forget to let it go.
_LONGEST_HOLD: Final = 60

_DEADLINE: Final = 30


@dataclass(frozen=True)
class _Fault:
    """What happens to the files whose path fits the pattern."""

    pattern: str
    missing: bool = False
    cut: bool = False
    hold: bool = False
    dead: bool = False
    change: Callable[[bytes], bytes] = bytes


@dataclass(frozen=True)
class _Answer:
    """What is sent for a request; one that is cut breaks off in the middle, or is never begun."""

    status: int
    kind: str
    content: bytes
    cut: bool = False
    dead: bool = False


class SiteServer:
    """The built site on a free port of this machine. Use it in a ``with`` statement.

    Attributes:
        requests: The paths that were asked for, in order, each with its query.
        bytes_sent: How many bytes were sent as contents. Nothing is compressed on the way.
        strangers: Addresses on other origins that were asked for. The browser reaches them
            through this server as its proxy, so they are known here, whoever asked.
        cache_control: What the browser may cache: nothing, so that the log shows whatever a
            page uses, unless a test says otherwise.
        headers: What else to say with each answer.
        folder: The built site that it serves.
        errors_expected: Whether the page may log errors: since a fault was set, or a test said so.
    """

    def __init__(self, folder: Path, sub_paths: Sequence[str] = (SUB_PATH,)) -> None:
        """Prepare the server.

        Args:
            folder: The built site.
            sub_paths: Where to serve it, each with a slash at both ends.
        """
        self.requests: list[str] = []
        self.bytes_sent = 0
        self.strangers: list[str] = []
        self.cache_control = "no-cache"
        self.headers: dict[str, str] = {}
        self.errors_expected = False
        self.folder = folder
        self._sub_paths = tuple(sub_paths)
        self._faults: tuple[_Fault, ...] = ()
        self._news = threading.Condition()
        self._let_go = threading.Event()
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.site = self

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.mend()
        self._http.shutdown()
        self._http.server_close()

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self._http.server_port}"

    def miss(self, pattern: str) -> None:
        """Answer "not found" for the files whose path fits the pattern."""
        self._set(_Fault(pattern, missing=True))

    def cut(self, pattern: str) -> None:
        """Break off in the middle of the files whose path fits the pattern."""
        self._set(_Fault(pattern, cut=True))

    def go_down(self, pattern: str = "*") -> None:
        """Answer nothing at all, as if the reader had no connection."""
        self._set(_Fault(pattern, dead=True))

    def deploy(self, folder: Path) -> None:
        """Serve another release of the site from now on."""
        self.folder = folder

    def hold(self, pattern: str) -> None:
        """Let requests for the files whose path fits the pattern wait for :meth:`mend`."""
        self._set(_Fault(pattern, hold=True))

    def change(self, pattern: str, change: Callable[[bytes], bytes]) -> None:
        """Send something else than the content of the files whose path fits the pattern."""
        self._set(_Fault(pattern, change=change))

    def mend(self) -> None:
        """End all faults and answer what waits."""
        self._faults = ()
        self._let_go.set()

    def asked_for(self, pattern: str) -> list[str]:
        """Return the requests so far whose path fits the pattern."""
        return [path for path in self.requests if fnmatch(path, pattern)]

    def wait_for(self, pattern: str) -> None:
        """Wait until something that fits the pattern was asked for."""
        with self._news:
            if not self._news.wait_for(lambda: self.asked_for(pattern), _DEADLINE):
                raise TimeoutError(f"nobody asked for {pattern} within {_DEADLINE} s")

    def note(self, address: str) -> None:
        """Take down a request: for a path of this site, or for another origin."""
        with self._news:
            if address.startswith("/"):
                self.requests.append(address)
            elif address not in _OF_THE_BROWSER:
                self.strangers.append(address)
            self._news.notify_all()

    def count(self, sent: int) -> None:
        """Take down how many bytes are sent."""
        with self._news:
            self.bytes_sent += sent

    def answer(self, address: str, cached: str | None = None) -> _Answer:
        """Return what to send for a path, once it may be sent.

        Args:
            address: The path.
            cached: The tag of what the browser has of it already.
        """
        path = urlsplit(address).path
        if not path.startswith("/"):
            return _Answer(HTTPStatus.BAD_GATEWAY, _TYPES[".html"], b"")
        fault = next((it for it in self._faults if fnmatch(path, it.pattern)), _Fault(path))
        if fault.hold:
            self._let_go.wait(_LONGEST_HOLD)
        if fault.dead:
            return _Answer(HTTPStatus.SERVICE_UNAVAILABLE, "", b"", dead=True)
        file = self._file(unquote(path))
        if file is None or fault.missing:
            not_found = (self.folder / "404.html").read_bytes()
            return _Answer(HTTPStatus.NOT_FOUND, _TYPES[".html"], not_found)
        kind = kind_of(file.suffix)
        content = fault.change(file.read_bytes())
        if cached == tag_of(content):
            return _Answer(HTTPStatus.NOT_MODIFIED, kind, b"")
        return _Answer(HTTPStatus.OK, kind, content, fault.cut)

    def _set(self, fault: _Fault) -> None:
        self.errors_expected = True
        self._let_go.clear()
        self._faults += (fault,)

    def _file(self, path: str) -> Path | None:
        for sub_path in self._sub_paths:
            if path.startswith(sub_path) and ".." not in path:
                file = self.folder / path.removeprefix(sub_path)
                if file.is_dir():
                    file /= "index.html"
                return file if file.is_file() else None
        return None


def kind_of(suffix: str) -> str:
    """Return the media type of files whose names end so."""
    return _TYPES.get(suffix, "application/octet-stream")


def tag_of(content: bytes) -> str:
    """Return what tells a file's content from any other, as GitHub Pages sends it."""
    return f'"{hashlib.sha256(content).hexdigest()}"'


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 50
    site: SiteServer

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that leaves closes its connections in the middle."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site = cast("_Server", self.server).site
        site.note(self.path)
        answer = site.answer(self.path, self.headers["If-None-Match"])
        content = answer.content
        if answer.dead:
            self.close_connection = True
            return
        with contextlib.suppress(ConnectionError):
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Cache-Control", site.cache_control)
            for name, value in site.headers.items():
                self.send_header(name, value)
            if answer.status == HTTPStatus.OK:
                self.send_header("ETag", tag_of(content))
            self.end_headers()
            body = content[: len(content) // 2] if answer.cut else content
            site.count(len(body))
            self.wfile.write(body)
        self.close_connection = self.close_connection or answer.cut

    do_HEAD = do_POST = do_CONNECT = do_GET  # noqa: N815 - http.server wants these names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing: the log is :attr:`SiteServer.requests`."""
