"""detect:* for detectors that build on what other detectors noticed (the words in speech and on screen)."""

from __future__ import annotations

from collections.abc import Mapping

from detectors.protocol import DetectionStopped
from detectors.weights import MissingWeights
from evidence import Observation
from pipeline.facts import detection_from_json
from pipeline.job import Job, Outcome
from pipeline.observation_log import read_observations
from pipeline.step_names import detect_step, detector_of
from pipeline.steps.detecting import SPECS, DetectorAtWork, missing


def detect_in_observations(job: Job) -> Mapping[str, Outcome]:
    return {step: _detect(step, job) for step in job.steps}


def _detect(step: str, job: Job) -> Outcome:
    try:
        at_work = DetectorAtWork(step, job)
    except MissingWeights as error:
        return missing(error)
    for seen in _seen_by(SPECS[detector_of(step) or step].after, job):
        if job.stopping():
            raise DetectionStopped
        at_work.look(seen)
    return at_work.finish()


def _seen_by(detectors: tuple[str, ...], job: Job) -> list[Observation]:
    """In time order. A detector that failed has left nothing; the report says so."""
    found: list[Observation] = []
    for name in detectors:
        settled = job.settled.get(detect_step(name))
        if settled is not None and settled.error is None:
            facts = detection_from_json(settled.facts)
            found.extend(read_observations(job.workspace.directory.kept / "observations" / facts.file))
    return sorted(found, key=lambda seen: (seen.span, seen.id))
