"""Folders of runs that nobody needs any more: a worker that was killed at the very end leaves one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from pipeline.models import PipelineRun, RunStatus
from pipeline.run_directory import RunDirectory


def remove_leftovers(runs_folder: Path, directory_of: Callable[[UUID], RunDirectory]) -> int:
    """Remove the folders of runs of the site that are over; returns how many. Those of ``check`` are kept."""
    removed = 0
    for folder in runs_folder.iterdir() if runs_folder.is_dir() else ():
        try:
            run_id = UUID(folder.name)
        except ValueError:
            continue
        over = (RunStatus.COMPLETED, RunStatus.FAILED, RunStatus.CANCELLED)
        if PipelineRun.objects.filter(pk=run_id, started_by__isnull=False, status__in=over).exists():
            directory = directory_of(run_id)
            if (lock := directory.try_lock()) is not None:
                directory.remove()
                lock.release()
                removed += 1
    return removed
