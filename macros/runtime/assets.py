"""Files of the runtime, named by their content and packed for the way to the browser."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass
from typing import Any, Final

from macros.runtime import archives

_HASH_DIGITS: Final = 12


@dataclass(frozen=True)
class Asset:
    """A file of the runtime."""

    path: str
    """Its path in the runtime's folder; it holds the hash."""
    data: bytes
    """What is served."""
    sha256: str
    """The hash of its content, inflated. Two releases of a compressor give different bytes."""
    crc32: int
    """The checksum of the same, for pages that come without https."""

    @property
    def entry(self) -> dict[str, Any]:
        """What the manifest says of it."""
        return {
            "path": self.path,
            "bytes": len(self.data),
            "sha256": self.sha256,
            "crc32": self.crc32,
        }


def plain(name: str, suffix: str, content: bytes) -> Asset:
    """Return a file that is served as it is."""
    digest = hashlib.sha256(content).hexdigest()
    path = f"{name}-{digest[:_HASH_DIGITS]}{suffix}"
    return Asset(path, content, digest, zlib.crc32(content))


def packed(name: str, suffix: str, content: bytes) -> Asset:
    """Return a file that the worker inflates."""
    asset = plain(name, suffix, content)
    return Asset(f"{asset.path}.zst", archives.compressed(content), asset.sha256, asset.crc32)
