"""Who works on which run. Like the claims of steps, every change is one ``UPDATE … WHERE`` that wins or has lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from pipeline.models import PipelineRun, RunStatus


class Asked(StrEnum):
    """What a worker learns when it says that it is alive."""

    GO_ON = "go_on"
    CANCEL = "cancel"
    LOST = "lost"
    """The run is not this worker's any more: it was silent for too long."""


def take_run(owner: str) -> PipelineRun | None:
    """The oldest run that waits, now this worker's; ``None`` when there is none. Deleted videos are left alone."""
    now = timezone.now()
    due = Q(not_before=None) | Q(not_before__lte=now)
    there = PipelineRun.objects.filter(video__deleted_at=None, video__project__deleted_at=None)
    waiting = there.filter(due, status=RunStatus.QUEUED, started_by__isnull=False)
    for run_id in waiting.order_by("created_at", "id").values_list("pk", flat=True)[:20]:
        taken = PipelineRun.objects.filter(pk=run_id, status=RunStatus.QUEUED).update(
            status=RunStatus.RUNNING, claimed_by=owner, heartbeat_at=now, not_before=None, error="", error_details={}
        )
        if taken:
            return PipelineRun.objects.select_related("video__project", "settings_version").get(pk=run_id)
    return None


def beat_run(run: PipelineRun, owner: str) -> Asked:
    """Say that the run is worked on, and learn whether to go on."""
    if not claimed_run(run, owner).update(heartbeat_at=timezone.now()):
        return Asked.LOST
    asked = claimed_run(run, owner).filter(cancel_requested_at__isnull=False).exists()
    return Asked.CANCEL if asked else Asked.GO_ON


def hand_back(
    run: PipelineRun,
    owner: str,
    *,
    error: str = "",
    details: Mapping[str, Any] | None = None,
    wait: timedelta = timedelta(0),
) -> bool:
    """Put the run back in line with what is finished; ``error`` says why it waits and ``wait`` how long at least."""
    return bool(
        claimed_run(run, owner).update(
            status=RunStatus.QUEUED,
            claimed_by="",
            heartbeat_at=None,
            error=error,
            error_details=dict(details or {}),
            not_before=timezone.now() + wait if wait else None,
        )
    )


def hand_back_all(owner: str) -> None:
    """For a worker that works on nothing: runs that it lost sight of (the database was away) go back in line."""
    for run in PipelineRun.objects.filter(status=RunStatus.RUNNING, claimed_by=owner):
        hand_back(run, owner)


def claimed_run(run: PipelineRun, owner: str) -> QuerySet[PipelineRun]:
    return PipelineRun.objects.filter(pk=run.pk, status=RunStatus.RUNNING, claimed_by=owner)
