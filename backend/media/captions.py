"""Notices that a caption has come or gone, without reading it: many points of one small area jump at once."""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

Luma = npt.NDArray[np.int16]

SETTLES_S = 0.3
"""A frame is compared with the one this long ago, so that a fade adds up; and a caption is noticed at most this often,
so that the frame after a fade shows the whole of it."""

LEAST_JUMP = 30
JUMP_TIMES_USUAL = 4
LARGEST_LESSON = 64
"""Luma levels. One jump, however large, must not make a habit."""

AREA_ROWS, AREA_COLUMNS = 4, 32
"""In points, of which the frame's long side has about 128: a line of text high, a quarter of the frame wide."""
LEAST_POINTS = 8
POINTS_TIMES_USUAL = 3
POINTS_BEYOND_USUAL = 4
"""Points of one area that jump although they seldom do, against the area's own usual number: what moves by itself (a
camera, a person) jumps all the time. Simulated on the samples' luma with lines of 24 and 36 px at 720p, cut and faded,
0.5 and 1.5 s long: 64 of 64 beginnings and ends had a frame within 0.25 s over a still photo, 48 of 64 over a turning
globe. Over animation and a gliding camera it is left to chance, that is to the floor rate."""

_HABIT_WEIGHT = 1 / 16
"""Habits are exponential moving averages over about 16 frames."""


class CaptionWatch:
    """Feed it every frame's thinned-out luma, ``[rows, columns]``, 0..255, in time order."""

    def __init__(self) -> None:
        self._recent: deque[tuple[float, Luma]] = deque()
        self._usual_jump = np.zeros((0, 0), np.float32)
        self._usual_points = np.zeros((0, 0), np.float32)
        self._noticed_s = -SETTLES_S

    def start_shot(self, time_s: float, luma: Luma) -> None:
        """Nothing before a cut is compared with what comes after it."""
        self._recent = deque([(time_s, luma)])
        if self._usual_jump.shape != luma.shape:
            self._usual_jump = np.zeros(luma.shape, np.float32)
            self._usual_points = np.zeros(_by_area(np.zeros(luma.shape, np.bool_)).shape, np.float32)

    def sees_change(self, time_s: float, luma: Luma) -> bool:
        """Whether a caption came or went here. It keeps saying so until ``notice`` or until the jump is too old.

        The shot must have been started with a frame of this shape.
        """
        while len(self._recent) > 1 and time_s - self._recent[1][0] >= SETTLES_S:
            self._recent.popleft()
        jump = np.abs(luma - self._recent[0][1])
        self._recent.append((time_s, luma))
        if time_s - self._noticed_s < SETTLES_S:
            return False  # and no habit: a fade that was noticed early would hide its own end
        points = _by_area((jump > LEAST_JUMP) & (jump > JUMP_TIMES_USUAL * self._usual_jump))
        is_unusual = points > POINTS_TIMES_USUAL * self._usual_points + POINTS_BEYOND_USUAL
        self._usual_jump += _HABIT_WEIGHT * (np.minimum(jump, LARGEST_LESSON) - self._usual_jump)
        self._usual_points += _HABIT_WEIGHT * (points - self._usual_points)
        return bool((is_unusual & (points >= LEAST_POINTS)).any())

    def notice(self, time_s: float, luma: Luma) -> None:
        """The change is going to be looked at: the next one counts from here."""
        self._recent = deque([(time_s, luma)])
        self._noticed_s = time_s


def _by_area(points: npt.NDArray[np.bool_]) -> npt.NDArray[np.int16]:
    """How many points are set in each area; those at the right and lower edge may be smaller."""
    rows, columns = (
        np.arange(0, size, step) for size, step in zip(points.shape, (AREA_ROWS, AREA_COLUMNS), strict=True)
    )
    counts: npt.NDArray[np.int16] = np.add.reduceat(
        np.add.reduceat(points, rows, axis=0, dtype=np.int16), columns, axis=1
    )
    return counts
