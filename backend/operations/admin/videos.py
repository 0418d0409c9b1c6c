"""Videos: where each stands."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from operations.support_page import SupportPage
from videos.models import Video


@admin.register(Video)
class Videos(SupportPage):
    list_display = ("name", "project", "owner_of", "status", "size_bytes", "tone", "created_at", "deleted_at")
    list_filter = ("status", "tone", "created_at", ("deleted_at", admin.EmptyFieldListFilter))
    list_select_related = ("project__owner",)
    search_fields = ("name", "sha256", "project__owner__email", "id")
    fields = (
        *("id", "name", "project", "owner_of", "status", "size_bytes", "duration_s", "sha256"),
        *("uploaded_by", "created_at", "deleted_at", "tone", "findings_count", "action_count"),
    )

    @admin.display(description=_("owner"))
    def owner_of(self, row: Video) -> User | None:
        return row.project.owner if row.project else None
