"""Names of steps that other modules need to know."""

from __future__ import annotations

VALIDATE = "validate_video"
PREPROCESS = "preprocess_video"
FIND_TRIGGERS = "find_triggers"
BUILD_REPORT = "build_report"

FETCH = "fetch_video"
ADMIT = "admit_video"
PLAYBACK = "prepare_playback"
PUBLISH = "publish_report"

_DETECT = "detect:"


def detect_step(detector: str) -> str:
    return f"{_DETECT}{detector}"


def detector_of(step: str) -> str | None:
    """The detector that a step runs; ``None`` for the other steps."""
    return step.removeprefix(_DETECT) if step.startswith(_DETECT) else None
