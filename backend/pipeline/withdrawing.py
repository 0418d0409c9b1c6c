"""Deleting what may be at work: its runs are stopped, so that nobody pays for a report that nobody will see."""

from __future__ import annotations

from django.db.models import Q

from accounts.models import User
from pipeline.cancelling import cancel_run
from pipeline.models import PipelineRun, RunStatus
from videos.models import Project, Video
from videos.projects import delete_project
from videos.removing import delete_video

UNFINISHED = (RunStatus.QUEUED, RunStatus.RUNNING)


def withdraw_video(video: Video, by: User) -> None:
    """Delete a video so that it can be restored; a check under way is cancelled and is not."""
    delete_video(video, by)
    _cancel(Q(video=video))


def withdraw_project(project: Project) -> None:
    """Delete a project so that it can be restored; checks of its videos are cancelled and are not."""
    delete_project(project)
    _cancel(Q(video__project=project))


def cancel_withdrawn() -> int:
    """For a worker, every now and then: cancel what goes on although its video was deleted; returns how many.

    A process that was killed between deleting and cancelling leaves such runs, and so does a start at that moment.
    """
    return _cancel(Q(video__deleted_at__isnull=False) | Q(video__project__deleted_at__isnull=False))


def _cancel(of: Q) -> int:
    unfinished = PipelineRun.objects.filter(of, status__in=UNFINISHED, started_by__isnull=False)
    return sum(cancel_run(run) for run in unfinished.filter(cancel_requested_at=None).select_related("video"))
