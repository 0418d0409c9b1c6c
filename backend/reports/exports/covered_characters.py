"""Which characters the paper's font can show. PDF/UA refuses a document with a character that no font has, and a video
may say anything (emoji, hieroglyphs): such a character becomes U+FFFD, as an unreadable one does elsewhere."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path
from typing import Any

from reports.printable import REPLACEMENT

FONT = Path(__file__).parent / "fonts" / "OpenSans-Regular.ttf"

INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f")
"""Hints for shaping that have no glyph of their own, among them what joins emoji: left out."""


def covered(content: Any) -> Any:
    """JSON-ready ``content`` with every text in it reduced to what the font can show."""
    if isinstance(content, str):
        return showable(content)
    if isinstance(content, dict):
        return {key: covered(value) for key, value in content.items()}
    if isinstance(content, list):
        return [covered(value) for value in content]
    return content


def showable(text: str) -> str:
    known = _code_points()
    if all(ord(character) in known for character in text):
        return text
    return "".join(
        character if ord(character) in known else REPLACEMENT for character in text if character not in INVISIBLE
    )


@cache
def _code_points() -> frozenset[int]:
    """The font's Unicode map: subtable format 4 of table ``cmap`` (OpenType 1.9), which covers the basic plane."""
    font = FONT.read_bytes()
    tables = struct.unpack_from(">H", font, 4)[0]
    records = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(tables))
    cmap = next(offset for tag, _checksum, offset, _length in records if tag == b"cmap")
    for number in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        table = cmap + struct.unpack_from(">HHI", font, cmap + 4 + 8 * number)[2]
        if struct.unpack_from(">H", font, table)[0] == 4:
            return frozenset(_segments(font, table))
    raise ValueError(f"{FONT.name} has no Unicode map")


def _segments(font: bytes, table: int) -> set[int]:
    double = struct.unpack_from(">H", font, table + 6)[0]
    ends = struct.unpack_from(f">{double // 2}H", font, table + 14)
    starts = struct.unpack_from(f">{double // 2}H", font, table + 16 + double)
    deltas = struct.unpack_from(f">{double // 2}H", font, table + 16 + 2 * double)
    ranges = struct.unpack_from(f">{double // 2}H", font, table + 16 + 3 * double)
    points: set[int] = set()
    for place, (start, end, delta, skip) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for point in range(start, min(end, 0xFFFE) + 1):
            glyph = point
            if skip:
                where = table + 16 + 3 * double + 2 * place + skip + 2 * (point - start)
                glyph = struct.unpack_from(">H", font, where)[0]
            if glyph and (glyph + delta) % 0x10000:
                points.add(point)
    return points
