"""Which run of a file this process works on: the unfinished one or a new one; and throwing runs away."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from detectors.protocol import DetectorSettings
from detectors.registry import all_detectors
from media.limits import Limits
from pipeline import claims
from pipeline.models import PipelineRun, RunStatus, StepRun, StepStatus
from pipeline.resuming import keep_finished
from pipeline.run_directory import RunDirectory, RunLock, is_own_folder
from pipeline.settling import set_video_status, settle_run
from pipeline.step_names import FIND_TRIGGERS
from pipeline.table import PIPELINE
from videos.models import Video

OBSERVATION_FORMAT = 1
"""Raise it when detectors change what they observe without changing their models: unfinished runs then begin anew."""


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """The bytes of a file, and the name its owner gave it."""

    name: str
    sha256: str
    size_bytes: int


def analysis_signature(limits: Limits, settings: DetectorSettings) -> str:
    """sha256 over everything that shapes the observations: models, weights, dictionaries, sampling."""
    shaping = {
        "format": OBSERVATION_FORMAT,
        "detectors": [[spec.name, spec.model, [w.sha256 for w in spec.weights]] for spec in all_detectors()],
        "dictionaries": [
            _digest(path) for path in (settings.profanity_dict, settings.brand_dict, settings.stopwords_dict)
        ],
        "sample_fps": limits.sample_fps,
    }
    return hashlib.sha256(json.dumps(shaping).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class OwnedRun:
    """A run that this process may work on, alone. ``kept_steps`` are finished already."""

    run: PipelineRun
    directory: RunDirectory
    lock: RunLock
    kept_steps: tuple[str, ...]


def own_run(
    identity: FileIdentity,
    signature: str,
    packs: Sequence[str],
    language: str,
    directory_of: Callable[[UUID], RunDirectory],
) -> OwnedRun:
    """The newest unfinished run of the same bytes under the same signature that nobody works on, else a new one.

    Raises ``OSError`` or ``UnsafeWorkingFolder`` when the run's folders cannot be made.
    """
    for run in _unfinished_runs(identity, signature):
        directory = directory_of(run.pk)
        if directory.kept.is_dir() and (lock := directory.try_lock()) is not None:
            if _is_free(run):
                directory.create()
                return OwnedRun(run, directory, lock, _take_up(run, directory, packs, language))
            lock.release()
    while True:
        run = begin_run(identity, signature, packs, language)
        directory = directory_of(run.pk)
        try:
            directory.create()
        except BaseException:
            discard_run(run, directory)
            raise
        # Between the row and the lock another process may have found the run and taken it up: then it is theirs.
        if (lock := directory.try_lock()) is not None:
            return OwnedRun(run, directory, lock, ())


def _unfinished_runs(identity: FileIdentity, signature: str) -> QuerySet[PipelineRun]:
    """Runs that failed for a reason that may have passed are unfinished too: their finished steps are worth keeping."""
    return PipelineRun.objects.select_related("video").filter(
        video__sha256=identity.sha256,
        video__size_bytes=identity.size_bytes,
        video__project=None,
        status__in=(RunStatus.RUNNING, RunStatus.FAILED),
        signature=signature,
    )


def _is_free(run: PipelineRun) -> bool:
    """Asked under the lock: the run may have been finished or removed, or a worker of another machine be on it."""
    if not PipelineRun.objects.filter(pk=run.pk).exclude(status=RunStatus.COMPLETED).exists():
        return False
    return all(claims.is_abandoned(step) for step in run.steps.filter(status=StepStatus.RUNNING))


@transaction.atomic
def begin_run(identity: FileIdentity, signature: str, packs: Sequence[str], language: str) -> PipelineRun:
    """A new run of these bytes: rows for the video (once), the run and every step."""
    video = Video.objects.filter(sha256=identity.sha256, size_bytes=identity.size_bytes, project=None).first()
    if video is None:
        video = Video.objects.create(
            name=identity.name[:255],
            sha256=identity.sha256,
            size_bytes=identity.size_bytes,
        )
    last = video.runs.aggregate(last=Max("number"))["last"] or 0
    run = PipelineRun.objects.create(
        video=video, number=last + 1, signature=signature, packs=list(packs), language=language
    )
    StepRun.objects.bulk_create(StepRun(run=run, name=step.name) for step in PIPELINE)
    settle_run(run, RunStatus.RUNNING)
    return run


def _take_up(run: PipelineRun, directory: RunDirectory, packs: Sequence[str], language: str) -> tuple[str, ...]:
    """Prepare an unfinished run for going on under these packs; returns the names of the steps that are kept."""
    changed: set[str] = set()
    if (list(packs), language) != (run.packs, run.language):
        changed.add(FIND_TRIGGERS)
        run.packs, run.language = list(packs), language
        run.save(update_fields=["packs", "language"])
    kept = keep_finished(run, directory, PIPELINE, changed, fresh_tries=True)
    settle_run(run, RunStatus.RUNNING)
    return kept


@transaction.atomic
def _remove_rows(run: PipelineRun) -> None:
    video = run.video
    run.delete()
    newest = video.runs.first()
    if newest is None:
        video.delete()
    else:
        set_video_status(video, RunStatus(newest.status))


def discard_run(run: PipelineRun, directory: RunDirectory) -> None:
    """Remove every trace of a run, and of its video when no other run speaks of it."""
    _remove_rows(run)
    directory.remove()


def forget_working_files(signature: str, working_root: Path, directory_of: Callable[[UUID], RunDirectory]) -> None:
    """Remove working files that no run will ask for again: it is over, gone, or of an analysis that has changed.

    A process that was killed between its last step and its cleaning leaves such files.
    """
    if not is_own_folder(working_root):
        return
    for folder in working_root.iterdir():
        try:
            run_id = UUID(folder.name)
        except ValueError:
            continue
        wanted = PipelineRun.objects.filter(pk=run_id, signature=signature).exclude(status=RunStatus.COMPLETED)
        directory = directory_of(run_id)
        if wanted.exists():
            continue
        if not directory.kept.is_dir():
            shutil.rmtree(folder, ignore_errors=True)
        elif (lock := directory.try_lock()) is not None:
            directory.remove_working_files()
            lock.release()


def _digest(dictionary: Path | None) -> str | None:
    return None if dictionary is None else hashlib.sha256(dictionary.read_bytes()).hexdigest()
