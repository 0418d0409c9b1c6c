"""How a run of the site ends: status, minutes and announcement in one transaction, so no kill comes between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from billing.minutes import charge, give_back
from pipeline.mailing import mail_outcome
from pipeline.models import PipelineRun, RunStatus, StepRun, StepStatus
from pipeline.run_claims import claimed_run
from pipeline.settling import set_video_status
from pipeline.step_names import detector_of
from reports.models import Report
from webhooks.announcing import announce
from webhooks.models import Event


def finish_run(
    run: PipelineRun, owner: str, status: RunStatus, *, error: str = "", details: Mapping[str, Any] | None = None
) -> bool:
    """Settle a run that ``owner`` works on; false when it is not theirs any more, and then nothing changes.

    Success charges the minutes that were set aside, anything else gives them back. Cancelling a run whose report is
    there already comes too late: it is a success. Without ``error`` a failed run says what its failed step says.
    """
    if status == RunStatus.FAILED and not error:
        error, details = _why_failed(run)
    with transaction.atomic():
        if not claimed_run(run, owner).update(finished_at=timezone.now()):
            return False  # else the row is held: no report appears from here on
        if status == RunStatus.CANCELLED and Report.objects.filter(run_id=run.pk).exists():
            status = RunStatus.COMPLETED
        PipelineRun.objects.filter(pk=run.pk).update(
            status=status, claimed_by="", error=error, error_details=dict(details or {})
        )
        if status == RunStatus.COMPLETED:
            charge(run.pk)
        else:
            give_back(run.pk)
        set_video_status(run.video, status)
        if run.video.project is not None and status != RunStatus.CANCELLED:
            event = Event.RUN_FINISHED if status == RunStatus.COMPLETED else Event.RUN_FAILED
            announce(event, run.video.project, run.pk, _message(run, status, error))
    run.refresh_from_db(fields=["status", "error", "error_details"])
    mail_outcome(run)
    return True


def _why_failed(run: PipelineRun) -> tuple[str, Mapping[str, Any]]:
    """Of the first failed step that a run cannot do without."""
    for row in StepRun.objects.filter(run=run, status=StepStatus.FAILED).order_by("id"):
        if detector_of(row.name) is None:
            return row.error, row.error_details
    return "", {}


def _message(run: PipelineRun, status: RunStatus, error: str) -> dict[str, Any]:
    """What receivers of a webhook are told: ids and outcomes; the rest they ask for."""
    report = Report.objects.filter(run_id=run.pk).first()
    run.video.refresh_from_db()
    return {
        "run_id": str(run.pk),
        "run_number": run.number,
        "status": status.value,
        "error": error or None,
        "video_id": str(run.video_id),
        "video_name": run.video.name,
        "project_id": str(run.video.project_id),
        "report_id": None if report is None else str(report.pk),
        "findings": None if report is None else report.findings_count,
        "action_needed": None if report is None else report.action_count,
        "verdicts": None
        if report is None
        else [{"pack": verdict["pack"], "outcome": verdict["outcome"]} for verdict in run.video.verdicts],
        "links": {
            "run": reverse("api-run", args=(run.pk,)),
            "report": None if report is None else reverse("api-report", args=(report.pk,)),
        },
    }
