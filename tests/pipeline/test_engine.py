"""The engine walks any table; here the steps are toys, the database and the threads are real."""

from __future__ import annotations

import errno
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.db import connection
from runs_for_tests import begin, every, statuses, step, walk

from detectors.protocol import DetectionStopped
from pipeline import claims
from pipeline.engine import RunCancelled, StorageTrouble
from pipeline.job import Done, Failure, Job, Outcome
from pipeline.models import PipelineRun, RunStatus, StepRun, StepStatus
from pipeline.table import WhenFailed

pytestmark = pytest.mark.django_db(transaction=True)


class Journal:
    """Remembers which steps worked, in which company, under which attempt."""

    def __init__(self, outcome: Outcome | None = None) -> None:
        self.calls: list[Mapping[str, int]] = []
        self._outcome = outcome or Done({"done": True})

    def __call__(self, job: Job) -> Mapping[str, Outcome]:
        self.calls.append(dict(job.steps))
        return every(job.steps, self._outcome)

    @property
    def names(self) -> list[str]:
        return [name for call in self.calls for name in call]


def test_steps_run_in_the_order_of_the_table(tmp_path: Path) -> None:
    journal = Journal()
    table = [step("first", journal), step("second", journal, "first"), step("third", journal, "second")]
    run = begin(table)

    assert walk(run, table, tmp_path) == RunStatus.COMPLETED

    assert journal.names == ["first", "second", "third"]
    assert set(statuses(run).values()) == {StepStatus.COMPLETED}
    run.refresh_from_db()
    assert run.status == RunStatus.COMPLETED
    assert run.finished_at is not None


def test_a_later_step_sees_the_facts_of_the_earlier(tmp_path: Path) -> None:
    seen: dict[str, object] = {}

    def look(job: Job) -> Mapping[str, Outcome]:
        seen.update(job.settled["first"].facts)
        return every(job.steps, Done())

    table = [step("first", Journal(Done({"duration_s": 5.5}))), step("second", look, "first")]

    walk(begin(table), table, tmp_path)

    assert seen == {"duration_s": 5.5}


def test_ready_steps_of_one_lane_work_together(tmp_path: Path) -> None:
    frames, sound = Journal(), Journal()
    table = [
        step("read", Journal()),
        step("objects", frames, "read", lane="frames"),
        step("speech", sound, "read", lane="sound"),
        step("scenes", frames, "read", lane="frames"),
        step("report", Journal(), "objects", "speech", "scenes"),
    ]

    walk(begin(table), table, tmp_path)

    assert frames.calls == [{"objects": 1, "scenes": 1}]
    assert sound.calls == [{"speech": 1}]


def test_a_passing_trouble_is_tried_again(tmp_path: Path) -> None:
    calls = []

    def second_time_lucky(job: Job) -> Mapping[str, Outcome]:
        calls.append(job.steps["only"])
        return every(job.steps, Done() if len(calls) == 2 else Failure("busy", retry=True))

    table = [step("only", second_time_lucky)]
    run = begin(table)

    assert walk(run, table, tmp_path) == RunStatus.COMPLETED
    assert calls == [1, 2]
    assert run.steps.get().failures == 1


def test_a_crash_is_a_failure_after_the_allowed_tries(tmp_path: Path) -> None:
    def crash(job: Job) -> Mapping[str, Outcome]:
        raise RuntimeError("/secret/path")

    after = Journal()
    table = [step("only", crash, tries=2), step("after", after, "only")]
    run = begin(table)

    assert walk(run, table, tmp_path) == RunStatus.FAILED

    row = run.steps.get(name="only")
    assert (row.status, row.failures, row.error) == (StepStatus.FAILED, 2, "unexpected")
    assert "/secret" not in str(row.error_details)
    assert after.calls == []


def test_what_cannot_get_better_is_not_tried_again(tmp_path: Path) -> None:
    journal = Journal(Failure("video_rejected", {"reason": "too_long"}))
    table = [step("only", journal)]
    run = begin(table)

    assert walk(run, table, tmp_path) == RunStatus.FAILED
    assert len(journal.calls) == 1
    assert run.steps.get().error_details == {"reason": "too_long"}


def test_a_missing_detector_does_not_stop_the_report(tmp_path: Path) -> None:
    errors: dict[str, str | None] = {}

    def report(job: Job) -> Mapping[str, Outcome]:
        errors.update({name: settled.error for name, settled in job.settled.items()})
        return every(job.steps, Done())

    missing = Journal(Failure("missing_weights"))
    table = [step("detect", missing, when_failed=WhenFailed.REPORT_MISSING), step("report", report, "detect")]

    assert walk(begin(table), table, tmp_path) == RunStatus.COMPLETED
    assert errors == {"detect": "missing_weights"}


