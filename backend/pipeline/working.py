"""One run of the site from being taken to being settled, on this machine."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta

from pipeline import claims
from pipeline.engine import Engine, RunCancelled, StorageTrouble
from pipeline.failures import STORAGE, STORAGE_SILENT
from pipeline.finishing import finish_run
from pipeline.installation import run_directory
from pipeline.job import Workspace
from pipeline.models import PipelineRun, RunStatus, StepRun
from pipeline.preview_writing import PreviewWriter
from pipeline.progress import RunProgress
from pipeline.resuming import keep_finished
from pipeline.run_claims import Asked, hand_back
from pipeline.run_directory import RunDirectory, UnsafeWorkingFolder
from pipeline.run_watch import RunWatch
from pipeline.run_workspace import RunImpossible, workspace_of
from pipeline.runs import analysis_signature
from pipeline.step_names import VALIDATE
from pipeline.table import Step
from pipeline.web_table import WEB_PIPELINE
from storage.base import StorageFailed

_log = logging.getLogger(__name__)

_GRACE_S = 1.2
_WAIT_FOR_ROOM = timedelta(seconds=30)
_WAIT_FOR_STORAGE = timedelta(seconds=30)
_WAIT_FOR_FOLDER = timedelta(seconds=5)

WorkspaceOf = Callable[[PipelineRun, RunDirectory], Workspace]


def work_on(
    run: PipelineRun,
    owner: str,
    stopping: Callable[[], bool],
    table: Sequence[Step] = WEB_PIPELINE,
    make_workspace: WorkspaceOf = workspace_of,
) -> None:
    """Walk a run that ``owner`` has taken until it is settled or handed back.

    Returns within seconds after ``stopping`` turns true; the run is then in line again with what is finished. Trouble
    with the disk puts it back too, with its reason.
    """
    directory = run_directory(run.pk)
    try:
        directory.create()
        lock = directory.try_lock()
    except (OSError, UnsafeWorkingFolder) as trouble:
        _wait_for_room(run, owner, trouble)
        return
    if lock is None:
        # Whoever had the run is just leaving: its files are free in a moment.
        hand_back(run, owner, wait=_WAIT_FOR_FOLDER)
        return
    try:
        _walk(run, owner, directory, stopping, table, make_workspace)
    finally:
        lock.release()


def _walk(
    run: PipelineRun,
    owner: str,
    directory: RunDirectory,
    stopping: Callable[[], bool],
    table: Sequence[Step],
    make_workspace: WorkspaceOf,
) -> None:
    try:
        workspace = make_workspace(run, directory)
    except RunImpossible as refusal:
        finish_run(run, owner, RunStatus.FAILED, error=refusal.code)
        directory.remove()
        return
    except StorageFailed:
        hand_back(run, owner, error=STORAGE_SILENT, wait=_WAIT_FOR_STORAGE)
        return
    except OSError as trouble:
        _wait_for_room(run, owner, trouble)
        return
    _prepare_steps(run, workspace, table)
    progress = RunProgress({step.name: step.effort for step in table})
    cancelled = threading.Event()
    over = threading.Event()

    def settle(settled: PipelineRun, status: RunStatus) -> None:
        if finish_run(settled, owner, status):
            over.set()

    engine = Engine(run, workspace, progress, cancelled, _GRACE_S, table, settle)
    with RunWatch(run, owner, cancelled, stopping) as watch, PreviewWriter(run, owner, workspace, progress):
        try:
            engine.walk()
        except StorageTrouble as trouble:
            directory.remove_unfinished_files()
            hand_back(run, owner, error=trouble.code, details={"reason": trouble.reason}, wait=_WAIT_FOR_STORAGE)
        except RunCancelled:
            directory.remove_unfinished_files()
            _leave(run, owner, watch, over)
    if over.is_set():
        directory.remove()  # what the site needs is in storage, and a run that did not succeed leaves nothing


def _leave(run: PipelineRun, owner: str, watch: RunWatch, over: threading.Event) -> None:
    """Cancelled, lost, or only this worker is to stop."""
    if watch.asked is Asked.CANCEL:
        if finish_run(run, owner, RunStatus.CANCELLED):
            over.set()
    elif watch.asked is Asked.GO_ON:
        hand_back(run, owner)


def _prepare_steps(run: PipelineRun, workspace: Workspace, table: Sequence[Step]) -> None:
    """Rows for every step of this version; what other models or dictionaries found is found again."""
    StepRun.objects.bulk_create((StepRun(run=run, name=step.name) for step in table), ignore_conflicts=True)
    claims.sweep(run.pk, {step.name: step.tries for step in table})
    signature = analysis_signature(workspace.limits, workspace.detector_settings)
    changed = {VALIDATE} if run.signature not in ("", signature) else frozenset()
    keep_finished(run, workspace.directory, table, changed, fresh_tries=False)
    if run.signature != signature:
        PipelineRun.objects.filter(pk=run.pk).update(signature=signature)


def _wait_for_room(run: PipelineRun, owner: str, trouble: OSError | UnsafeWorkingFolder) -> None:
    _log.warning("the run waits: %s", trouble)
    reason = os.strerror(trouble.errno or 0) if isinstance(trouble, OSError) else type(trouble).__name__
    hand_back(run, owner, error=STORAGE, details={"reason": reason}, wait=_WAIT_FOR_ROOM)
