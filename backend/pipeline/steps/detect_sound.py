"""detect:* for detectors that hear the whole sound."""

from __future__ import annotations

from collections.abc import Mapping

from detectors.weights import MissingWeights
from evidence import AudioTrack
from media.sound import load_sound
from pipeline.facts import DetectionFacts, detection_to_json
from pipeline.job import Done, Job, Outcome
from pipeline.observation_log import write_observations
from pipeline.step_names import PREPROCESS, detector_of
from pipeline.steps.detecting import DetectorAtWork, missing


def detect_in_sound(job: Job) -> Mapping[str, Outcome]:
    if not job.settled[PREPROCESS].facts["has_sound"]:
        return {step: _nothing_to_hear(step, job) for step in job.steps}
    track = load_sound(job.workspace.directory.sound)
    return {step: _hear(step, track, job) for step in job.steps}


def _hear(step: str, track: AudioTrack, job: Job) -> Outcome:
    try:
        at_work = DetectorAtWork(step, job)
    except MissingWeights as error:
        return missing(error)
    at_work.look(track)
    return at_work.finish(complete=job.settled[PREPROCESS].facts["complete"])


def _nothing_to_hear(step: str, job: Job) -> Outcome:
    """Without an audio track there is no speech to miss, so the check is complete."""
    name = detector_of(step) or step
    path = job.workspace.directory.observations(name, job.steps[step])
    write_observations(path, name, ())
    return Done(detection_to_json(DetectionFacts(path.name, 0, 0.0, nothing_to_read=True)))
