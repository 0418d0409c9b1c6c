"""Stopping a run: at once while it waits, within seconds while a worker is on it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from billing.minutes import give_back
from pipeline.models import PipelineRun, RunStatus
from pipeline.settling import set_video_status


def cancel_run(run: PipelineRun) -> bool:
    """Cancel, or ask the worker to; false when the run was over already.

    A worker notices within seconds, removes what the unfinished run left and gives the minutes back.
    """
    with transaction.atomic():
        now = timezone.now()
        waiting = PipelineRun.objects.filter(pk=run.pk, status=RunStatus.QUEUED)
        if waiting.update(status=RunStatus.CANCELLED, cancel_requested_at=now, finished_at=now):
            give_back(run.pk)
            set_video_status(run.video, RunStatus.CANCELLED)
            return True
        running = PipelineRun.objects.filter(pk=run.pk, status=RunStatus.RUNNING)
        return bool(running.update(cancel_requested_at=now))
