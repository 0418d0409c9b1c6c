"""Uploads: how far they came, and why they stopped."""

from __future__ import annotations

from django.contrib import admin

from operations.support_page import SupportPage
from videos.models import Upload


@admin.register(Upload)
class Uploads(SupportPage):
    list_display = ("created_at", "name", "created_by", "source", "status", "received_bytes", "size_bytes", "error")
    list_filter = ("status", "source", "created_at")
    list_select_related = ("created_by",)
    search_fields = ("id", "name", "created_by__email")
    fields = (
        *("id", "project", "created_by", "source", "status", "name", "size_bytes", "received_bytes"),
        *("part_size_bytes", "sha256", "video", "error", "error_details", "created_at", "touched_at"),
    )
