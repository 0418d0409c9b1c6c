"""What is known of a video file after it was decoded, not only what it claims."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """Facts of one file. ``width`` and ``height`` are displayed pixels (rotation applied); ``duration_s`` is decoded.

    ``container`` is one of ``mp4 mov avi mkv webm``; ``audio_codec`` is ``None`` without an audio track.
    """

    sha256: str
    size_bytes: int
    container: str
    video_codec: str
    audio_codec: str | None
    width: int
    height: int
    rotation_degrees: int
    fps: float
    duration_s: float
