"""Runs of the site with toy steps: people, money, claims, storage and the engine are the real ones."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.pipeline.runs_for_tests import every, step

from accounts.models import Role, User
from billing.minutes import MinutesLeft, balance_of, grant
from detectors.protocol import DetectionStopped, DetectorSettings
from evidence import VideoFacts
from media.limits import Limits
from pipeline.facts import video_facts_to_json
from pipeline.installation import run_directory
from pipeline.job import Done, Job, Outcome, Workspace
from pipeline.models import PipelineRun
from pipeline.run_claims import take_run
from pipeline.run_directory import RunDirectory
from pipeline.starting import start_run
from pipeline.step_names import VALIDATE
from pipeline.steps.admit import admit_video
from pipeline.table import Step
from pipeline.working import work_on
from videos.models import Video
from videos.projects import create_project

FACTS = VideoFacts("a" * 64, 1000, "mp4", "h264", "aac", 1280, 720, 0, 25.0, 59.2)


def client(name: str = "client", minutes: int = 10) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", "correct horse battery", role=Role.CLIENT)
    left_s = balance_of(user).available_s
    if minutes * 60 > left_s:
        grant(user, minutes * 60 - left_s, None, "")
    return user


def uploaded(owner: User, name: str = "ролик.mp4") -> Video:
    project = owner.projects.first() or create_project(owner, "Обзоры")
    return Video.objects.create(
        project=project, name=name, size_bytes=1000, uploaded_by=owner, storage_key="videos/1/original.mp4"
    )


def queued(owner: User, name: str = "ролик.mp4") -> PipelineRun:
    return start_run(uploaded(owner, name), owner)


def minutes(owner: User) -> MinutesLeft:
    return balance_of(owner)


def paid(*steps: Step) -> tuple[Step, ...]:
    """A table that learns the video's length and sets its minutes aside before ``steps``."""
    return (step(VALIDATE, _knowing_the_length), step("admit_video", admit_video, VALIDATE), *steps)


def _knowing_the_length(job: Job) -> Mapping[str, Outcome]:
    return every(job.steps, Done(video_facts_to_json(FACTS)))


def workspace(run: PipelineRun, directory: RunDirectory) -> Workspace:
    nowhere = Path("/nonexistent")
    return Workspace(
        video_path=nowhere,
        video_name=run.video.name,
        sha256="",
        directory=directory,
        limits=Limits(),
        detector_settings=DetectorSettings(models_dir=nowhere, cache_dir=nowhere),
        packs=("ru-ads",),
        pack_dirs=(),
        language="ru",
    )


def take(owner: str = "worker-1") -> PipelineRun:
    run = take_run(owner)
    assert run is not None
    return run


def work(
    run: PipelineRun, table: Sequence[Step], owner: str = "worker-1", stopping: Callable[[], bool] = lambda: False
) -> PipelineRun:
    """Work on a taken run until it is settled or handed back; returns it as the database has it."""
    work_on(run, owner, stopping, table, workspace)
    run.refresh_from_db()
    return run


class Blocking:
    """A step that works until it is told to stop; ``begun`` is set when it does."""

    def __init__(self) -> None:
        self.begun = threading.Event()

    def __call__(self, job: Job) -> Mapping[str, Outcome]:
        directory = run_directory(job.run_id)
        (directory.kept / "something.jpg").write_bytes(b"found so far")
        self.begun.set()
        until = time.monotonic() + 30
        while not job.stopping():
            assert time.monotonic() < until, "nobody stopped the step"
            time.sleep(0.01)
        raise DetectionStopped
