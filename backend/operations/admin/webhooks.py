"""Webhooks of customers; their signing secrets stay with them."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from operations.support_page import SupportPage
from webhooks.models import Endpoint


@admin.register(Endpoint)
class Webhooks(SupportPage):
    list_display = ("host", "project", "events", "active", "created_by", "created_at", "deleted_at")
    list_filter = ("active", "created_at", ("deleted_at", admin.EmptyFieldListFilter))
    list_select_related = ("project", "created_by")
    search_fields = ("id", "url", "project__name", "created_by__email")
    fields = ("id", *list_display)

    @admin.display(description=_("host"))
    def host(self, endpoint: Endpoint) -> str:
        return str(endpoint)
