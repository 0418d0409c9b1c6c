"""Taking the sound out of a video: a working file of plain PCM, aligned with the pictures."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from evidence import AudioTrack, VideoFacts
from media.child.request import Request, Task
from media.decoder_process import DecoderProcess
from media.limits import MAX_PIXELS
from media.messages import SOUND_RATE_HZ, Ending, Sound
from media.opened_video import OpenedVideo, reopen_video
from media.rejection import RejectionReason, VideoRejected

_CPU_S_AT_LEAST = 60
_CPU_S_PER_VIDEO_S = 2
_OVERHANG_S = 600.0
"""Sound that outlasts the pictures by more than this is cut off: silence compresses without limit."""
_LOST_SHARE = 0.02
_SAMPLE_BYTES = 2


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """``duration_s`` of sound on the video's clock; ``complete`` unless a part of it could not be decoded."""

    duration_s: float
    complete: bool


def extract_sound(
    path: Path, facts: VideoFacts, to: Path, stopping: Callable[[], bool] = lambda: False
) -> SoundFacts | None:
    """Write the sound to ``to`` as mono 16 kHz signed 16-bit little-endian PCM; ``None`` without an audio track.

    Sample 0 belongs to second 0 of the video: sound before the first frame is left out, a late start and gaps are
    filled with silence. The file appears whole or not at all. Raises ``VideoRejected``, ``ReadingStopped``.
    """
    if facts.audio_codec is None:
        return None
    with reopen_video(path, facts) as video:
        descriptor, name = tempfile.mkstemp(dir=to.parent, prefix=f".{to.name}.", suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                sound = _write_sound(video, facts, file, stopping)
                file.flush()
                os.fsync(file.fileno())
            part.replace(to)
        finally:
            part.unlink(missing_ok=True)
    return sound


def load_sound(path: Path) -> AudioTrack:
    """The whole working file as float32 in -1..1."""
    # Mapped and scaled in place: two hours are 461 MB as float32, and every further copy would be as large.
    samples = (
        np.memmap(path, dtype="<i2", mode="r").astype(np.float32) if path.stat().st_size else np.empty(0, np.float32)
    )
    samples *= 1.0 / 32768.0
    return AudioTrack(samples, SOUND_RATE_HZ)


def _write_sound(video: OpenedVideo, facts: VideoFacts, file: BinaryIO, stopping: Callable[[], bool]) -> SoundFacts:
    longest_s = facts.duration_s + _OVERHANG_S
    request = Request(
        task=Task.SOUND,
        file_descriptor=video.file_descriptor,
        parent_pid=os.getpid(),
        demuxer=video.container.demuxer,
        is_cut=video.container.missing_bytes > 0,
        cpu_s=_CPU_S_AT_LEAST + int(_CPU_S_PER_VIDEO_S * facts.duration_s),
        max_pixels=max(MAX_PIXELS, facts.width * facts.height),
        longest_s=longest_s,
    )
    longest, written = round(longest_s * SOUND_RATE_HZ), 0
    ending: Ending | None = None
    with DecoderProcess(request, stopping) as child:
        for message in child:
            if isinstance(message, Sound):
                end = message.position + len(message.pcm) // _SAMPLE_BYTES
                if message.position < written or end > longest:
                    raise VideoRejected(RejectionReason.READER_FAILED, cause="sound out of order")
                # Seeking over a gap leaves zeros: silence.
                file.seek(message.position * _SAMPLE_BYTES)
                file.write(message.pcm)
                written = end
            elif isinstance(message, Ending):
                ending = message
    if ending is None:
        raise VideoRejected(RejectionReason.DAMAGED, part="sound")
    return SoundFacts(written / SOUND_RATE_HZ, ending.packets_lost <= _LOST_SHARE * ending.packets)
