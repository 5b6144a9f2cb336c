"""Archives that depend on their content alone."""

from __future__ import annotations

import gzip

from macros import archives


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


class TestGzip:
    """Rule: what is compressed can be inflated, and holds no date."""

    def test_it_is_gzip_without_a_date(self) -> None:
        """Anybody can check that the published files come from these sources."""
        data = archives.compressed(b"0" * 1000)
        assert gzip.decompress(data) == b"0" * 1000
        assert data[4:8] == bytes(4)
