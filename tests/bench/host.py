"""A web host on this machine with a slow line: it sends files as GitHub Pages does.

The line is slow in the server and not in the browser's tools: those reach the page alone, but not
what a worker asks for.
"""

from __future__ import annotations

import contextlib
import gzip
import threading
import time
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final, Self, cast
from urllib.parse import unquote, urlsplit

from tests.browser.server import SUB_PATH, kind_of, tag_of

if TYPE_CHECKING:
    from pathlib import Path

_GZIPPED: Final = ("text/", "application/json", "application/wasm", "image/svg+xml")
"""What the host compresses. An archive and a .gz it sends as they are.

Nobody promises that GitHub Pages compresses WebAssembly. If it did not, the stock way would need
5 MB more; ours would not change. So this is kind to the stock way.
"""

_PIECE: Final = 8192


@dataclass(frozen=True)
class Line:
    """What lies between the reader and the host.

    Attributes:
        name: What readers call it.
        mbit: Megabits a second; 0 for no limit.
        delay: Seconds that each request waits: the way there and back.
    """

    name: str
    mbit: float = 0
    delay: float = 0


@dataclass(frozen=True)
class Sent:
    """A piece of an answer: when it was sent (seconds since 1970), for which path, how long."""

    at: float
    path: str
    size: int


@dataclass(frozen=True)
class _File:
    content: bytes
    kind: str
    tag: str
    gzipped: bool


class Host:
    """Files on a free port of this machine. Use it in a ``with`` statement.

    Attributes:
        line: How fast it answers.
        compresses: Whether it compresses what GitHub Pages does, or nothing.
        sent: What it sent, in order; a request without content counts too, with the size 0.
    """

    def __init__(self, site: Path, further: dict[str, bytes]) -> None:
        """Prepare the host.

        Args:
            site: The built site; it stands below :data:`SUB_PATH`.
            further: More files, by their paths below the same.
        """
        self.line = Line("no limit")
        self.compresses = True
        self.sent: list[Sent] = []
        self._site = site
        self._further = further
        self._files: dict[tuple[str, bool], _File | None] = {}
        self._lock = threading.Lock()
        self._free_at = 0.0
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self._http.host = self

    def __enter__(self) -> Self:
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    @property
    def root(self) -> str:
        """The address of the site."""
        return f"http://127.0.0.1:{self._http.server_port}{SUB_PATH}"

    def file(self, address: str) -> _File | None:
        """Return what stands at an address, compressed where the host does that."""
        path = unquote(urlsplit(address).path)
        key = path, self.compresses
        if key not in self._files:
            self._files[key] = self._read(path)
        return self._files[key]

    def _read(self, path: str) -> _File | None:
        name = path.removeprefix(SUB_PATH)
        file = self._site / name
        if file.is_dir():
            file /= "index.html"
        content = self._further.get(name)
        if content is None:
            if not path.startswith(SUB_PATH) or ".." in path or not file.is_file():
                return None
            content = file.read_bytes()
        kind = kind_of(file.suffix)
        gzipped = self.compresses and kind.startswith(_GZIPPED)
        return _File(
            gzip.compress(content, 6) if gzipped else content, kind, tag_of(content), gzipped
        )

    def note(self, path: str, size: int) -> None:
        """Take down that something is sent."""
        with self._lock:
            self.sent.append(Sent(time.time(), path, size))

    def wait_for_line(self, size: int) -> None:
        """Wait until so many bytes have gone through the line, after all that came before."""
        if not self.line.mbit:
            return
        with self._lock:
            now = time.monotonic()
            self._free_at = max(self._free_at, now) + size * 8 / self.line.mbit / 1e6
            wait = self._free_at - now
        time.sleep(wait)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 50
    host: Host

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that leaves closes its connections in the middle."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # headers and content in as few packets as they fit

    def do_GET(self) -> None:
        host = cast("_Server", self.server).host
        file = host.file(self.path)
        time.sleep(host.line.delay)
        host.note(self.path, 0)
        with contextlib.suppress(ConnectionError):
            if file is None:
                self.send_response(HTTPStatus.NOT_FOUND)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            same = self.headers["If-None-Match"] == file.tag
            self.send_response(HTTPStatus.NOT_MODIFIED if same else HTTPStatus.OK)
            self.send_header("Cache-Control", "max-age=600")
            self.send_header("ETag", file.tag)
            if same:
                self.end_headers()
                return
            self.send_header("Content-Type", file.kind)
            self.send_header("Content-Length", str(len(file.content)))
            if file.gzipped:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            for start in range(0, len(file.content), _PIECE):
                piece = file.content[start : start + _PIECE]
                host.wait_for_line(len(piece))
                host.note(self.path, len(piece))
                self.wfile.write(piece)
                self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing: :attr:`Host.sent` is the log."""
