"""admit_video: now that its length is known, note it in the library and set the owner's minutes aside."""

from __future__ import annotations

import math
from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from billing.minutes import AlreadySettled, NotEnoughMinutes, reserve
from pipeline.facts import video_facts_from_json
from pipeline.failures import ALREADY_SETTLED, NOT_ENOUGH_MINUTES
from pipeline.job import Done, Failure, Job, Outcome
from pipeline.models import PipelineRun, RunStatus
from pipeline.step_names import ADMIT, VALIDATE
from videos.models import Video


def admit_video(job: Job) -> Mapping[str, Outcome]:
    """Minutes are seconds of video, rounded up; they are charged or given back when the run ends."""
    facts = video_facts_from_json(job.settled[VALIDATE].facts)
    run = PipelineRun.objects.select_related("video__project__owner").get(pk=job.run_id)
    Video.objects.filter(pk=run.video_id).update(sha256=facts.sha256, duration_s=facts.duration_s)
    if run.video.project is not None:
        try:
            _reserve(run, run.video.project.owner, math.ceil(facts.duration_s))
        except NotEnoughMinutes as refusal:
            details = {"needed_s": refusal.needed_s, "available_s": refusal.available_s}
            return {ADMIT: Failure(NOT_ENOUGH_MINUTES, details)}
        except AlreadySettled:
            return {ADMIT: Failure(ALREADY_SETTLED)}
    return {ADMIT: Done()}


@transaction.atomic
def _reserve(run: PipelineRun, owner: User, seconds: int) -> None:
    """Whoever ends the run waits for this, and gives the minutes back; what is over already gets none.

    Raises ``NotEnoughMinutes``, ``AlreadySettled``.
    """
    unfinished = PipelineRun.objects.select_for_update().filter(status__in=(RunStatus.QUEUED, RunStatus.RUNNING))
    if unfinished.filter(pk=run.pk).first() is None:
        raise AlreadySettled(str(run.pk))
    reserve(owner, run.pk, seconds, run.video.name)
