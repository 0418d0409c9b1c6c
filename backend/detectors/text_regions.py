"""Where on a frame there are lines of text: the PP-OCRv4 mobile detector."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from detectors.engines.onnx import OnnxModel
from evidence import Box

LONGEST_SIDE = 640
"""At 960 it found the same 48 rendered lines for 1.8 times the time, and more regions on photos without text."""
GRID = 32
MEAN = np.array([0.485, 0.456, 0.406], np.float32)
SCALE = np.array([0.229, 0.224, 0.225], np.float32)

PIXEL_THRESHOLD = 0.3
REGION_THRESHOLD = 0.6
GROWTH = 1.6
"""PP-OCR's own post-processing values: a pixel is text, a region is text, and how far the shrunk region grows back."""
MIN_SIDE_PX = 3


class TextRegions:
    """Boxes of upright lines, top to bottom. Slanted text gets the upright box around it and is seldom readable."""

    def __init__(self, model: OnnxModel) -> None:
        self._model = model

    def find(self, image: npt.NDArray[np.uint8]) -> list[Box]:
        """``image`` is ``[height, width, 3]`` BGR."""
        height, width = image.shape[:2]
        scale = min(1.0, LONGEST_SIDE / max(height, width))
        rows, columns = (max(GRID, round(side * scale / GRID) * GRID) for side in (height, width))
        small = cv2.resize(image, (columns, rows), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
        batch = np.ascontiguousarray(((small - MEAN) / SCALE).transpose(2, 0, 1)[None], np.float32)
        (output,) = self._model.run(batch, (1, 1, rows, columns))
        chance = output[0, 0]
        contours, _ = cv2.findContours(
            (chance > PIXEL_THRESHOLD).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
        )
        boxes = [box for contour in contours if (box := _line(contour, chance)) is not None]
        return sorted(boxes, key=lambda box: (box.top, box.left))


def _line(contour: npt.NDArray[np.int32], chance: npt.NDArray[np.float32]) -> Box | None:
    left, top, width, height = cv2.boundingRect(contour)
    if min(width, height) < MIN_SIDE_PX:
        return None
    inside = np.zeros((height, width), np.uint8)
    cv2.drawContours(inside, [contour - np.array([left, top])], -1, 1, cv2.FILLED)
    if chance[top : top + height, left : left + width][inside > 0].mean() < REGION_THRESHOLD:
        return None
    margin = width * height * GROWTH / (2 * (width + height))
    rows, columns = chance.shape
    return Box.from_pixels(
        left - margin,
        top - margin,
        left + width + margin,
        top + height + margin,
        frame_width=columns,
        frame_height=rows,
    )
