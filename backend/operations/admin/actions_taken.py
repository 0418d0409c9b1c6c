"""What support staff did here."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext_lazy as _

from operations.support_page import SupportPage


@admin.register(LogEntry)
class ActionsTaken(SupportPage):
    list_display = ("action_time", "user", "content_type", "object_repr", "what")
    list_filter = ("action_time", "content_type")
    list_select_related = ("user", "content_type")
    search_fields = ("object_repr", "object_id", "user__email")
    fields = ("action_time", "user", "content_type", "object_repr", "what")

    @admin.display(description=_("what was done"))
    def what(self, entry: LogEntry) -> str:
        return entry.get_change_message()
