"""Walks the pipeline of one run inside this process, until nothing is left to do or somebody cancels.

The database decides what is ready; threads only carry the work. The same claims serve any other way of delivery.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connections

from detectors.protocol import DetectionStopped
from media.rejection import ReadingStopped
from pipeline import claims
from pipeline.failures import TIME_LIMIT, UNEXPECTED, WAITING
from pipeline.job import Done, Failure, Job, Outcome, SettledStep, Workspace, failure_of
from pipeline.models import PipelineRun, RunStatus, StepRun, StepStatus
from pipeline.progress import RunProgress
from pipeline.settling import settle_run
from pipeline.step_log import log_step
from pipeline.table import PIPELINE, Step, WhenFailed

_log = logging.getLogger(__name__)

_TICK_S = 0.1
_ELSEWHERE_S = 1.0


class RunCancelled(Exception):
    """Somebody asked to stop. Finished steps are kept; a thread inside a model may still be at work."""


class StorageTrouble(Exception):
    """The disk is full or not writable, or the object storage does not answer (``code``). The run waits as it is;
    ``reason`` is the system's own words."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(slots=True, eq=False)
class _Lane:
    """Steps that were claimed together and the thread that works on them; ``given_up``: the claim was lost."""

    name: str
    attempts: dict[str, int]
    ids: dict[str, int]
    deadline: float
    last_beat: float
    given_up: threading.Event


