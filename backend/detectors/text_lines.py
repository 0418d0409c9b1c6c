"""Follows lines of text over frames: an unchanged line is not read twice, and its best reading speaks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

import cv2
import numpy as np
import numpy.typing as npt

from detectors.appearances import Moment
from detectors.engines.tesseract import ReadLine
from evidence import Box

Image = npt.NDArray[np.uint8]
Thumbnail = npt.NDArray[np.int16]

SAME_PLACE_OVERLAP = 0.5
SAME_TEXT_RATIO = 0.6
"""Two readings of one line over a moving background differ by a few letters; the next subtitle differs by most."""

THUMBNAIL_SIZE = (64, 12)
UNCHANGED_MEAN = 6.0
UNCHANGED_WORST = 40.0
"""Grey levels, against the moment the line was read last, so that a slow fade adds up to a change."""


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

    def see(self, moment: Moment, image: Image, boxes: list[Box]) -> list[TrackedLine]:
        """Take the boxes found on one frame; give back the lines that are no longer there."""
        gone, self._lines = self._lines, []
        for box in boxes:
            known = max(gone, key=lambda line: line.last_box.overlap(box), default=None)
            if known is not None and known.last_box.overlap(box) < SAME_PLACE_OVERLAP:
                known = None
            line = self._line(known, moment, image, box)
            if line is known:
                gone.remove(line)
            self._lines.append(line)
        return gone

    def finish(self) -> list[TrackedLine]:
        """The lines that stand to the end."""
        ended, self._lines = self._lines, []
        return ended

    def _line(self, known: TrackedLine | None, moment: Moment, image: Image, box: Box) -> TrackedLine:
        """The known line a frame later, or a new one when there was none here or it says something else now."""
        if known is not None and _is_unchanged(known.read_thumbnail, _thumbnail(image, known.read_box)):
            known.end_s, known.last_box = moment.until_s, box
            return known
        reading, thumbnail = self._read(_crop(image, box)), _thumbnail(image, box)
        if known is None or not _is_same_text(known.best.text, reading.text):
            return TrackedLine(moment.time_s, moment.until_s, reading, moment.time_s, box, box, box, thumbnail)
        known.end_s, known.last_box, known.read_box, known.read_thumbnail = moment.until_s, box, box, thumbnail
        if reading.confidence > known.best.confidence:
            known.best, known.best_s, known.box = reading, moment.time_s, box
        return known


def _thumbnail(image: Image, box: Box) -> Thumbnail:
    grey = cv2.cvtColor(_crop(image, box), cv2.COLOR_BGR2GRAY)
    return cv2.resize(grey, THUMBNAIL_SIZE, interpolation=cv2.INTER_AREA).astype(np.int16)


def _is_unchanged(before: Thumbnail, now: Thumbnail) -> bool:
    change = np.abs(before - now)
    return bool(change.mean() < UNCHANGED_MEAN and change.max() < UNCHANGED_WORST)


def _is_same_text(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio() >= SAME_TEXT_RATIO


def _crop(image: Image, box: Box) -> Image:
    height, width = image.shape[:2]
    top, left = int(box.top * height), int(box.left * width)
    bottom, right = round((box.top + box.height) * height), round((box.left + box.width) * width)
    return image[top : max(top + 1, bottom), left : max(left + 1, right)]
