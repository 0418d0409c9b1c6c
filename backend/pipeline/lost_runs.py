"""Runs whose worker is gone."""

from __future__ import annotations

from django.utils import timezone

from pipeline.cancelling import cancel_run
from pipeline.claims import SILENT_AFTER, is_dead_here
from pipeline.models import PipelineRun, RunStatus
from pipeline.run_claims import hand_back


def free_lost_runs() -> int:
    """Put runs back in line whose worker died on this machine or went silent; returns how many.

    Those that somebody cancelled meanwhile are cancelled.
    """
    freed = 0
    for run in PipelineRun.objects.filter(status=RunStatus.RUNNING, started_by__isnull=False):
        silent = run.heartbeat_at is None or run.heartbeat_at < timezone.now() - SILENT_AFTER
        if silent or is_dead_here(run.claimed_by):
            freed += hand_back(run, run.claimed_by)
    for run in PipelineRun.objects.filter(status=RunStatus.QUEUED, cancel_requested_at__isnull=False):
        cancel_run(run)
    return freed
