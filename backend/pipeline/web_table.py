"""The pipeline of videos that lie in storage and belong to a project: the same analysis, with what the site needs.

``fetch_video → validate_video → admit_video → preprocess_video → detect:* , prepare_playback → find_triggers →
publish_report``
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.step_names import ADMIT, BUILD_REPORT, FETCH, FIND_TRIGGERS, PLAYBACK, PREPROCESS, PUBLISH, VALIDATE
from pipeline.steps.admit import admit_video
from pipeline.steps.fetch import fetch_video
from pipeline.steps.playback import prepare_playback
from pipeline.steps.publish import publish_report
from pipeline.table import PIPELINE, Step, WhenFailed

_HOUR_S = 3600.0


def _web_pipeline() -> tuple[Step, ...]:
    fails = WhenFailed.FAIL_RUN
    # Whoever reads the video waits for its bytes, also when a run is taken up on a machine that has not got them.
    analysis = tuple(
        replace(step, after=(FETCH, *((ADMIT,) if step.name == PREPROCESS else ()), *step.after))
        for step in PIPELINE
        if step.name not in (VALIDATE, BUILD_REPORT)
    )
    validate = next(step for step in PIPELINE if step.name == VALIDATE)
    return (
        Step(FETCH, fetch_video, (), "fetch", 6 * _HOUR_S, 3, fails, 0.3),
        replace(validate, after=(FETCH,)),
        Step(ADMIT, admit_video, (VALIDATE,), "admit", 60, 3, fails, 0.05),
        *analysis,
        Step(PLAYBACK, prepare_playback, (FETCH, PREPROCESS), "playback", 6 * _HOUR_S, 2, WhenFailed.GO_ON, 1.5),
        Step(PUBLISH, publish_report, (FIND_TRIGGERS, PLAYBACK), "publish", _HOUR_S, 5, fails, 0.3),
    )


WEB_PIPELINE: tuple[Step, ...] = _web_pipeline()
EFFORTS: dict[str, float] = {step.name: step.effort for step in WEB_PIPELINE}
