"""Deleting what may be at work: its runs are stopped, so that nobody pays for a report that nobody will see."""

from __future__ import annotations

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
    for run in PipelineRun.objects.filter(video=video, status__in=UNFINISHED).select_related("video"):
        cancel_run(run)


def withdraw_project(project: Project) -> None:
    """Delete a project so that it can be restored; checks of its videos are cancelled and are not."""
    delete_project(project)
    for run in PipelineRun.objects.filter(video__project=project, status__in=UNFINISHED).select_related("video"):
        cancel_run(run)
