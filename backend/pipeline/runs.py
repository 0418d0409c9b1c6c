"""Beginning a run of a file, or taking up the unfinished one; throwing a run away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from detectors.protocol import DetectorSettings
from detectors.registry import all_detectors
from media.limits import Limits
from pipeline import claims
from pipeline.models import PipelineRun, RunStatus, StepRun, StepStatus
from pipeline.run_directory import RunDirectory
from pipeline.step_names import BUILD_REPORT, FIND_TRIGGERS, PREPROCESS, detect_step
from pipeline.table import PIPELINE, STEPS
from videos.models import Video, VideoStatus

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


def unfinished_run(identity: FileIdentity, signature: str) -> PipelineRun | None:
    """The newest run of the same bytes that nobody works on and that the same analysis would continue."""
    runs = PipelineRun.objects.select_related("video").filter(
        video__sha256=identity.sha256,
        video__size_bytes=identity.size_bytes,
        status=RunStatus.RUNNING,
        signature=signature,
    )
    return next((run for run in runs if not _somebody_works_on(run)), None)


@transaction.atomic
def begin_run(identity: FileIdentity, signature: str, packs: Sequence[str], language: str) -> PipelineRun:
    """A new run of these bytes: rows for the video (once), the run and every step."""
    video = Video.objects.filter(sha256=identity.sha256, size_bytes=identity.size_bytes).first()
    if video is None:
        video = Video.objects.create(
            name=identity.name[:255],
            sha256=identity.sha256,
            size_bytes=identity.size_bytes,
            status=VideoStatus.PROCESSING,
        )
    last = video.runs.aggregate(last=Max("number"))["last"] or 0
    run = PipelineRun.objects.create(
        video=video, number=last + 1, signature=signature, packs=list(packs), language=language
    )
    StepRun.objects.bulk_create(StepRun(run=run, name=step.name) for step in PIPELINE)
    return run


def take_up(run: PipelineRun, directory: RunDirectory, packs: Sequence[str], language: str) -> list[str]:
    """Prepare an unfinished run for going on; returns the names of the steps that are kept.

    Steps whose files are gone are done again, and so is what depends on the packs when those changed.
    """
    claims.sweep(run.pk, {step.name: step.tries for step in PIPELINE})
    rows = {row.name: row for row in StepRun.objects.filter(run=run)}
    again = {name for name, row in rows.items() if row.status == StepStatus.COMPLETED and _files_gone(row, directory)}
    if (list(packs), language) != (run.packs, run.language):
        again |= {FIND_TRIGGERS, BUILD_REPORT}
        run.packs, run.language = list(packs), language
        run.save(update_fields=["packs", "language"])
    hears = [name for name, step in STEPS.items() if step.lane == "sound" and rows[name].status != StepStatus.COMPLETED]
    if PREPROCESS in again and not hears:
        again.remove(PREPROCESS)  # its sound has been heard already
    StepRun.objects.filter(run=run, name__in=again, status=StepStatus.COMPLETED).update(
        status=StepStatus.PENDING, progress=0.0
    )
    return [name for name, row in rows.items() if row.status == StepStatus.COMPLETED and name not in again]


def discard_run(run: PipelineRun, directory: RunDirectory) -> None:
    """Remove every trace of a run, and of its video when no other run speaks of it."""
    directory.remove()
    video = run.video
    run.delete()
    if not video.runs.exists():
        video.delete()


def finish_video(run: PipelineRun, status: VideoStatus) -> None:
    Video.objects.filter(pk=run.video_id).update(status=status)


def _somebody_works_on(run: PipelineRun) -> bool:
    working: Iterable[StepRun] = run.steps.filter(status=StepStatus.RUNNING)
    return any(not claims.is_dead_here(step.claimed_by) for step in working)


def _files_gone(row: StepRun, directory: RunDirectory) -> bool:
    if row.name == PREPROCESS:
        return bool(row.facts["has_sound"]) and not directory.sound.is_file()
    if row.name == FIND_TRIGGERS:
        return not directory.analysis.is_file()
    if row.name.startswith(detect_step("")):
        return not (directory.kept / "observations" / row.facts["file"]).is_file()
    return False


def _digest(dictionary: Path | None) -> str | None:
    return None if dictionary is None else hashlib.sha256(dictionary.read_bytes()).hexdigest()
