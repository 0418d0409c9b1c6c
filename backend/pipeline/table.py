"""The pipeline, as one table. Read it top-down: that is the order of the work.

``validate_video → preprocess_video → detect:* → find_triggers → build_report``
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from detectors.protocol import DetectorSpec, Reads
from detectors.registry import all_detectors
from pipeline.job import Work
from pipeline.step_names import BUILD_REPORT, FIND_TRIGGERS, PREPROCESS, VALIDATE, detect_step
from pipeline.steps.detect_frames import detect_in_frames
from pipeline.steps.detect_observations import detect_in_observations
from pipeline.steps.detect_sound import detect_in_sound
from pipeline.steps.preprocess import preprocess_video
from pipeline.steps.report import write_report
from pipeline.steps.triggers import find_triggers
from pipeline.steps.validate import validate_video


class WhenFailed(StrEnum):
    """What a step's failure means for the run."""

    FAIL_RUN = "fail_run"
    REPORT_MISSING = "report_missing"
    """The run goes on; the report says loudly that this was not checked."""
    GO_ON = "go_on"
    """The run goes on: nothing of the check is missing."""


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table.

    ``work`` is called with all steps of one ``lane`` that are ready at the same time: detectors that look at frames
    share a single decode of the video. ``tries`` counts starts, ``time_limit_s`` bounds one try. ``effort`` is CPU
    seconds per minute of 720p video (``benchmarks/``): it weighs the progress bar.
    """

    name: str
    work: Work
    after: tuple[str, ...]
    lane: str
    time_limit_s: float
    tries: int
    when_failed: WhenFailed
    effort: float


_WORK_BY_INPUT: dict[Reads, tuple[Work, str]] = {
    Reads.FRAMES: (detect_in_frames, "frames"),
    Reads.AUDIO: (detect_in_sound, "sound"),
    Reads.OBSERVATIONS: (detect_in_observations, "observations"),
}

_DETECTOR_EFFORT = {"speech": 8.0, "text": 5.5, "objects": 3.0, "scenes": 3.2, "safety": 3.8, "words": 0.2}

_HOUR_S = 3600.0


def _detecting(spec: DetectorSpec) -> Step:
    work, lane = _WORK_BY_INPUT[spec.reads]
    return Step(
        name=detect_step(spec.name),
        work=work,
        after=(PREPROCESS, *(detect_step(name) for name in spec.after)),
        lane=lane,
        time_limit_s=6 * _HOUR_S,
        tries=3,
        when_failed=WhenFailed.REPORT_MISSING,
        effort=_DETECTOR_EFFORT.get(spec.name, 3.0),
    )


def _pipeline() -> tuple[Step, ...]:
    fails = WhenFailed.FAIL_RUN
    detecting = tuple(_detecting(spec) for spec in all_detectors())
    detected = tuple(step.name for step in detecting)
    return (
        Step(VALIDATE, validate_video, (), "validate", 600, 3, fails, 0.5),
        Step(PREPROCESS, preprocess_video, (VALIDATE,), "preprocess", _HOUR_S, 3, fails, 0.5),
        *detecting,
        Step(FIND_TRIGGERS, find_triggers, detected, "triggers", _HOUR_S, 3, fails, 0.5),
        Step(BUILD_REPORT, write_report, (FIND_TRIGGERS,), "report", 600, 3, fails, 0.1),
    )


PIPELINE: tuple[Step, ...] = _pipeline()
