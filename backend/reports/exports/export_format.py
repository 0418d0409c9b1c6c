"""What an export format is: one file each beside this one, found through ``reports.exports.EXPORTS``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO

from django.utils.functional import Promise

from reports.document import Language, ReportDocument
from reports.document_parsing import parse_report
from reports.printable import printable

FORBIDDEN_IN_NAMES = '<>:"/\\|?*'
"""What Windows, macOS or a shell refuses in a file name."""

MAX_STEM = 80
"""Characters of the video's name kept: in Cyrillic they are 160 bytes, and a file name may have 255."""

LONGEST_ENDING = 5
"""Characters after the last dot that are taken for a kind of file (``.m2ts``), not for a part of the name."""


@dataclass(frozen=True)
class StoredDocument:
    """The document as it lies in storage; taken apart only for formats that need that."""

    text: bytes
    language: Language

    @cached_property
    def report(self) -> ReportDocument:
        return parse_report(self.text)


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """``write`` writes a whole file of ``media_type``; ``title`` is the words on its button."""

    name: str
    media_type: str
    title: Promise
    write: Callable[[StoredDocument, BinaryIO], None]


def file_name(video_name: str, format_name: str) -> str:
    """``Обзор кроссовок.mp4`` → ``Обзор кроссовок.pdf``: the video's name without what file systems refuse."""
    name = printable(video_name)
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        stem = name
    safe = "".join("_" if character in FORBIDDEN_IN_NAMES else character for character in stem)
    return f"{safe[:MAX_STEM].strip(' .') or 'report'}.{format_name}"
