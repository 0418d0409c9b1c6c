"""Videos from addresses get in line for their check, whatever happens to the worker that fetched them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.pipeline.site_runs import client

from pipeline.ingesting import ingest_next, start_ingested
from pipeline.models import PipelineRun, RunStatus
from videos.models import Upload, UploadStatus, Video
from videos.projects import create_project, delete_project
from videos.url_ingest import begin_ingest, run_ingest

sys.path.insert(0, str(Path(__file__).parents[1] / "outbound"))
from hostile_servers import ok, sending, serving

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def address(settings: Any) -> Iterator[str]:
    with serving(sending(ok(b"0" * 10_000, "Content-Type: video/mp4"))) as server:
        settings.OUTBOUND_ALLOWED_HOSTS = (server.host,)
        yield server.url


def begun(address: str) -> Upload:
    owner = client()
    return begin_ingest(create_project(owner, "Обзоры"), owner, address)


def go_on() -> bool:
    return False


def test_a_fetched_video_is_checked(address: str) -> None:
    upload = begun(address)

    assert ingest_next("worker", go_on)
    assert not ingest_next("worker", go_on), "nothing waits any more"

    upload.refresh_from_db()
    assert (upload.status, upload.claimed_by) == (UploadStatus.FINISHED, "")
    run = PipelineRun.objects.get()
    assert (run.video_id, run.status, run.started_by) == (upload.video_id, RunStatus.QUEUED, upload.created_by)


def test_what_another_worker_fetches_is_left_to_it_while_it_lives(address: str) -> None:
    upload = begun(address)
    Upload.objects.update(claimed_by="elsewhere:1:1", touched_at=timezone.now())
    assert not ingest_next("worker", go_on)

    Upload.objects.update(touched_at=timezone.now() - timedelta(hours=1))
    assert ingest_next("worker", go_on)

    upload.refresh_from_db()
    assert upload.status == UploadStatus.FINISHED


def test_a_worker_that_stops_leaves_the_upload_to_the_next(address: str) -> None:
    begun(address)

    ingest_next("worker", lambda: True)

    upload = Upload.objects.get()
    assert (upload.status, upload.claimed_by) == (UploadStatus.OPEN, "")
    assert not Video.objects.exists()
    assert ingest_next("another", go_on)
    assert PipelineRun.objects.count() == 1


def test_what_cannot_be_fetched_keeps_nobody_waiting(address: str) -> None:
    upload = begun(address)
    Upload.objects.update(source_url="http://127.0.0.1:1/video.mp4")

    assert ingest_next("worker", go_on)
    assert not ingest_next("worker", go_on)

    upload.refresh_from_db()
    assert upload.status == UploadStatus.FAILED
    assert not PipelineRun.objects.exists()


def test_a_video_whose_worker_was_killed_before_it_got_in_line_gets_there(address: str) -> None:
    run_ingest(begun(address), go_on)

    assert start_ingested() == 1
    assert start_ingested() == 0
    assert PipelineRun.objects.count() == 1


def test_what_goes_wrong_again_and_again_keeps_nobody_waiting(address: str) -> None:
    wrong = begun(address)
    right = begin_ingest(wrong.project, wrong.created_by, address)
    Upload.objects.filter(pk=wrong.pk).update(status=UploadStatus.FINISHING, storage_key="of/no.format")

    with pytest.raises(KeyError):
        ingest_next("worker", go_on)
    assert ingest_next("worker", go_on)

    right.refresh_from_db()
    assert right.status == UploadStatus.FINISHED


def test_nothing_is_fetched_for_a_project_that_was_deleted(address: str) -> None:
    delete_project(begun(address).project)

    assert not ingest_next("worker", go_on)


def test_what_was_fetched_for_a_project_that_was_deleted_is_not_checked(address: str) -> None:
    upload = begun(address)
    run_ingest(upload, go_on)
    delete_project(upload.project)

    assert start_ingested() == 0
