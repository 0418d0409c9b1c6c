"""Every change of a balance, as it was written."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from billing.models import LedgerEntry
from operations.support_page import SupportPage


@admin.register(LedgerEntry)
class Ledger(SupportPage):
    list_display = ("created_at", "owner", "kind", "seconds", "change", "video_name", "note", "granted_by")
    list_filter = ("kind", "created_at")
    list_select_related = ("owner", "granted_by")
    search_fields = ("owner__email", "video_name", "note", "run_id")
    fields = ("created_at", "owner", "kind", "seconds", "change", "run_id", "video_name", "note", "granted_by")

    @admin.display(description=_("change of seconds left"), ordering="available_change_s")
    def change(self, entry: LedgerEntry) -> str:
        return f"{entry.available_change_s:+d}"
