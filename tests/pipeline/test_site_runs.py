"""Workers: who takes what, what happens to the minutes, and what survives."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.pipeline.runs_for_tests import every, step
from tests.pipeline.site_runs import Blocking, client, minutes, paid, queued, take, work

from accounts.models import User
from billing.models import EntryKind, LedgerEntry
from pipeline.cancelling import cancel_run
from pipeline.finishing import finish_run
from pipeline.installation import run_directory
from pipeline.job import Done, Failure, Job, Outcome, Work
from pipeline.leftovers import remove_leftovers
from pipeline.lost_runs import free_lost_runs
from pipeline.models import PipelineRun, RunStatus, StepRun, StepStatus
from pipeline.run_claims import Asked, beat_run, hand_back, take_run
from pipeline.run_view import view_of_run
from videos.models import VideoStatus
from webhooks.models import Delivery, Endpoint, Event

pytestmark = pytest.mark.django_db(transaction=True)

DEAD = "this-machine-is-gone:1:1"


@pytest.fixture
def owner() -> User:
    return client()


def fine(job: Job) -> Mapping[str, Outcome]:
    return every(job.steps, Done())


def broken(job: Job) -> Mapping[str, Outcome]:
    return every(job.steps, Failure("unexpected"))


def full(job: Job) -> Mapping[str, Outcome]:
    raise OSError(errno.ENOSPC, "No space left on device")


def silent_storage(job: Job) -> Mapping[str, Outcome]:
    return every(job.steps, Failure("storage_silent", {"reason": "no answer"}))


SUCCEEDING = paid(step("publish_report", fine, "admit_video"))
FAILING = paid(step("publish_report", broken, "admit_video"))


def silent(run: PipelineRun) -> None:
    """As if its worker had not been heard of for an hour."""
    long_ago = timezone.now() - timedelta(hours=1)
    PipelineRun.objects.filter(pk=run.pk).update(heartbeat_at=long_ago, claimed_by=DEAD)
    StepRun.objects.filter(run=run).update(heartbeat_at=long_ago, claimed_by=DEAD)


def test_the_oldest_is_taken_first_and_never_twice(owner: User) -> None:
    first, second = queued(owner, "1.mp4"), queued(owner, "2.mp4")

    assert [take("a"), take("b")] == [first, second]
    assert take_run("c") is None


def test_success_is_charged_and_announced(owner: User) -> None:
    queued(owner)
    run = take()
    before_s = minutes(owner).available_s
    endpoint = Endpoint.objects.create(
        project=run.video.project,
        url="https://example.org/hook",
        secret="s",
        events=[Event.RUN_FINISHED],
        created_by=owner,
    )

    work(run, SUCCEEDING)

    run.video.refresh_from_db()
    assert (run.status, run.video.status) == (RunStatus.COMPLETED, VideoStatus.VERIFICATION)
    assert (minutes(owner).available_s, minutes(owner).reserved_s) == (before_s - 60, 0)
    assert LedgerEntry.objects.filter(run_id=run.pk, kind=EntryKind.CHARGE).count() == 1
    message = Delivery.objects.get(endpoint=endpoint)
    assert message.subject_id == run.pk
    assert message.payload["data"]["video_name"] == "ролик.mp4"
    assert not run_directory(run.pk).kept.exists(), "what the site needs is in storage"


def test_failure_gives_the_minutes_back_and_says_why(owner: User) -> None:
    queued(owner)
    run, before = take(), minutes(owner)

    work(run, FAILING)

    assert (run.status, run.error) == (RunStatus.FAILED, "unexpected")
    assert minutes(owner) == before
    assert "log" in view_of_run(run).error or "журнал" in view_of_run(run).error


def test_who_has_too_few_minutes_is_told_how_many_are_missing() -> None:
    poor = client("poor", minutes=0)
    LedgerEntry.objects.filter(owner=poor).delete()
    poor.balance.available_s = 30
    poor.balance.save()
    queued(poor)
    run = take()

    work(run, SUCCEEDING)

    assert (run.status, run.error) == (RunStatus.FAILED, "not_enough_minutes")
    assert run.error_details == {"needed_s": 60, "available_s": 30}
    assert minutes(poor).available_s == 30


def test_a_worker_that_stops_hands_its_run_on_with_what_is_finished(owner: User) -> None:
    queued(owner)
    run, blocking, calls = take(), Blocking(), []

    def once(job: Job) -> Mapping[str, Outcome]:
        calls.append(job.run_id)
        return every(job.steps, Done())

    work(run, paid(step("first", once, "admit_video"), step("last", blocking, "first")), stopping=blocking.begun.is_set)
    assert (run.status, run.claimed_by) == (RunStatus.QUEUED, "")
    assert minutes(owner).reserved_s == 60

    work(take("worker-2"), paid(step("first", once, "admit_video"), step("last", fine, "first")), owner="worker-2")

    run.refresh_from_db()
    assert run.status == RunStatus.COMPLETED
    assert len(calls) == 1
    assert LedgerEntry.objects.filter(run_id=run.pk, kind=EntryKind.RESERVE).count() == 1


def test_a_run_whose_worker_died_is_taken_up(owner: User) -> None:
    queued(owner)
    run = take(DEAD)
    assert free_lost_runs() == 0, "it was alive a moment ago, on another machine"
    silent(run)

    assert free_lost_runs() == 1

    assert work(take(), SUCCEEDING).status == RunStatus.COMPLETED


def test_who_lost_a_run_can_neither_settle_nor_charge_it(owner: User) -> None:
    queued(owner)
    lost = take("slow")
    silent(lost)
    free_lost_runs()
    assert take("fast") == lost

    assert beat_run(lost, "slow") is Asked.LOST
    assert not finish_run(lost, "slow", RunStatus.FAILED)
    assert not hand_back(lost, "slow")

    lost.refresh_from_db()
    assert (lost.status, lost.claimed_by) == (RunStatus.RUNNING, "fast")


@pytest.mark.parametrize(("died_before", "ends"), [(1, RunStatus.COMPLETED), (2, RunStatus.FAILED)])
def test_a_step_that_kills_its_worker_again_and_again_ends(owner: User, died_before: int, ends: RunStatus) -> None:
    queued(owner)
    run, blocking = take(), Blocking()
    work(run, paid(step("deadly", blocking, "admit_video")), stopping=blocking.begun.is_set)
    deadly = StepRun.objects.filter(run=run, name="deadly")
    deadly.update(status=StepStatus.RUNNING, failures=died_before)
    silent(run)

    work(take(), paid(step("deadly", fine, "admit_video", tries=3)))

    run.refresh_from_db()
    assert (run.status, run.error) == (ends, "worker_lost" if ends == RunStatus.FAILED else "")


def test_a_cancelled_run_whose_worker_died_is_cancelled(owner: User) -> None:
    queued(owner)
    run = take()
    cancel_run(run)
    silent(run)

    free_lost_runs()

    run.refresh_from_db()
    assert run.status == RunStatus.CANCELLED


@pytest.mark.parametrize("trouble", [full, silent_storage])
def test_trouble_with_disk_or_storage_makes_the_run_wait_and_go_on(owner: User, trouble: Work) -> None:
    queued(owner)
    run = take()

    work(run, paid(step("publish_report", trouble, "admit_video")))

    view = view_of_run(run)
    assert (run.status, view.is_paused, view.is_over) == (RunStatus.QUEUED, True, False)
    assert view.error
    assert minutes(owner).reserved_s == 60
    assert take_run("eager") is None, "not before some seconds have passed"

    PipelineRun.objects.update(not_before=timezone.now())
    work(take(), SUCCEEDING)
    run.refresh_from_db()
    assert (run.status, run.error) == (RunStatus.COMPLETED, "")


def test_folders_of_runs_that_are_over_are_removed(owner: User) -> None:
    over, waiting = queued(owner, "1.mp4"), queued(owner, "2.mp4")
    for run in (over, waiting):
        run_directory(run.pk).create()
    cancel_run(over)

    remove_leftovers(run_directory(over.pk).kept.parent, run_directory)

    assert not run_directory(over.pk).kept.exists()
    assert run_directory(waiting.pk).kept.exists()
