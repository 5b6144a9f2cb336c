"""Archives that depend on their content alone."""

from __future__ import annotations

import pytest
import zstandard

from macros.runtime import archives


class TestZip:
    """Rule: the same content gives the same bytes, and so the same address."""

    def test_order_and_clock_leave_no_trace(self) -> None:
        """An unchanged package keeps its address, so browsers keep it in their cache."""
        one = archives.write_zip({"a": b"1", "b": b"2"})
        assert one == archives.write_zip({"b": b"2", "a": b"1"})
        assert archives.read_zip(one) == {"a": b"1", "b": b"2"}

    def test_nothing_is_compressed_in_it(self) -> None:
        """It is compressed as a whole, which gives far fewer bytes."""
        assert b"0" * 1000 in archives.write_zip({"a": b"0" * 1000})


class TestCompression:
    """Rule: what is compressed can be inflated, whatever it is."""

    @pytest.mark.parametrize("data", [b"", b"0" * 1000, bytes(range(256))])
    def test_it_is_zstandard(self, data: bytes) -> None:
        """The worker asks the first bytes what a file is."""
        compressed = archives.compressed(data)
        assert compressed[:4] == bytes.fromhex("28b52ffd")
        assert zstandard.decompress(compressed) == data
