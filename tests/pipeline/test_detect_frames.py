"""Detectors that share one reading of the frames: real models, a real video, one lane."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from detectors.protocol import DetectionStopped, DetectorSettings
from media.limits import Limits
from media.probing import probe_video
from media.rejection import ReadingStopped
from pipeline.facts import detection_from_json
from pipeline.job import Done, Failure, Job, SettledStep, Workspace
from pipeline.observation_log import read_observations
from pipeline.run_directory import RunDirectory
from pipeline.steps.detect_frames import detect_in_frames

ROOT = Path(__file__).resolve().parents[2]
VIDEO = ROOT / "samples" / "media" / "title-card-1080p.mp4"


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """Only the weights of ``objects``; those of ``scenes`` are not there."""
    folder = tmp_path / "models"
    folder.mkdir()
    shutil.copy(ROOT / "models" / "nanodet-m-416.onnx", folder)
    return folder


class Progress:
    def __init__(self) -> None:
        self.fractions: list[float] = []

    def __call__(self, step: str, fraction: float) -> None:
        self.fractions.append(fraction)


def job(tmp_path: Path, models: Path, progress: Progress, stopping: Callable[[], bool], *steps: str) -> Job:
    directory = RunDirectory(kept=tmp_path / "kept", working=tmp_path / "owned" / "working")
    directory.create()
    facts = probe_video(VIDEO, Limits())
    now = datetime.now(tz=UTC)
    return Job(
        run_id=uuid4(),
        steps=dict.fromkeys(steps, 3),
        workspace=Workspace(
            video_path=VIDEO,
            video_name=VIDEO.name,
            sha256=facts.sha256,
            directory=directory,
            limits=Limits(),
            detector_settings=DetectorSettings(models_dir=models, cache_dir=tmp_path / "cache"),
            packs=(),
            pack_dirs=(),
            language="ru",
        ),
        settled={"validate_video": SettledStep(asdict(facts), None, now, now)},
        on_progress=progress,
        stopping=stopping,
    )


def test_a_missing_model_leaves_the_others_at_work(tmp_path: Path, models: Path) -> None:
    progress = Progress()
    asked = job(tmp_path, models, progress, lambda: False, "detect:objects", "detect:scenes")

    outcomes = detect_in_frames(asked)

    missing, done = outcomes["detect:scenes"], outcomes["detect:objects"]
    assert isinstance(missing, Failure)
    assert (missing.code, missing.retry) == ("missing_weights", False)
    assert missing.details["problem"] == "absent"
    assert isinstance(done, Done)
    facts = detection_from_json(done.facts)
    assert facts.complete
    assert facts.reading is not None
    assert facts.reading.frames_analysed > 1
    assert facts.file == "objects.3.jsonl"
    assert read_observations(asked.workspace.directory.observations("objects", 3)) == []
    assert progress.fractions[-1] == pytest.approx(1.0, abs=0.05)


def test_whoever_did_not_see_everything_leaves_nothing(tmp_path: Path, models: Path) -> None:
    progress = Progress()
    asked = job(tmp_path, models, progress, lambda: bool(progress.fractions), "detect:objects")

    with pytest.raises((DetectionStopped, ReadingStopped)):
        detect_in_frames(asked)

    assert not asked.workspace.directory.observations("objects", 3).exists()
