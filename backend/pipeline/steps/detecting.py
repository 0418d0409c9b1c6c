"""What the detect steps share: one detector at work, its time, and the observations it leaves."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from detectors.protocol import Detector
from detectors.registry import all_detectors
from detectors.weights import MissingWeights
from evidence import Observation
from pipeline.facts import DetectionFacts, ReadingFacts, detection_to_json
from pipeline.failures import MISSING_WEIGHTS
from pipeline.job import Done, Failure, Job
from pipeline.observation_log import write_observations
from pipeline.step_names import detector_of

SPECS = {spec.name: spec for spec in all_detectors()}


class DetectorAtWork:
    """Feeds one detector, counts the seconds it was busy, and writes its observations when it is done.

    Raises ``MissingWeights`` on creation when a model of the detector cannot be used.
    """

    def __init__(self, step: str, job: Job) -> None:
        self.step = step
        self._job = job
        self._name = detector_of(step) or step
        self._busy_s = 0.0
        self._found: list[Observation] = []
        job.workspace.live.begin(self._name)
        started = time.monotonic()
        self._detector: Detector[Any] = SPECS[self._name].make(job.settings_for(step))
        self._busy_s += time.monotonic() - started

    def look(self, item: object) -> None:
        self._collect(lambda: self._detector.look(item))

    def finish(self, *, reading: ReadingFacts | None = None, complete: bool = True) -> Done:
        self._collect(self._detector.finish)
        path = self._job.workspace.directory.observations(self._name, self._job.steps[self.step])
        count = write_observations(path, self._name, self._found)
        facts = DetectionFacts(path.name, count, round(self._busy_s, 3), reading, complete=complete)
        return Done(detection_to_json(facts))

    def _collect(self, ask: Any) -> None:
        started = time.monotonic()
        answer: Iterable[Observation] = ask()
        for noticed in answer:  # a generator works here, so its time counts
            self._found.append(noticed)
            self._job.workspace.live.add(self._name, noticed)
        self._busy_s += time.monotonic() - started


def missing(error: MissingWeights) -> Failure:
    """A detector without its model is not a crash and not "clean": the report names it as missing."""
    return Failure(MISSING_WEIGHTS, {"file_name": error.file_name, "problem": error.problem.value})
