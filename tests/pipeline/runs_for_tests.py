"""A run with a table of toy steps: the engine, claims and database are the real ones."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from detectors.protocol import DetectorSettings
from media.limits import Limits
from pipeline.engine import Engine
from pipeline.job import Outcome, Work, Workspace
from pipeline.models import PipelineRun, RunStatus, StepRun
from pipeline.progress import RunProgress
from pipeline.run_directory import RunDirectory
from pipeline.table import Step, WhenFailed
from videos.models import Video


def step(
    name: str,
    work: Work,
    *after: str,
    lane: str | None = None,
    tries: int = 3,
    time_limit_s: float = 60.0,
    when_failed: WhenFailed = WhenFailed.FAIL_RUN,
) -> Step:
    return Step(name, work, after, lane or name, time_limit_s, tries, when_failed, 1.0)


def begin(table: Sequence[Step]) -> PipelineRun:
    video = Video.objects.create(name="ролик.mp4", sha256="0" * 64, size_bytes=1)
    run = PipelineRun.objects.create(video=video, number=1, signature="s")
    StepRun.objects.bulk_create(StepRun(run=run, name=row.name) for row in table)
    return run


def walk(
    run: PipelineRun, table: Sequence[Step], tmp_path: Path, cancelled: threading.Event | None = None
) -> RunStatus:
    workspace = Workspace(
        video_path=tmp_path / "video.mp4",
        video_name="ролик.mp4",
        sha256="0" * 64,
        directory=RunDirectory(kept=tmp_path / "kept", working=tmp_path / "working"),
        limits=Limits(),
        detector_settings=DetectorSettings(models_dir=tmp_path, cache_dir=tmp_path),
        packs=(),
        pack_dirs=(),
        language="ru",
    )
    progress = RunProgress({row.name: row.effort for row in table})
    engine = Engine(run, workspace, progress, cancelled or threading.Event(), grace_s=0.5, table=table)
    return engine.walk()


def statuses(run: PipelineRun) -> Mapping[str, str]:
    return dict(run.steps.values_list("name", "status"))


def every(job_steps: Mapping[str, int], outcome: Outcome) -> dict[str, Outcome]:
    return dict.fromkeys(job_steps, outcome)