class Engine:
    """Runs one ``PipelineRun``.

    ``cancelled`` is set from outside to stop; ``grace_s`` is how long threads may take then, and past their time limit.
    ``table`` ends with the step that makes the run complete. ``settle`` ends the run once every step is settled.
    """

    def __init__(
        self,
        run: PipelineRun,
        workspace: Workspace,
        progress: RunProgress,
        cancelled: threading.Event,
        grace_s: float = 1.2,
        table: Sequence[Step] = PIPELINE,
        settle: Callable[[PipelineRun, RunStatus], None] = settle_run,
    ) -> None:
        self._steps = {step.name: step for step in table}
        self._settle_run = settle
        self._run = run
        self._workspace = workspace
        self._progress = progress
        self._cancelled = cancelled
        self._grace_s = grace_s
        self._owner = claims.owner_name()
        self._lanes: list[_Lane] = []
        self._answers: queue.SimpleQueue[tuple[_Lane, Mapping[str, Outcome] | None]] = queue.SimpleQueue()
        self._halted = threading.Event()
        self._storage_trouble: StorageTrouble | None = None

    def walk(self) -> RunStatus:
        """Work until every step is settled; returns how the run ended. Raises ``RunCancelled``, ``StorageTrouble``."""
        tries = {name: step.tries for name, step in self._steps.items()}
        while not self._cancelled.is_set() and self._storage_trouble is None:
            self._beat()
            claims.sweep(self._run.pk, tries)
            rows = {row.name: row for row in StepRun.objects.filter(run=self._run)}
            self._progress.settle_from({name: row.status for name, row in rows.items()})
            for steps in ready_lanes(self._steps, rows):
                self._start(steps, rows)
            if self._lanes:
                self._wait_for_an_answer()
            elif any(row.status == StepStatus.RUNNING for row in rows.values()):
                self._cancelled.wait(_ELSEWHERE_S)  # another worker shares this run
            else:
                return self._finish(rows)
        self._stop()
        if self._storage_trouble is not None:
            raise self._storage_trouble
        raise RunCancelled

    def _start(self, steps: Sequence[Step], rows: Mapping[str, StepRun]) -> None:
        attempts = {step.name: claims.claim(rows[step.name], self._owner) for step in steps}
        mine = {name: attempt for name, attempt in attempts.items() if attempt is not None}
        if not mine:
            return
        now = time.monotonic()
        deadline = now + min(self._steps[name].time_limit_s for name in mine)
        ids = {name: rows[name].pk for name in mine}
        lane = _Lane(steps[0].lane, mine, ids, deadline, now, threading.Event())
        self._lanes.append(lane)
        for name in mine:
            log_step(self._run.video_id, name, "started")
            self._progress.start(name)
        job = Job(
            run_id=self._run.pk,
            steps=mine,
            workspace=self._workspace,
            settled={name: step for name, row in rows.items() if (step := _settled_step(row)) is not None},
            on_progress=self._progress.advance,
            stopping=lambda: self._must_stop(lane),
        )
        # A daemon: work inside a model cannot be interrupted, and must not keep a cancelled process alive.
        threading.Thread(target=self._carry, args=(lane, steps[0], job), name=f"step-{lane.name}", daemon=True).start()

    def _must_stop(self, lane: _Lane) -> bool:
        asked = self._cancelled.is_set() or self._halted.is_set() or lane.given_up.is_set()
        return asked or time.monotonic() > lane.deadline

    def _carry(self, lane: _Lane, step: Step, job: Job) -> None:
        try:
            outcomes: Mapping[str, Outcome] | None = step.work(job)
        except (DetectionStopped, ReadingStopped):
            outcomes = None
        except Exception as error:  # noqa: BLE001 - the boundary of a step: whatever it was is logged and settled
            _log.exception("step %s failed", lane.name)
            outcomes = dict.fromkeys(job.steps, failure_of(error, UNEXPECTED))
        finally:
            connections.close_all()  # those of this thread, which ends here
        self._answers.put((lane, outcomes))

    def _wait_for_an_answer(self) -> None:
        """Until one lane answers or is given up, or somebody cancels; heartbeats go on meanwhile."""
        while not self._cancelled.is_set():
            self._beat()
            try:
                lane, outcomes = self._answers.get(timeout=_TICK_S)
            except queue.Empty:
                # A thread that hangs inside a library notices nothing: the run goes on, or ends, without it.
                late = [lane for lane in self._lanes if time.monotonic() > lane.deadline + self._grace_s]
                if not late:
                    continue
                lane, outcomes = late[0], None
            if lane in self._lanes:  # else it was given up before
                self._lanes.remove(lane)
                self._settle(lane, outcomes)
                return

    def _beat(self) -> None:
        now = time.monotonic()
        for lane in self._lanes:
            if now - lane.last_beat >= claims.HEARTBEAT_EVERY_S:
                lane.last_beat = now
                for name, attempt in lane.attempts.items():
                    if not claims.beat(lane.ids[name], attempt, self._progress.fraction(name)):
                        lane.given_up.set()

    def _settle(self, lane: _Lane, outcomes: Mapping[str, Outcome] | None) -> None:
        for name, attempt in lane.attempts.items():
            outcome = outcomes.get(name) if outcomes is not None else self._why_stopped(lane)
            step_id = lane.ids[name]
            if outcome is None or (isinstance(outcome, Failure) and outcome.code in WAITING):
                if isinstance(outcome, Failure):
                    self._storage_trouble = StorageTrouble(outcome.code, str(outcome.details["reason"]))
                self._log_if(claims.release(step_id, attempt), name, "cancelled", outcome.code if outcome else None)
            elif isinstance(outcome, Done):
                self._log_if(claims.complete(step_id, attempt, outcome.facts), name, "completed")
            else:
                self._settle_failure(name, step_id, attempt, outcome)

    def _why_stopped(self, lane: _Lane) -> Failure | None:
        return Failure(TIME_LIMIT, retry=False) if time.monotonic() > lane.deadline else None

    def _settle_failure(self, name: str, step_id: int, attempt: int, failure: Failure) -> None:
        failures = StepRun.objects.values_list("failures", flat=True).get(pk=step_id)
        again = failure.retry and failures + 1 < self._steps[name].tries
        settled = claims.fail(step_id, attempt, code=failure.code, details=failure.details, try_again=again)
        self._log_if(settled, name, "retrying" if again else "failed", failure.code)

    def _log_if(self, settled: bool, name: str, status: str, error: str | None = None) -> None:
        """A claim that was lost meanwhile is another worker's to report."""
        if settled:
            log_step(self._run.video_id, name, status, error)

    def _finish(self, rows: Mapping[str, StepRun]) -> RunStatus:
        completed = rows[list(self._steps)[-1]].status == StepStatus.COMPLETED
        status = RunStatus.COMPLETED if completed else RunStatus.FAILED
        self._settle_run(self._run, status)
        return status

    def _stop(self) -> None:
        """Give the threads a moment to notice, then hand every claimed step back."""
        self._halted.set()
        until = time.monotonic() + self._grace_s
        while self._lanes and (left := until - time.monotonic()) > 0:
            try:
                lane, outcomes = self._answers.get(timeout=left)
            except queue.Empty:
                break
            if lane in self._lanes:
                self._lanes.remove(lane)
                self._settle(lane, outcomes)
        for lane in self._lanes:
            self._settle(lane, None)


def _settled_step(row: StepRun) -> SettledStep | None:
    if row.started_at is None or row.finished_at is None:
        return None
    if row.status == StepStatus.COMPLETED:
        return SettledStep(row.facts, None, row.started_at, row.finished_at)
    if row.status == StepStatus.FAILED:
        return SettledStep({}, row.error, row.started_at, row.finished_at)
    return None


def ready_lanes(steps: Mapping[str, Step], rows: Mapping[str, StepRun]) -> list[list[Step]]:
    """Pending steps whose predecessors are settled, those of one lane together.

    A lane with a running step is not ready: what joins a shared reading halfway would miss its beginning.
    """

    def out_of_the_way(name: str) -> bool:
        goes_on = steps[name].when_failed is not WhenFailed.FAIL_RUN
        return rows[name].status == StepStatus.COMPLETED or (rows[name].status == StepStatus.FAILED and goes_on)

    busy = {steps[name].lane for name, row in rows.items() if row.status == StepStatus.RUNNING}
    lanes: dict[str, list[Step]] = {}
    for name, step in steps.items():
        if rows[name].status == StepStatus.PENDING and step.lane not in busy and all(map(out_of_the_way, step.after)):
            lanes.setdefault(step.lane, []).append(step)
    return list(lanes.values())
