from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from runs_for_tests import begin, step

from pipeline import claims
from pipeline.job import Done
from pipeline.models import StepRun, StepStatus

pytestmark = pytest.mark.django_db(transaction=True)

ELSEWHERE = "another-host:17:1"


@pytest.fixture
def row() -> StepRun:
    run = begin([step("only", lambda job: dict.fromkeys(job.steps, Done()))])
    return run.steps.get()


def test_of_many_claimants_exactly_one_wins(row: StepRun) -> None:
    attempts: list[int | None] = []
    barrier = threading.Barrier(8)

    def claim(number: int) -> None:
        barrier.wait()
        try:
            attempts.append(claims.claim(row, f"host:{number}:1"))
        finally:
            connection.close()

    threads = [threading.Thread(target=claim, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(attempts, key=str) == [1] + [None] * 7


def test_a_late_loser_cannot_overwrite(row: StepRun) -> None:
    late = claims.claim(row, ELSEWHERE)
    assert late == 1
    StepRun.objects.filter(pk=row.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=3))
    assert claims.sweep(row.run_id, {"only": 3}) == 1
    row.refresh_from_db()
    winner = claims.claim(row, ELSEWHERE)
    assert winner == 2

    assert not claims.complete(row.pk, late, {"by": "loser"})
    assert not claims.fail(row.pk, late, code="late", details={}, try_again=False)
    assert not claims.release(row.pk, late)
    assert not claims.beat(row.pk, late, 0.5)
    assert claims.complete(row.pk, winner, {"by": "winner"})

    row.refresh_from_db()
    assert (row.status, row.facts) == (StepStatus.COMPLETED, {"by": "winner"})


def test_a_heartbeat_keeps_a_step(row: StepRun) -> None:
    attempt = claims.claim(row, ELSEWHERE)
    assert attempt == 1
    StepRun.objects.filter(pk=row.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=3))
    assert claims.beat(row.pk, attempt, 0.25)

    assert claims.sweep(row.run_id, {"only": 3}) == 0
    row.refresh_from_db()
    assert (row.status, row.progress) == (StepStatus.RUNNING, 0.25)


def test_a_living_process_of_this_machine_is_left_alone(row: StepRun) -> None:
    claims.claim(row, claims.owner_name())

    assert claims.sweep(row.run_id, {"only": 3}) == 0


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="start times come from procfs")
def test_a_reused_process_number_is_another_process() -> None:
    host, pid, start = claims.owner_name().split(":")

    assert not claims.is_dead_here(f"{host}:{pid}:{start}")
    assert claims.is_dead_here(f"{host}:{pid}:{int(start) - 1}")
