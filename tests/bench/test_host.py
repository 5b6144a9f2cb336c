"""The host of the measurements sends what GitHub Pages would, as slowly as it is told."""

from __future__ import annotations

import gzip
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.bench.host import Host

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT = b"a page " * 10_000


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """A host with a page, an archive and one more file."""
    (tmp_path / "index.html").write_bytes(TEXT)
    (tmp_path / "library.zip").write_bytes(TEXT)
    with Host(tmp_path, {"more.json": TEXT}) as host:
        yield host


def asked(host: Host, path: str = "", tag: str = "") -> tuple[HTTPResponse, bytes]:
    """Return what the host answers, and its content."""
    address = urlsplit(host.root + path)
    with closing(HTTPConnection(address.netloc)) as connection:
        connection.request("GET", address.path, headers={"If-None-Match": tag})
        answer = connection.getresponse()
        return answer, answer.read()


@pytest.mark.parametrize("path", ["", "more.json"])
def test_text_is_compressed(host: Host, path: str) -> None:
    """Both ways are measured with what a real host saves."""
    _, content = asked(host, path)
    assert gzip.decompress(content) == TEXT
    assert sum(sent.size for sent in host.sent) == len(content)


def test_an_archive_is_not(host: Host) -> None:
    """As on GitHub Pages."""
    assert asked(host, "library.zip")[1] == TEXT


def test_a_host_may_compress_nothing(host: Host) -> None:
    """Some do."""
    host.compresses = False
    assert asked(host)[1] == TEXT


def test_what_the_browser_has_is_not_sent_again(host: Host) -> None:
    """A second visit costs a request and no bytes."""
    first, _ = asked(host)
    host.sent.clear()
    again, content = asked(host, tag=first.headers["ETag"])
    assert (again.status, content) == (304, b"")
    assert [sent.size for sent in host.sent] == [0]
