"""Putting a video in line for a check. Trying again is the same: a new run, and the history is kept."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.models import User
from pipeline.models import PipelineRun, RunStatus, StepRun
from pipeline.settling import set_video_status
from pipeline.web_table import WEB_PIPELINE
from reports.document import Language
from videos.models import Video
from videos.project_settings import current_settings


class CheckUnderWay(Exception):
    """The video has a run that is not over yet."""


def start_run(video: Video, by: User, language: Language = "ru") -> PipelineRun:
    """A new run of the video, waiting for a worker, judged by the newest settings of its project.

    Raises ``CheckUnderWay``; the database decides, so two who ask at once get one run.
    """
    if video.project is None:
        raise ValueError("a video of no project is checked where it lies, by ./compliance check")
    settings = current_settings(video.project)
    try:
        with transaction.atomic():
            last = video.runs.aggregate(last=Max("number"))["last"] or 0
            run = PipelineRun.objects.create(
                video=video,
                number=last + 1,
                status=RunStatus.QUEUED,
                packs=list(settings.packs),
                language=language,
                settings_version=settings,
                started_by=by,
            )
            StepRun.objects.bulk_create(StepRun(run=run, name=step.name) for step in WEB_PIPELINE)
            set_video_status(video, RunStatus.QUEUED)
    except IntegrityError as error:
        raise CheckUnderWay from error
    return run
