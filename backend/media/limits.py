"""What a video may be before it is analysed."""

from __future__ import annotations

import math
from dataclasses import dataclass

SUPPORTED_CONTAINERS = ("mp4", "mov", "avi", "mkv", "webm")

MAX_PIXELS = 4096 * 2304
"""DCI and UHD 4K in either orientation (2160 × 3840 too), with room for coded padding. One 10-bit picture of that size
takes 28 MB and a decoder holds up to 16 reference pictures: the largest cap at which decoding stays within the child's
memory allowance (``media.child.confinement``)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one installation. ``allowed_formats`` are lower-case file name extensions out of
    ``SUPPORTED_CONTAINERS``; ``sample_fps`` is the least number of frames a second that are looked at closely.

    Raises ``ValueError`` for limits that no video could meet.
    """

    max_size_bytes: int = 2 * 1024**3
    max_duration_s: float = 7200.0
    allowed_formats: tuple[str, ...] = ("mp4", "avi", "mov", "mkv", "webm")
    max_pixels: int = MAX_PIXELS
    sample_fps: float = 1.0

    def __post_init__(self) -> None:
        numbers = (self.max_size_bytes, self.max_duration_s, self.max_pixels, self.sample_fps)
        if not all(math.isfinite(number) and number > 0 for number in numbers):
            raise ValueError("limits of a video are positive numbers")
        unknown = set(self.allowed_formats) - set(SUPPORTED_CONTAINERS)
        if unknown or not self.allowed_formats:
            raise ValueError(f"video formats are out of {SUPPORTED_CONTAINERS}, not {sorted(unknown)}")
