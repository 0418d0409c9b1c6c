"""Small pictures of a video: thumbnails along its timeline in one picture, and a poster."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from evidence import VideoFacts
from media.stills import each_still

Image = npt.NDArray[np.uint8]

MOST_TILES = 120
TILE_SIDE = 160
POSTER_SIDE = 640
COLUMNS = 10
_EVERY_S_AT_LEAST = 1.0
_QUALITY = 72

_POSTER_UNTIL = 0.6
"""Credits at the end show nothing of the video."""


@dataclass(frozen=True, slots=True)
class Sprite:
    """``jpeg`` shows ``count`` pictures in rows of ``columns``: number ``n`` (from 0) is the moment ``n * every_s``.
    ``poster`` is the liveliest of them as a JPEG of its own."""

    jpeg: bytes
    columns: int
    count: int
    width: int
    height: int
    every_s: float
    poster: bytes


def draw_sprite(
    path: Path,
    facts: VideoFacts,
    stopping: Callable[[], bool] = lambda: False,
    on_progress: Callable[[float], None] = lambda fraction: None,
) -> Sprite:
    """A moment that cannot be read stays black. Raises ``VideoRejected``, ``ReadingStopped``."""
    count = max(1, min(MOST_TILES, math.ceil(facts.duration_s / _EVERY_S_AT_LEAST)))
    every_s = facts.duration_s / count
    places = {number * every_s: number for number in range(count)}
    width, height = _fitting(facts.width, facts.height, TILE_SIDE)
    columns = min(COLUMNS, count)
    canvas = np.zeros((math.ceil(count / columns) * height, columns * width, 3), np.uint8)
    poster, liveliest = np.zeros((height, width, 3), np.uint8), -1.0
    for done, (time_s, image) in enumerate(each_still(path, facts, places, stopping), start=1):
        number = places[time_s]
        tile = _resized(image, width, height)
        row, column = divmod(number, columns)
        canvas[row * height : (row + 1) * height, column * width : (column + 1) * width] = tile
        lively = float(tile.std()) if number <= _POSTER_UNTIL * count else -1.0
        if lively > liveliest:
            poster, liveliest = _resized(image, *_fitting(image.shape[1], image.shape[0], POSTER_SIDE)), lively
        on_progress(done / count)
    return Sprite(_jpeg(canvas), columns, count, width, height, every_s, _jpeg(poster))


def _fitting(width: int, height: int, side: int) -> tuple[int, int]:
    scale = min(1.0, side / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _resized(image: Image, width: int, height: int) -> Image:
    return np.asarray(cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _jpeg(image: Image) -> bytes:
    _, encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return bytes(encoded.tobytes())
