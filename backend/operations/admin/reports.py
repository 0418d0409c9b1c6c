"""Reports in numbers; what they say is read on their own pages."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from operations.support_page import SupportPage
from reports.models import Report


@admin.register(Report)
class Reports(SupportPage):
    list_display = ("created_at", "video", "owner_of", "stage", "tone", "complete", "findings_count", "action_count")
    list_filter = ("stage", "tone", "complete", "created_at")
    list_select_related = ("video__project__owner",)
    search_fields = ("id", "run_id", "video__name", "video__project__owner__email")
    fields = (
        *("id", "video", "owner_of", "run_id", "number", "stage", "tone", "complete", "duration_s", "width", "height"),
        *("fps", "findings_count", "action_count", "created_at"),
    )

    @admin.display(description=_("owner"))
    def owner_of(self, row: Report) -> User | None:
        return row.video.project.owner if row.video.project else None
