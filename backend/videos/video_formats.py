"""Which files may be videos, by their names. What is really in them is found out when they are read."""

from __future__ import annotations

from pathlib import PurePosixPath

MEDIA_TYPES = {
    "mp4": "video/mp4",
    "mov": "video/quicktime",
    "avi": "video/x-msvideo",
    "mkv": "video/x-matroska",
    "webm": "video/webm",
}
_LONGEST_NAME = 255  # characters


def bare_name(name: str) -> str:
    """The last component of a name from outside, without control characters; empty when nothing is left."""
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    printable = "".join(character for character in last if character.isprintable()).strip()
    if len(printable) <= _LONGEST_NAME:
        return printable
    suffix = PurePosixPath(printable).suffix[:16]
    return printable[: _LONGEST_NAME - len(suffix)] + suffix


def format_of(name: str) -> str:
    """The format that a name promises: its extension in lower case, without the dot."""
    return PurePosixPath(name).suffix[1:].lower()
