"""Runs in line: of many who want the same, exactly one gets it, and what belongs together is one transaction."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

import pytest
from django.db import connection
from tests.pipeline.runs_for_tests import every, step
from tests.pipeline.site_runs import client, minutes, paid, queued, take, uploaded, work

from accounts.models import User
from billing.models import EntryKind, LedgerEntry
from pipeline.cancelling import cancel_run
from pipeline.job import Done, Job, Outcome
from pipeline.models import PipelineRun, RunStatus
from pipeline.run_claims import take_run
from pipeline.starting import CheckUnderWay, start_run
from videos.project_settings import current_settings

pytestmark = pytest.mark.usefixtures("each_database")

AT_ONCE = 6


@pytest.fixture
def owner(each_database: str) -> User:
    return client()


def all_at_once(work: Callable[[int], object]) -> list[object]:
    barrier, answers = threading.Barrier(AT_ONCE), []

    def one(number: int) -> None:
        barrier.wait()
        try:
            answers.append(work(number))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a_video_is_put_in_line_once(owner: User) -> None:
    video = uploaded(owner)
    current_settings(video.project)

    def start(_: int) -> str:
        try:
            start_run(video, owner)
        except CheckUnderWay:
            return "under way"
        return "started"

    assert sorted(map(str, all_at_once(start))) == ["started"] + ["under way"] * (AT_ONCE - 1)
    assert PipelineRun.objects.count() == 1


def test_a_run_is_taken_by_one_worker(owner: User) -> None:
    queued(owner)

    taken = all_at_once(lambda number: take_run(f"worker-{number}"))

    assert sum(run is not None for run in taken) == 1


def test_a_run_is_taken_or_cancelled(owner: User) -> None:
    """Whoever is first: a run that was cancelled in line is never worked on."""
    run = queued(owner)

    answers = all_at_once(lambda number: cancel_run(run) if number % 2 else take_run(f"worker-{number}"))

    run.refresh_from_db()
    worked_on = any(isinstance(answer, PipelineRun) for answer in answers)
    assert run.status == (RunStatus.RUNNING if worked_on else RunStatus.CANCELLED)
    assert (run.cancel_requested_at is not None) == (True in answers)


def test_a_run_is_paid_for_once(owner: User) -> None:
    def fine(job: Job) -> Mapping[str, Outcome]:
        return every(job.steps, Done())

    queued(owner)
    before_s = minutes(owner).available_s

    run = work(take(), paid(step("publish_report", fine, "admit_video")))

    assert run.status == RunStatus.COMPLETED
    assert minutes(owner).available_s == before_s - 60
    kinds = LedgerEntry.objects.filter(run_id=run.pk).values_list("kind", flat=True)
    assert set(kinds) == {EntryKind.RESERVE, EntryKind.CHARGE}
