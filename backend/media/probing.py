"""Is this file a video that can be analysed, and what is it?"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from evidence import VideoFacts
from media.child.request import Request, Task
from media.decoder_process import DecoderProcess
from media.limits import Limits
from media.messages import Probe
from media.opened_video import OpenedVideo, open_video
from media.rejection import RejectionReason, VideoRejected

PROBE_CPU_S = 8
"""Processor seconds for the check. An honest 4K file needs 1–4; a hostile one is dropped within ten seconds."""

_MISSING_SHARE = 0.02
"""A file that lacks more of its bytes than this is cut off, whatever of it can be decoded; sloppy writers declare a few
bytes too many."""


def probe_video(path: Path, limits: Limits, stopping: Callable[[], bool] = lambda: False) -> VideoFacts:
    """Check a file against the limits, cheap checks first, then decode its start, middle and end in a limited child.

    Raises ``VideoRejected`` with the reason, ``ReadingStopped`` when ``stopping`` says so (asked every 0.1 s).
    """
    extension = path.suffix.lower().removeprefix(".")
    with open_video(path, max_size_bytes=limits.max_size_bytes) as video:
        for video_format in (extension, video.container.name):
            if video_format not in limits.allowed_formats:
                raise VideoRejected(
                    RejectionReason.FORMAT_NOT_ALLOWED,
                    format=video_format,
                    allowed_formats=", ".join(limits.allowed_formats),
                )
        if video.container.missing_bytes > _MISSING_SHARE * video.size_bytes:
            raise VideoRejected(RejectionReason.CUT_SHORT)
        found = _probe(video, limits, stopping)
        if found.duration_s > limits.max_duration_s:
            raise VideoRejected(
                RejectionReason.TOO_LONG, duration_s=found.duration_s, max_duration_s=limits.max_duration_s
            )
        return VideoFacts(
            sha256=video.sha256(stopping),
            size_bytes=video.size_bytes,
            container=video.container.name,
            video_codec=found.video_codec,
            audio_codec=found.audio_codec,
            width=found.width,
            height=found.height,
            rotation_degrees=found.rotation_degrees,
            fps=found.fps,
            duration_s=found.duration_s,
        )


def _probe(video: OpenedVideo, limits: Limits, stopping: Callable[[], bool]) -> Probe:
    request = Request(
        task=Task.PROBE,
        file_descriptor=video.file_descriptor,
        parent_pid=os.getpid(),
        demuxer=video.container.demuxer,
        is_cut=video.container.missing_bytes > 0,
        cpu_s=PROBE_CPU_S,
        max_pixels=limits.max_pixels,
        max_duration_s=limits.max_duration_s,
    )
    with DecoderProcess(request, stopping) as child:
        for message in child:
            if isinstance(message, Probe):
                return message
    raise VideoRejected(RejectionReason.READER_FAILED, cause="no answer")