def test_a_step_that_outlives_its_time_limit_fails(tmp_path: Path) -> None:
    def slow(job: Job) -> Mapping[str, Outcome]:
        waiting = threading.Event()
        while not job.stopping():
            waiting.wait(0.01)
        raise DetectionStopped

    table = [step("slow", slow, time_limit_s=0.2)]
    run = begin(table)

    assert walk(run, table, tmp_path) == RunStatus.FAILED
    assert run.steps.get().error == "time_limit"


def test_a_step_that_hangs_does_not_hold_its_run_for_ever(tmp_path: Path) -> None:
    released, hung = threading.Event(), threading.Event()

    def hangs(job: Job) -> Mapping[str, Outcome]:
        released.wait(20)
        hung.set()
        return every(job.steps, Done())

    table = [step("hangs", hangs, time_limit_s=0.2, when_failed=WhenFailed.GO_ON), step("last", Journal(), "hangs")]
    run = begin(table)

    ended = walk(run, table, tmp_path)
    released.set()
    assert hung.wait(10)

    assert ended == RunStatus.COMPLETED
    assert run.steps.get(name="hangs").error == "time_limit"


def test_cancelling_keeps_what_is_finished_and_a_second_walk_goes_on(tmp_path: Path) -> None:
    cancelled, first = threading.Event(), Journal()

    def interrupted(job: Job) -> Mapping[str, Outcome]:
        cancelled.set()
        raise DetectionStopped

    table = [step("first", first), step("second", interrupted, "first")]
    run = begin(table)
    with pytest.raises(RunCancelled):
        walk(run, table, tmp_path, cancelled)
    assert statuses(run) == {"first": StepStatus.COMPLETED, "second": StepStatus.PENDING}
    assert run.steps.get(name="second").failures == 0

    second = Journal()
    table = [step("first", first), step("second", second, "first")]
    assert walk(run, table, tmp_path) == RunStatus.COMPLETED
    assert first.names == ["first"]
    assert second.calls == [{"second": 2}]


def test_work_that_does_not_listen_cannot_hold_a_cancelled_run(tmp_path: Path) -> None:
    cancelled, release = threading.Event(), threading.Event()

    def deaf(job: Job) -> Mapping[str, Outcome]:
        cancelled.set()
        release.wait(30)
        return every(job.steps, Done())

    table = [step("deaf", deaf)]
    run = begin(table)
    with pytest.raises(RunCancelled):
        walk(run, table, tmp_path, cancelled)
    release.set()

    assert statuses(run) == {"deaf": StepStatus.PENDING}


def dead_process() -> str:
    """The name of a process that has lived on this machine."""
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    name = claims.owner_name(child.pid)
    child.communicate()
    return name


def claimed_by(run: PipelineRun, owner: str) -> StepRun:
    row = run.steps.first()
    assert row is not None
    assert claims.claim(row, owner) == 1
    row.refresh_from_db()
    return row


def test_the_step_of_a_killed_process_is_taken_up_at_once(tmp_path: Path) -> None:
    journal = Journal()
    table = [step("only", journal)]
    run = begin(table)
    claimed_by(run, dead_process())

    assert walk(run, table, tmp_path) == RunStatus.COMPLETED
    assert journal.calls == [{"only": 2}]


def test_a_step_that_kills_its_worker_every_time_ends_as_failed(tmp_path: Path) -> None:
    table = [step("only", Journal(), tries=1)]
    run = begin(table)
    claimed_by(run, dead_process())

    assert walk(run, table, tmp_path) == RunStatus.FAILED
    assert run.steps.get().error == "worker_lost"


def test_a_full_disk_is_nobodys_failure(tmp_path: Path) -> None:
    def write(job: Job) -> Mapping[str, Outcome]:
        raise OSError(errno.ENOSPC, "No space left on device", "/secret/path")

    first = Journal()
    table = [step("first", first), step("second", write, "first", when_failed=WhenFailed.REPORT_MISSING)]
    run = begin(table)
    with pytest.raises(StorageTrouble) as trouble:
        walk(run, table, tmp_path)

    assert "/secret" not in trouble.value.reason
    assert statuses(run) == {"first": StepStatus.COMPLETED, "second": StepStatus.PENDING}
    assert run.steps.get(name="second").failures == 0


def test_work_whose_claim_was_lost_is_told_to_stop(tmp_path: Path) -> None:
    calls = []

    def robbed(job: Job) -> Mapping[str, Outcome]:
        calls.append(job.steps["only"])
        if len(calls) > 1:
            return every(job.steps, Done({"by": "second"}))
        StepRun.objects.update(attempt=7, status=StepStatus.PENDING)
        connection.close()
        waiting = threading.Event()
        while not job.stopping():
            waiting.wait(0.01)
        return every(job.steps, Done({"by": "first"}))

    table = [step("only", robbed)]
    run = begin(table)

    assert walk(run, table, tmp_path) == RunStatus.COMPLETED
    assert calls == [1, 8]
    assert run.steps.get().facts == {"by": "second"}
