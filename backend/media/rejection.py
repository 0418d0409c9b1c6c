"""Why a file cannot be analysed. Codes and numbers only: the sentences for people are written elsewhere."""

from __future__ import annotations

from enum import StrEnum


class RejectionReason(StrEnum):
    """One reason a file is refused; the comment names the details that come with it."""

    NOT_FOUND = "not_found"
    NOT_A_FILE = "not_a_file"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    """``size_bytes``, ``max_size_bytes``."""
    FORMAT_NOT_ALLOWED = "format_not_allowed"
    """``format`` (of the file's name, or of its content), ``allowed_formats`` (comma-separated)."""
    NOT_A_VIDEO = "not_a_video"
    """The content is in none of the known containers, whatever the name says."""
    NO_VIDEO_TRACK = "no_video_track"
    CODEC_NOT_ALLOWED = "codec_not_allowed"
    """``codec``."""
    TOO_MANY_PIXELS = "too_many_pixels"
    """``width``, ``height``, ``max_pixels``."""
    TOO_LONG = "too_long"
    """``duration_s``, ``max_duration_s``."""
    CUT_SHORT = "cut_short"
    """The file says that more follows than it holds: an unfinished upload, download or recording."""
    DAMAGED = "damaged"
    """``part``: ``index``, ``start``, ``middle``, ``end`` or ``sound``."""
    CHANGED = "changed"
    """The file is not the one that was checked."""
    READER_OUT_OF_MEMORY = "reader_out_of_memory"
    READER_OUT_OF_TIME = "reader_out_of_time"
    READER_FAILED = "reader_failed"
    """``cause``: what ended the reading process, for the log."""


class VideoRejected(Exception):
    """The file cannot be analysed. ``reason`` says why, ``details`` are the numbers that the sentence needs."""

    def __init__(self, reason: RejectionReason, **details: str | float) -> None:
        self.reason = reason
        self.details = details
        facts = ", ".join(f"{name}={value}" for name, value in details.items())
        super().__init__(f"{reason}: {facts}" if facts else str(reason))


class ReadingStopped(Exception):
    """The reading was cancelled from outside; nothing is left behind."""
