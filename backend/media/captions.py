"""Notices that a caption has come or gone, without reading it: many points of one small area jump at once."""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

SETTLES_S = 0.3
"""A frame is compared with the one this long ago, so that a fade adds up; and a caption is noticed at most this often,
so that the frame after it shows it fully."""

LEAST_JUMP = 30
"""Luma levels: white on a half-transparent plate still jumps by 40, compression noise by less than 15."""
JUMP_TIMES_USUAL = 4
AREA_ROWS, AREA_COLUMNS = 4, 32
"""An area is about a line of text high and a quarter of the frame wide (the luma has about 128 x 72 points)."""
LEAST_POINTS = 8
POINTS_TIMES_USUAL, POINTS_BEYOND_USUAL = 3, 4
"""Points that jump and jump seldom, in one area, against the area's own usual number: what moves by itself (a camera,
a person) jumps all the time. Tried on 8 captions of 24 and 36 px at 720p, cut and faded, 0.5 and 1.5 s long: noticed
within 0.25 s on all of a still photo, 88 % over a turning globe; over a moving animation chance decides."""

_HABIT_SHIFT = 4
"""The usual is an exponential moving average over 2 ** 4 frames."""
_LARGEST_LESSON = 64
"""One jump must not count as a habit."""


class CaptionWatch:
    """Feed it the thinned-out luma of every frame of a shot; 45 µs a frame at 128 x 72 points."""

    def __init__(self) -> None:
        self._recent: deque[tuple[float, npt.NDArray[np.int16]]] = deque()
        self._usual_jump: npt.NDArray[np.int16] | None = None
        self._usual_points: npt.NDArray[np.float32] | None = None
        self._noticed_s = -SETTLES_S

    def start_shot(self, time_s: float, luma: npt.NDArray[np.int16]) -> None:
        """Nothing before a cut is compared with what comes after it."""
        self._recent = deque([(time_s, luma)])
        if self._usual_jump is None or self._usual_jump.shape != luma.shape:
            self._usual_jump = np.zeros(luma.shape, np.int16)
            self._usual_points = None

    def sees_change(self, time_s: float, luma: npt.NDArray[np.int16]) -> bool:
        """Whether a caption came or went here. Says so until ``noticed`` or the jump is ``SETTLES_S`` old."""
        while len(self._recent) > 1 and time_s - self._recent[1][0] >= SETTLES_S:
            self._recent.popleft()
        jump = np.abs(luma - self._recent[0][1])
        self._recent.append((time_s, luma))
        points = _by_area((jump > LEAST_JUMP) & (jump > JUMP_TIMES_USUAL * (self._habit(jump) >> _HABIT_SHIFT)))
        if self._usual_points is None:
            self._usual_points = np.zeros(points.shape, np.float32)
        unusual = points > POINTS_TIMES_USUAL * self._usual_points + POINTS_BEYOND_USUAL
        self._usual_points += (points - self._usual_points) / (1 << _HABIT_SHIFT)
        return time_s - self._noticed_s >= SETTLES_S and bool((unusual & (points >= LEAST_POINTS)).any())

    def noticed(self, time_s: float, luma: npt.NDArray[np.int16]) -> None:
        """The frame is going to be looked at: from now on changes count from here."""
        self._recent = deque([(time_s, luma)])
        self._noticed_s = time_s
