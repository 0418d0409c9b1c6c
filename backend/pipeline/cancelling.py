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
        # Asking comes first: it holds the row, so that no worker takes the run or hands it back in between.
        unfinished = PipelineRun.objects.filter(pk=run.pk, status__in=(RunStatus.QUEUED, RunStatus.RUNNING))
        if not unfinished.update(cancel_requested_at=now):
            return False
        if unfinished.filter(status=RunStatus.QUEUED).update(status=RunStatus.CANCELLED, finished_at=now):
            give_back(run.pk)
            set_video_status(run.video, RunStatus.CANCELLED)
        return True
