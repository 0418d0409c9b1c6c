"""Which decoded frames are worth a detector's time: shots, captions, a steady floor, and no near-duplicates.

Pure bookkeeping over small arrays, so that it can be tried without a video. All thresholds are on 0..255 luma or
colour. Those for shots and duplicates come from a design study of mixed footage and screencasts (``docs/adr``), where
97 % of inserted **shots** of 0.2–0.8 s were seen, against 35 % for one frame a second alone; captions were no part of
it (``media.captions``).
"""

from __future__ import annotations

from enum import Enum

import numpy as np
import numpy.typing as npt

from media.captions import CaptionWatch

GLANCE_SIDE = 128
"""About so many points along the frame's long side are glanced at."""

SHOT_LEAST_CHANGE = 8.0
SHOT_TIMES_USUAL_CHANGE = 3.0
_USUAL_CHANGE_WEIGHT = 1 / 16
"""The usual change is an exponential moving average over about 16 frames. Cuts count into it, which is what keeps a
strobe light from turning every single frame into a shot."""

THUMBNAIL_SIZE = (64, 36)
"""Width and height; each pixel is the mean of a block of the frame."""

DUPLICATE_MEAN = 2.0
DUPLICATE_BLOCK = 8.0
"""A near-duplicate differs less than this on average and in its worst block: the second protects a small new object or
line of text."""


CAPTION_ALLOWANCE = 6.0
ALLOWANCE_AT_START = 2.0
FRAMES_OVER_FLOOR = 1.25
"""Kept frames are paid from an allowance that fills at this many times the floor rate. Captions wait when it is used
up: over moving footage they cost at most a quarter more frames, over still pictures, where duplicates are left out,
there is enough for a line of text every half second."""


class Interest(Enum):
    """Why a frame is looked at more closely."""

    NONE = 0
    FLOOR = 1
    CAPTION = 2
    SHOT_START = 3


def glance_stride(width: int, height: int) -> int:
    """The step from one pixel, and one line, that is glanced at to the next in a frame of this size."""
    return max(1, round(max(width, height) / GLANCE_SIDE))


class FrameSampler:
    """Feed it every decoded frame in time order: ``glance`` first, ``is_news`` for those of interest."""

    def __init__(self, sample_fps: float) -> None:
        self._interval_s = 1.0 / sample_fps
        self._captions = CaptionWatch()
        self._previous_luma: npt.NDArray[np.int16] | None = None
        self._previous_s = 0.0
        self._usual_change = 0.0
        self._looked_at_s = 0.0
        self._kept: npt.NDArray[np.int16] | None = None
        self._allowance = ALLOWANCE_AT_START

    def glance(self, time_s: float, luma: npt.NDArray[np.integer]) -> Interest:
        """Judge a frame by its time and its thinned-out luma ``[rows, columns]``, 0..255."""
        now = luma.astype(np.int16)
        earned = FRAMES_OVER_FLOOR * (time_s - self._previous_s) / self._interval_s
        self._allowance = min(CAPTION_ALLOWANCE, self._allowance + earned)
        interest = self._judge(time_s, now)
        self._previous_luma, self._previous_s = now, time_s
        if interest is not Interest.NONE:
            self._looked_at_s = time_s
        return interest

    def is_news(self, interest: Interest, thumbnail: npt.NDArray[np.uint8]) -> bool:
        """Whether a frame of interest is kept; its ``[36, 64, 3]`` thumbnail is compared with the last kept one."""
        now = thumbnail.astype(np.int16)
        if interest is Interest.FLOOR and self._kept is not None:
            difference = np.abs(now - self._kept)
            if difference.mean() < DUPLICATE_MEAN and difference.max() < DUPLICATE_BLOCK:
                return False
        self._kept = now
        self._allowance = max(0.0, self._allowance - 1)
        return True

    def _judge(self, time_s: float, luma: npt.NDArray[np.int16]) -> Interest:
        if self._is_shot_start(luma):
            self._captions.start_shot(time_s, luma)
            return Interest.SHOT_START
        if self._captions.sees_change(time_s, luma) and self._allowance >= 1:
            self._captions.notice(time_s, luma)
            return Interest.CAPTION
        # The last frame before the interval is over: the next one would come too late.
        gap_s = min(time_s - self._previous_s, self._interval_s / 2)
        if time_s + gap_s > self._looked_at_s + self._interval_s + 1e-6:
            return Interest.FLOOR
        return Interest.NONE

    def _is_shot_start(self, luma: npt.NDArray[np.int16]) -> bool:
        if self._previous_luma is None or self._previous_luma.shape != luma.shape:
            return True
        change = float(np.abs(luma - self._previous_luma).mean())
        is_cut = change > SHOT_LEAST_CHANGE and change > SHOT_TIMES_USUAL_CHANGE * self._usual_change
        self._usual_change += _USUAL_CHANGE_WEIGHT * (change - self._usual_change)
        return is_cut
