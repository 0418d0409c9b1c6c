"""Runs with their steps: what failed, how often, for how long."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from operations.support_page import SupportPage, SupportRows
from pipeline.cancelling import cancel_run
from pipeline.models import PipelineRun, StepRun


class Steps(SupportRows):
    """Steps of one run, in the order of the table of steps."""

    model = StepRun
    fields = ("name", "status", "took", "attempt", "failures", "error", "heartbeat_at")
    readonly_fields = ("took",)
    ordering = ("id",)

    @admin.display(description=_("took"))
    def took(self, step: StepRun) -> str:
        if step.started_at is None or step.finished_at is None:
            return "—"
        return f"{(step.finished_at - step.started_at).total_seconds():.1f} s"


@admin.register(PipelineRun)
class Runs(SupportPage):
    list_display = ("created_at", "video", "number", "owner_of", "status", "error", "finished_at")
    list_filter = ("status", "error", "created_at")
    list_select_related = ("video__project__owner",)
    search_fields = ("id", "video__name", "video__project__owner__email")
    fields = (
        *("id", "video", "number", "owner_of", "started_by", "status", "error", "error_details"),
        *("packs", "language", "settings_version", "created_at", "cancel_requested_at", "finished_at"),
    )
    inlines = (Steps,)
    actions = ("cancel",)

    @admin.display(description=_("owner"))
    def owner_of(self, row: PipelineRun) -> User | None:
        return row.video.project.owner if row.video.project else None

    @admin.action(description=_("Cancel: the owner gets the minutes back"), permissions=["act"])
    def cancel(self, request: HttpRequest, runs: QuerySet[PipelineRun]) -> None:
        cancelled = [run for run in runs if cancel_run(run)]
        for run in cancelled:
            self.note(request, run, "Cancelled")
        self.message_user(request, _("Cancelled: %(count)d. The others were over.") % {"count": len(cancelled)})
