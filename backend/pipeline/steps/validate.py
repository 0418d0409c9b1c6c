"""validate_video: is this a video that we accept? Size, format, duration, and that it really decodes."""

from __future__ import annotations

from collections.abc import Mapping

from media.probing import probe_video
from media.rejection import RejectionReason, VideoRejected
from pipeline.facts import video_facts_to_json
from pipeline.job import Done, Job, Outcome
from pipeline.step_names import VALIDATE
from pipeline.steps.rejecting import rejected


def validate_video(job: Job) -> Mapping[str, Outcome]:
    """Leaves the facts of the video. A rejected file is final: trying again cannot help."""
    try:
        facts = probe_video(job.workspace.video_path, job.workspace.limits, stopping=job.stopping)
    except VideoRejected as rejection:
        return {VALIDATE: rejected(rejection)}
    if job.workspace.sha256 and facts.sha256 != job.workspace.sha256:
        return {VALIDATE: rejected(VideoRejected(RejectionReason.CHANGED))}
    return {VALIDATE: Done(video_facts_to_json(facts))}
