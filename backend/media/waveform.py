"""How loud a video is along its timeline."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from media.messages import SOUND_RATE_HZ

MOST_PEAKS = 2000
_STEP_AT_LEAST = SOUND_RATE_HZ // 100


@dataclass(frozen=True, slots=True)
class Waveform:
    """One byte for every ``step_s`` of sound: its loudest sample, 0 silent to 255 full scale."""

    peaks: bytes
    step_s: float


def draw_waveform(sound: Path) -> Waveform:
    """Of a working file of ``media.sound``. At most ``MOST_PEAKS`` peaks; none for no sound. Raises ``OSError``."""
    if sound.stat().st_size == 0:
        return Waveform(b"", _STEP_AT_LEAST / SOUND_RATE_HZ)
    samples = np.memmap(sound, dtype="<i2", mode="r")
    step = max(_STEP_AT_LEAST, math.ceil(len(samples) / MOST_PEAKS))
    peaks = bytearray()
    for begin in range(0, len(samples), step):
        piece = samples[begin : begin + step]
        loudest = max(int(piece.max()), -int(piece.min()))
        peaks.append(min(255, loudest * 255 // 32767))
    return Waveform(bytes(peaks), step / SOUND_RATE_HZ)
