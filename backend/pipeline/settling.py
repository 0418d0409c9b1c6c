"""How a run ends, for the run and for its video."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from pipeline.models import PipelineRun, RunStatus
from videos.models import Video, VideoStatus

_VIDEO_STATUS = {
    RunStatus.QUEUED: VideoStatus.PROCESSING,
    RunStatus.RUNNING: VideoStatus.PROCESSING,
    RunStatus.COMPLETED: VideoStatus.VERIFICATION,
    RunStatus.FAILED: VideoStatus.FAILED,
    RunStatus.CANCELLED: VideoStatus.CANCELLED,
}


@transaction.atomic
def settle_run(run: PipelineRun, status: RunStatus) -> None:
    """A finished report waits for an operator; nothing becomes ``COMPLETED`` without one."""
    finished_at = None if status in (RunStatus.QUEUED, RunStatus.RUNNING) else timezone.now()
    PipelineRun.objects.filter(pk=run.pk).update(status=status, finished_at=finished_at)
    set_video_status(run.video, status)


def set_video_status(video: Video, status: RunStatus) -> None:
    """What the newest run says of its video."""
    Video.objects.filter(pk=video.pk).update(status=_VIDEO_STATUS[status])
