"""Telling a container by its content, and whether the file holds as many bytes as its outermost structure declares.

Only the first bytes and the top-level sizes are read, here in the parent: nothing is decoded. The demuxer is then
forced by name, so playlists and scripts (HLS, DASH, ffconcat, subtitles) never find a reader.
Layouts: ISO/IEC 14496-12 §4.2 (boxes), RFC 8794 §4 and §6 (EBML), Microsoft's RIFF.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

_MP4_FIRST_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot"})
_EBML_ID = b"\x1a\x45\xdf\xa3"
_DOCTYPE_ID = b"\x42\x82"
_SEGMENT_ID = b"\x18\x53\x80\x67"
_MOST_BOXES = 200_000
"""Two hours of fragmented mp4 with 20 fragments a second have 144,000 top-level boxes."""


@dataclass(frozen=True, slots=True)
class Container:
    """``name`` is one of ``SUPPORTED_CONTAINERS``, ``demuxer`` FFmpeg's name for its reader, ``missing_bytes`` how many
    bytes the structure declares beyond the end of the file."""

    name: str
    demuxer: str
    missing_bytes: int


def identify_container(file_descriptor: int, size_bytes: int) -> Container | None:
    """Tell what the open file is; ``None`` when it is no known container. The file position is left alone."""
    head = os.pread(file_descriptor, 4096, 0)
    if head[4:8] in _MP4_FIRST_BOXES:
        name = "mp4" if head[4:8] == b"ftyp" and head[8:12] != b"qt  " else "mov"
        return Container(name, "mov", max(0, _end_of_boxes(file_descriptor, size_bytes) - size_bytes))
    if head[:4] == _EBML_ID:
        doctype, end = _read_ebml_head(head)
        if doctype not in ("matroska", "webm"):
            return None
        return Container("webm" if doctype == "webm" else "mkv", "matroska", max(0, end - size_bytes))
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return Container("avi", "avi", max(0, _end_of_riff(file_descriptor, size_bytes) - size_bytes))
    return None


def _end_of_boxes(file_descriptor: int, size_bytes: int) -> int:
    """Where the last top-level box says that it ends; 0 when the walk meets something that is no box."""
    position = 0
    for _ in range(_MOST_BOXES):
        header = os.pread(file_descriptor, 16, position)
        if len(header) < 8:
            break
        length = int.from_bytes(header[:4], "big")
        if length == 1 and len(header) == 16:
            length = int.from_bytes(header[8:16], "big")
        if length == 0:
            return size_bytes
        if length < 8:
            return 0
        position += length
        if position >= size_bytes:
            return position
    return position


def _end_of_riff(file_descriptor: int, size_bytes: int) -> int:
    """Where the last ``RIFF`` chunk says that it ends (large AVI files are several); 0 when unknown."""
    position = 0
    while position < size_bytes:
        header = os.pread(file_descriptor, 8, position)
        if len(header) < 8 or header[:4] != b"RIFF":
            break
        length = int.from_bytes(header[4:8], "little")
        if length in (0, 0xFFFFFFFF):
            return 0
        position += 8 + length
    return position


def _read_ebml_head(head: bytes) -> tuple[str, int]:
    """DocType, and where the Segment says that it ends (0 when it does not say)."""
    header_size, position = _read_ebml_size(head, len(_EBML_ID))
    if header_size is None:
        return "", 0
    elements = head[position : position + header_size]
    doctype = ""
    if (found := elements.find(_DOCTYPE_ID)) >= 0:
        length, start = _read_ebml_size(elements, found + len(_DOCTYPE_ID))
        doctype = elements[start : start + (length or 0)].rstrip(b"\0").decode("ascii", "replace")
    position += header_size
    if head[position : position + 4] != _SEGMENT_ID:
        return doctype, 0
    segment_size, position = _read_ebml_size(head, position + 4)
    return doctype, 0 if segment_size is None else position + segment_size


def _read_ebml_size(data: bytes, position: int) -> tuple[int | None, int]:
    """A variable-length size at ``position`` and the position after it; ``None`` for the reserved value "unknown"."""
    if position >= len(data) or data[position] == 0:
        return None, position
    width = 9 - data[position].bit_length()
    value = int.from_bytes(data[position : position + width], "big") & ((1 << 7 * width) - 1)
    return (None if value == (1 << 7 * width) - 1 else value), position + width
