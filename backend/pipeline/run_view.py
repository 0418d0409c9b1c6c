"""One run as people and programs follow it: everything in at most three queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language

from pipeline.failure_sentences import failure_sentence
from pipeline.failures import WAITING
from pipeline.models import PipelineRun, RunStatus, StepRun, StepStatus
from pipeline.preview import RunPreview, preview_from_json
from pipeline.step_names import VALIDATE
from pipeline.web_table import EFFORTS, WEB_PIPELINE
from reports import wording


@dataclass(frozen=True, slots=True)
class StepView:
    """``seconds`` is how long it has worked so far (``None``: not begun); ``error`` a sentence or empty."""

    name: str
    title: str
    status: StepStatus
    fraction: float
    seconds: float | None
    error: str


@dataclass(frozen=True, slots=True)
class PreliminaryFindingView:
    """In the reader's language."""

    start_s: float
    end_s: float
    title: str
    category: str
    group: str
    severity: str
    pack: str
    quote: str
    action_needed: bool


@dataclass(frozen=True, slots=True)
class RunView:
    """``fraction`` 0..1 of the whole work, weighed by effort. ``queue_position`` counts from 1 while the run waits.

    ``is_cancelling``: somebody asked to stop and the worker has not yet. ``is_paused``: it waits for disk or storage.
    ``error`` is a sentence (why it failed, or why it waits) and ``error_code`` its stable code; both may be empty.
    """

    run_id: UUID
    number: int
    status: RunStatus
    is_over: bool
    is_cancelling: bool
    is_paused: bool
    steps: tuple[StepView, ...]
    fraction: float
    eta_s: float | None
    elapsed_s: float | None
    frames_looked_at: int
    findings: tuple[PreliminaryFindingView, ...]
    findings_total: int
    error: str
    error_code: str
    queue_position: int | None

    @property
    def running(self) -> tuple[StepView, ...]:
        return tuple(step for step in self.steps if step.status == StepStatus.RUNNING)

    @property
    def percent(self) -> int:
        """Whole percent; 100 only when the run is completed."""
        return 100 if self.status == RunStatus.COMPLETED else min(99, int(self.fraction * 100))


def view_of_run(run: PipelineRun) -> RunView:
    """The run as its row says; titles and sentences are in the active language. Two queries: steps, queue."""
    now = timezone.now()
    rows = {row.name: row for row in run.steps.all()}
    steps = tuple(_step(rows[name], now) for name in _in_order(rows))
    status = RunStatus(run.status)
    preview = preview_from_json(run.preview)
    return RunView(
        run_id=run.pk,
        number=run.number,
        status=status,
        is_over=status not in (RunStatus.QUEUED, RunStatus.RUNNING),
        is_cancelling=status == RunStatus.RUNNING and run.cancel_requested_at is not None,
        is_paused=status == RunStatus.QUEUED and run.error in WAITING,
        steps=steps,
        fraction=1.0 if status == RunStatus.COMPLETED else _fraction(steps),
        eta_s=preview.eta_at(now) if preview is not None and status == RunStatus.RUNNING else None,
        elapsed_s=_elapsed_s(rows.values(), run.finished_at or now),
        frames_looked_at=preview.frames_looked_at if preview is not None else 0,
        findings=_findings(preview),
        findings_total=preview.findings_total if preview is not None else 0,
        error=failure_sentence(run.error, run.error_details, _failed_step(rows)) if run.error else "",
        error_code=run.error,
        queue_position=_queue_position(run) if status == RunStatus.QUEUED else None,
    )


def _in_order(rows: dict[str, StepRun]) -> list[str]:
    """The order of the table; what an older version of the product did comes last."""
    known = [step.name for step in WEB_PIPELINE if step.name in rows]
    return [*known, *(name for name in rows if name not in known)]


def _step(row: StepRun, now: datetime) -> StepView:
    status = StepStatus(row.status)
    over = status in (StepStatus.COMPLETED, StepStatus.FAILED)
    ends = row.finished_at if over else now
    worked = None if row.started_at is None or ends is None else (ends - row.started_at).total_seconds()
    return StepView(
        name=row.name,
        title=wording.step_title(row.name),
        status=status,
        fraction=1.0 if over else row.progress,
        seconds=None if worked is None or status == StepStatus.PENDING else max(0.0, round(worked, 1)),
        error=failure_sentence(row.error, row.error_details, row.name) if status == StepStatus.FAILED else "",
    )


def _fraction(steps: Sequence[StepView]) -> float:
    whole = sum(EFFORTS.get(step.name, 0.0) for step in steps)
    done = sum(EFFORTS.get(step.name, 0.0) * step.fraction for step in steps)
    return done / whole if whole else 0.0


def _elapsed_s(rows: Iterable[StepRun], until: datetime) -> float | None:
    started = [row.started_at for row in rows if row.started_at is not None]
    return round((until - min(started)).total_seconds(), 1) if started else None


def _failed_step(rows: dict[str, StepRun]) -> str:
    failed = [row.name for row in rows.values() if row.status == StepStatus.FAILED]
    return failed[0] if failed else VALIDATE


def _findings(preview: RunPreview | None) -> tuple[PreliminaryFindingView, ...]:
    language = get_language() or "ru"
    return tuple(
        PreliminaryFindingView(
            start_s=found.start_s,
            end_s=found.end_s,
            title=found.title.in_language(language),
            category=found.category.value,
            group=found.category.group,
            severity=found.severity.value,
            pack=found.pack,
            quote=found.quote,
            action_needed=found.action_needed,
        )
        for found in (preview.findings if preview is not None else ())
    )


def _queue_position(run: PipelineRun) -> int:
    return PipelineRun.objects.filter(status=RunStatus.QUEUED, created_at__lt=run.created_at).count() + 1
