"""A video gets in line once, and out of it at any time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

import pytest
from django.db import connection
from tests.pipeline.runs_for_tests import every, step
from tests.pipeline.site_runs import Blocking, client, minutes, paid, queued, take, uploaded, work
from tests.reports.sample_report import build

from accounts.models import User
from detectors.protocol import DetectionStopped
from pipeline.cancelling import cancel_run
from pipeline.finishing import finish_run
from pipeline.installation import run_directory
from pipeline.job import Done, Job, Outcome
from pipeline.models import PipelineRun, RunStatus
from pipeline.run_claims import Asked, beat_run, take_run
from pipeline.starting import CheckUnderWay, start_run
from pipeline.steps.admit import admit_video
from pipeline.withdrawing import cancel_withdrawn
from reports.playback import Playback
from reports.publishing import RunResult, publish
from storage.registry import open_storage
from videos.models import ProjectSettings, VideoStatus
from videos.project_settings import current_settings
from videos.projects import delete_project
from videos.removing import delete_video

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owner() -> User:
    return client()


def test_a_run_is_judged_by_the_newest_settings_of_its_project(owner: User) -> None:
    video = uploaded(owner)
    first = current_settings(video.project)
    newest = ProjectSettings.objects.create(
        project=video.project, number=first.number + 1, packs=["ru-ads"], thresholds={"ad": 0.7}
    )

    run = start_run(video, owner, "en")

    video.refresh_from_db()
    assert (run.status, run.number, run.language, run.packs) == (RunStatus.QUEUED, 1, "en", ["ru-ads"])
    assert run.settings_version == newest
    assert video.status == VideoStatus.PROCESSING


def test_a_video_is_checked_once_at_a_time_and_again_later(owner: User) -> None:
    run = queued(owner)

    with pytest.raises(CheckUnderWay):
        start_run(run.video, owner)
    cancel_run(run)
    again = start_run(run.video, owner)

    assert again.number == 2
    assert list(run.video.runs.values_list("number", "status")) == [(2, RunStatus.QUEUED), (1, RunStatus.CANCELLED)]


def test_what_waits_is_cancelled_at_once(owner: User) -> None:
    run = queued(owner)

    assert cancel_run(run)

    run.refresh_from_db()
    run.video.refresh_from_db()
    assert (run.status, run.video.status) == (RunStatus.CANCELLED, VideoStatus.CANCELLED)
    assert not cancel_run(run), "it is over already"


def test_what_is_worked_on_stops_within_seconds_and_leaves_nothing(owner: User) -> None:
    queued(owner)
    run, blocking = take(), Blocking()
    before = minutes(owner)
    worker = threading.Thread(
        target=lambda: (work(run, paid(step("long", blocking, "admit_video"))), connection.close())
    )
    worker.start()
    assert blocking.begun.wait(10)
    assert minutes(owner).reserved_s == 60

    assert cancel_run(run)
    worker.join(timeout=10)

    run.refresh_from_db()
    assert not worker.is_alive()
    assert run.status == RunStatus.CANCELLED
    assert not run_directory(run.pk).kept.exists()
    assert minutes(owner) == before


def delete_the_video(run: PipelineRun, owner: User) -> None:
    delete_video(run.video, owner)


def delete_its_project(run: PipelineRun, owner: User) -> None:
    delete_project(run.video.project)


@pytest.mark.parametrize("delete", [delete_the_video, delete_its_project])
def test_whoever_was_killed_between_deleting_and_cancelling_a_worker_leaves_the_video_alone(
    owner: User, delete: Callable[[PipelineRun, User], None]
) -> None:
    run = queued(owner)
    delete(run, owner)

    assert take_run("worker-1") is None
    assert cancel_withdrawn() == 1
    assert cancel_withdrawn() == 0

    run.refresh_from_db()
    assert run.status == RunStatus.CANCELLED


def test_the_check_of_a_video_that_is_deleted_meanwhile_stops(owner: User) -> None:
    queued(owner)
    run = take()
    delete_video(run.video, owner)

    assert cancel_withdrawn() == 1

    assert beat_run(run, "worker-1") is Asked.CANCEL


def test_minutes_are_not_set_aside_for_a_run_that_is_over_meanwhile(owner: User) -> None:
    """A step whose worker did not wait for it any more."""
    queued(owner)
    run, before = take(), minutes(owner)

    def over_meanwhile(job: Job) -> Mapping[str, Outcome]:
        finish_run(run, "worker-1", RunStatus.CANCELLED)
        return admit_video(job)

    known, _admit = paid()
    work(run, (known, step("admit_video", over_meanwhile, known.name)))

    assert run.status == RunStatus.CANCELLED
    assert minutes(owner) == before


def test_cancelling_comes_too_late_when_the_report_is_there(owner: User) -> None:
    """Nobody gets a report whose minutes went back."""
    queued(owner)
    run, before = take(), minutes(owner)

    def publish_and_be_cancelled(job: Job) -> Mapping[str, Outcome]:
        documents = {"ru": build("ru"), "en": build("en")}
        publish(run.video, RunResult(run.pk, documents, (), {}, Playback.ORIGINAL, ()), open_storage())
        cancel_run(run)
        with pytest.raises(DetectionStopped):
            Blocking()(job)
        return every(job.steps, Done())

    work(run, paid(step("publish_report", publish_and_be_cancelled, "admit_video")))

    assert run.status == RunStatus.COMPLETED
    assert minutes(owner).available_s == before.available_s - 60
