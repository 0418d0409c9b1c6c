"""Which bytes of a file a request wants (RFC 9110, section 14)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"bytes=[ \t]*([0-9]*)-([0-9]*)[ \t]*", re.IGNORECASE | re.ASCII)
_MOST_DIGITS = 18


class RangeNotSatisfiable(Exception):
    """The file has none of these bytes."""


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes ``start`` up to and without ``end``."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


def wanted_range(header: str, size_bytes: int) -> ByteRange | None:
    """The range that a Range header names; None when the whole file is the answer.

    What is malformed, of another unit or names several ranges is ignored, as the RFC allows.
    """
    match = _ONE_RANGE.fullmatch(header.strip())
    if match is None:
        return None
    first, last = match.groups()
    if (not first and not last) or len(first) > _MOST_DIGITS or len(last) > _MOST_DIGITS:
        return None
    if not first:  # the last so many bytes
        count = min(int(last), size_bytes)
        if not count:
            raise RangeNotSatisfiable
        return ByteRange(size_bytes - count, size_bytes)
    start = int(first)
    if last and int(last) < start:
        return None
    if start >= size_bytes:
        raise RangeNotSatisfiable
    return ByteRange(start, min(int(last) + 1, size_bytes) if last else size_bytes)
