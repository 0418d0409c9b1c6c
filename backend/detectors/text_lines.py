"""Follows lines of text over frames: an unchanged line is not read twice, and its best reading speaks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from detectors.engines.tesseract import ReadLine
from detectors.same_line import is_same_line
from evidence import Box, Frame

Image = npt.NDArray[np.uint8]
Thumbnail = npt.NDArray[np.int16]

SAME_PLACE_OVERLAP = 0.5

THUMBNAIL_SIZE = (192, 16)
UNCHANGED_MEAN = 6.0
UNCHANGED_WORST = 40.0
"""Grey levels, against the moment the line was read last, so that a slow fade adds up to a change. One other letter in
a line of 60, light grey on grey, changes some pixel of so fine a thumbnail by 51 or more (10 pairs, measured); at
64 x 12 «сука» after «рука» changed none by more than 21."""


@dataclass(slots=True)
class TrackedLine:
    """One line from the frame that first shows it to the last; ``best`` was read at ``best_s`` in ``box``.

    ``read_box`` and ``read_thumbnail`` are of the last reading, best or not: what the next frame is compared with.
    """

    start_s: float
    end_s: float
    best: ReadLine
    best_s: float
    box: Box
    last_box: Box
    read_box: Box
    read_thumbnail: Thumbnail


class LineTracker:
    """``read`` is called with the crop of a line that is new or has changed."""

    def __init__(self, read: Callable[[Image], ReadLine]) -> None:
        self._read = read
        self._lines: list[TrackedLine] = []

    def see(self, frame: Frame, boxes: list[Box]) -> list[TrackedLine]:
        """Take a frame and the boxes found on it; give back the lines that are no longer there.

        A line ends where the first frame without it begins.
        """
        gone, self._lines = self._lines, []
        for box in boxes:
            known = max(gone, key=lambda line: line.last_box.overlap(box), default=None)
            if known is not None and known.last_box.overlap(box) < SAME_PLACE_OVERLAP:
                known = None
            line = self._line(known, frame, box)
            if line is known:
                gone.remove(line)
            self._lines.append(line)
        return gone

    def finish(self) -> list[TrackedLine]:
        """The lines that stand to the end."""
        ended, self._lines = self._lines, []
        return ended

    def _line(self, known: TrackedLine | None, frame: Frame, box: Box) -> TrackedLine:
        """The known line a frame later, or a new one when there was none here or it says something else now."""
        image = frame.image
        if known is not None and _is_unchanged(known.read_thumbnail, _thumbnail(image, known.read_box)):
            known.end_s, known.last_box = frame.until_s, box
            return known
        reading, thumbnail = self._read(_crop(image, box)), _thumbnail(image, box)
        if known is None or not is_same_line(known.best, reading, across_cut=frame.is_shot_start):
            return TrackedLine(frame.time_s, frame.until_s, reading, frame.time_s, box, box, box, thumbnail)
        known.end_s, known.last_box, known.read_box, known.read_thumbnail = frame.until_s, box, box, thumbnail
        if reading.confidence > known.best.confidence:
            known.best, known.best_s, known.box = reading, frame.time_s, box
        return known


def _thumbnail(image: Image, box: Box) -> Thumbnail:
    grey = cv2.cvtColor(_crop(image, box), cv2.COLOR_BGR2GRAY)
    return cv2.resize(grey, THUMBNAIL_SIZE, interpolation=cv2.INTER_AREA).astype(np.int16)


def _is_unchanged(before: Thumbnail, now: Thumbnail) -> bool:
    change = np.abs(before - now)
    return bool(change.mean() < UNCHANGED_MEAN and change.max() < UNCHANGED_WORST)


def _crop(image: Image, box: Box) -> Image:
    height, width = image.shape[:2]
    top, left = int(box.top * height), int(box.left * width)
    bottom, right = round((box.top + box.height) * height), round((box.left + box.width) * width)
    return image[top : max(top + 1, bottom), left : max(left + 1, right)]
