"""Videos that lie in a bucket: brought to the worker's machine, and brought again where they are needed again."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.media.synthetic_video import panning, tone, write_video
from tests.pipeline.runs_for_tests import every, step
from tests.pipeline.site_runs import Blocking, client, take, uploaded
from tests.servers.seaweedfs import SeaweedFS

from pipeline.installation import run_directory
from pipeline.job import Done, Job, Outcome
from pipeline.models import PipelineRun, RunStatus, StepRun
from pipeline.run_workspace import workspace_of
from pipeline.starting import start_run
from pipeline.step_names import ADMIT, FETCH, PLAYBACK, PREPROCESS, VALIDATE
from pipeline.table import Step
from pipeline.web_table import WEB_PIPELINE
from pipeline.working import work_on
from storage.registry import open_storage
from videos.models import Video

pytestmark = pytest.mark.django_db(transaction=True)

REAL = tuple(one for one in WEB_PIPELINE if one.name in (FETCH, VALIDATE, ADMIT, PREPROCESS, PLAYBACK))


@pytest.fixture
def run(seaweedfs: SeaweedFS, settings: Any, tmp_path: Path) -> PipelineRun:
    bucket = seaweedfs.new_bucket()
    settings.STORAGE_BACKEND = "b2"
    settings.BACKBLAZE_ENDPOINT_URL, settings.BACKBLAZE_BUCKET_NAME = bucket.endpoint_url, bucket.name
    settings.BACKBLAZE_APPLICATION_KEY_ID = bucket.key_id
    settings.BACKBLAZE_APPLICATION_KEY = bucket.application_key
    owner = client()
    video = uploaded(owner, "v.mkv")
    video.storage_key = "videos/1/original.mkv"
    video.save()
    file = write_video(tmp_path / "v.mkv", panning(75), sound=tone(3.0))
    open_storage().put_file(file, video.storage_key, "video/x-matroska")
    start_run(video, owner)
    return take()


def work(run: PipelineRun, *more: Step, stopping: Any = lambda: False) -> PipelineRun:
    work_on(run, "worker-1", stopping, (*REAL, *more), workspace_of)
    run.refresh_from_db()
    return run


def attempts(run: PipelineRun) -> dict[str, int]:
    names = [one.name for one in REAL]
    return dict(StepRun.objects.filter(run=run, name__in=names).values_list("name", "attempt"))


def fine(job: Job) -> Mapping[str, Outcome]:
    return every(job.steps, Done())


def test_the_video_is_brought_and_removed_again(run: PipelineRun) -> None:
    done = work(run, step("publish_report", fine, PLAYBACK))

    assert done.status == RunStatus.COMPLETED
    video = Video.objects.get()
    assert (len(video.sha256), round(video.duration_s or 0)) == (64, 3)
    facts = StepRun.objects.get(run=run, name=PLAYBACK).facts
    assert facts["playback"] == "proxy"
    assert {file["kind"] for file in facts["files"]} == {"POSTER", "THUMBNAILS", "WAVEFORM", "PROXY"}
    directory = run_directory(run.pk)
    assert not directory.kept.exists()
    assert not directory.working.exists()


def test_on_another_machine_it_is_not_brought_again_when_nobody_looks_at_it(run: PipelineRun) -> None:
    blocking = Blocking()
    work(run, step("publish_report", blocking, PLAYBACK), stopping=blocking.begun.is_set)
    shutil.rmtree(run_directory(run.pk).working)

    work(take(), step("publish_report", fine, PLAYBACK))
    assert attempts(run) == {FETCH: 1, VALIDATE: 1, ADMIT: 1, PREPROCESS: 1, PLAYBACK: 1}


def test_on_another_machine_the_player_is_prepared_again_from_the_video(run: PipelineRun) -> None:
    blocking = Blocking()
    work(run, step("publish_report", blocking, PLAYBACK), stopping=blocking.begun.is_set)
    directory = run_directory(run.pk)
    shutil.rmtree(directory.working)
    shutil.rmtree(directory.kept)

    done = work(take(), step("publish_report", fine, PLAYBACK))

    assert done.status == RunStatus.COMPLETED
    assert attempts(run) == {FETCH: 2, VALIDATE: 1, ADMIT: 1, PREPROCESS: 2, PLAYBACK: 2}
