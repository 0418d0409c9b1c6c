"""Single byte ranges as RFC 9110 has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.byte_ranges import ByteRange, RangeNotSatisfiable, wanted_range


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("bytes=0-0", (0, 1)),
        ("bytes=0-", (0, 10)),
        ("bytes=2-5", (2, 6)),
        ("bytes=2-999", (2, 10)),
        ("bytes=9-9", (9, 10)),
        ("bytes=-3", (7, 10)),
        ("bytes=-999", (0, 10)),
        ("BYTES = 1-2", None),
        ("Bytes=1-2", (1, 3)),
        (" bytes= 1-2 ", (1, 3)),
        ("bytes=5-2", None),
        ("bytes=0-1,4-5", None),
        ("bytes=-", None),
        ("bytes=", None),
        ("bytes=a-b", None),
        ("bytes=１-２", None),
        ("bytes=+1-2", None),
        ("bytes=--1", None),
        ("bytes=1.0-2", None),
        ("items=0-1", None),
        ("", None),
        (f"bytes=0-{'9' * 5000}", None),
    ],
)
def test_what_a_header_names(header: str, wanted: tuple[int, int] | None) -> None:
    assert wanted_range(header, 10) == (ByteRange(*wanted) if wanted else None)


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=10-20", "bytes=999-", "bytes=-0"])
def test_nothing_to_give(header: str) -> None:
    with pytest.raises(RangeNotSatisfiable):
        wanted_range(header, 10)


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=0-0", "bytes=-1"])
def test_an_empty_file_has_no_bytes(header: str) -> None:
    with pytest.raises(RangeNotSatisfiable):
        wanted_range(header, 0)


@given(st.integers(0, 10**13), st.integers(0, 10**13) | st.none(), st.integers(1, 10**12))
def test_a_range_lies_in_the_file(first: int, last: int | None, size: int) -> None:
    try:
        found = wanted_range(f"bytes={first}-{'' if last is None else last}", size)
    except RangeNotSatisfiable:
        assert first >= size
        return
    if found is None:
        assert last is not None
        assert last < first
        return
    assert found.start == first
    assert 0 < found.length <= size - first
    assert last is None or found.end == min(last + 1, size)


@given(st.text(max_size=40) | st.text(st.sampled_from("bytes=-,0123456789 "), max_size=30), st.integers(0, 100))
def test_any_header_is_answered(header: str, size: int) -> None:
    try:
        found = wanted_range(header, size)
    except RangeNotSatisfiable:
        return
    assert found is None or 0 <= found.start < found.end <= size
