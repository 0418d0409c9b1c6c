"""Who works on which step: claim, heartbeat, settle, release, sweep. Every change is a compare-and-swap on one row.

SQLite ignores ``SELECT … FOR UPDATE``, so nothing here locks: an ``UPDATE … WHERE status = … AND attempt = …`` either
changes exactly one row or has lost.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from pipeline.failures import WORKER_LOST
from pipeline.models import StepRun, StepStatus

SILENT_AFTER = timedelta(minutes=2)
"""A running step without a heartbeat for so long is taken from its worker."""

HEARTBEAT_EVERY_S = 2.0


def owner_name(pid: int | None = None) -> str:
    """``host:pid:start`` of a process; the start time tells it from a later process with the same number."""
    number = os.getpid() if pid is None else pid
    return f"{socket.gethostname()}:{number}:{_process_start(number)}"


def claim(step: StepRun, owner: str) -> int | None:
    """Take a pending step; returns the attempt to settle it under, or ``None`` when somebody else was faster."""
    now = timezone.now()
    taken = StepRun.objects.filter(pk=step.pk, status=StepStatus.PENDING, attempt=step.attempt).update(
        status=StepStatus.RUNNING,
        attempt=F("attempt") + 1,
        claimed_by=owner,
        heartbeat_at=now,
        started_at=now,
        finished_at=None,
        progress=0.0,
        error="",
        error_details={},
    )
    return step.attempt + 1 if taken else None


def beat(step_id: int, attempt: int, progress: float) -> bool:
    """Say that a claimed step is alive; false when the claim was lost."""
    return bool(_claimed(step_id, attempt).update(heartbeat_at=timezone.now(), progress=progress))


def complete(step_id: int, attempt: int, facts: Mapping[str, Any]) -> bool:
    """Settle as finished; false when the claim was lost meanwhile and the result must be thrown away."""
    return bool(
        _claimed(step_id, attempt).update(
            status=StepStatus.COMPLETED, facts=dict(facts), progress=1.0, finished_at=timezone.now()
        )
    )


def fail(step_id: int, attempt: int, *, code: str, details: Mapping[str, Any], try_again: bool) -> bool:
    """Settle as failed, or hand the step back for another try; false when the claim was lost."""
    return bool(
        _claimed(step_id, attempt).update(
            status=StepStatus.PENDING if try_again else StepStatus.FAILED,
            failures=F("failures") + 1,
            error=code,
            error_details=dict(details),
            finished_at=timezone.now(),
        )
    )


def release(step_id: int, attempt: int) -> bool:
    """Hand a claimed step back unharmed: somebody cancelled the work, the step did nothing wrong."""
    return bool(_claimed(step_id, attempt).update(status=StepStatus.PENDING, progress=0.0, claimed_by=""))


def sweep(run_id: UUID, tries: Mapping[str, int]) -> int:
    """Take every running step of a run from a worker that went silent or died on this machine; returns how many.

    ``tries`` says how often each step may be started in vain: a step that kills its worker again and again must end.
    """
    freed = 0
    for step in StepRun.objects.filter(run_id=run_id, status=StepStatus.RUNNING):
        if is_abandoned(step):
            again = step.failures + 1 < tries.get(step.name, 1)
            freed += fail(step.pk, step.attempt, code=WORKER_LOST, details={}, try_again=again)
    return freed


def is_abandoned(step: StepRun) -> bool:
    """Whether a running step's worker went silent, or is known to be gone."""
    silent = step.heartbeat_at is None or step.heartbeat_at < timezone.now() - SILENT_AFTER
    return silent or is_dead_here(step.claimed_by)


def is_dead_here(owner: str) -> bool:
    """True when the claim names a process of this machine that is gone; other machines are judged by silence alone."""
    host, _, rest = owner.partition(":")
    pid, _, start = rest.partition(":")
    if host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return _process_start(int(pid)) != start


def _claimed(step_id: int, attempt: int) -> Any:
    return StepRun.objects.filter(pk=step_id, status=StepStatus.RUNNING, attempt=attempt)


def _process_start(pid: int) -> str:
    """Clock ticks since boot at which a process started (proc(5), field 22); empty where there is no procfs."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # The second field is the command's name in parentheses and may hold spaces.
    return text.rpartition(")")[2].split()[19]
