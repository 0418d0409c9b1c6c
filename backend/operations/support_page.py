"""What every page of the admin site has in common: it reads, in bounded steps, and acts only through verbs."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from accounts.models import User
from accounts.predicates import is_administrator
from operations.support_columns import TITLES, titled

COUNTED_ROWS = 10_000
"""A list is counted up to here: counting a table of millions would take longer than showing a page of it."""


class BoundedPaginator(Paginator):  # type: ignore[type-arg]
    """``count`` is right up to ``COUNTED_ROWS``; what lies beyond is found by searching and filtering."""

    @cached_property
    def count(self) -> int:
        rows = self.object_list
        return rows.order_by()[:COUNTED_ROWS].count() if isinstance(rows, QuerySet) else len(rows)


class SupportPage(admin.ModelAdmin):  # type: ignore[type-arg]
    """Pages of one model. An action that changes something says ``permissions=["act"]``."""

    paginator = BoundedPaginator
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    empty_value_display = "—"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_act_permission(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and is_administrator(request.user)

    def note(self, request: HttpRequest, row: Model, what: str) -> None:
        """Write down who did what to which row."""
        self.log_change(request, row, what)

    def get_list_display(self, request: HttpRequest) -> Any:
        return titled(self.model, super().get_list_display(request))

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return titled(self.model, super().get_fields(request, obj))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        title = {"title": self.opts.verbose_name_plural}  # Django's own asks to choose, in the wrong case of the noun
        return super().changelist_view(request, title | (extra_context or {}))

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        rows = super().get_changelist_instance(request)
        for filtering in rows.filter_specs:
            filtering.title = TITLES.get(getattr(filtering, "field_path", ""), filtering.title)
        return rows


class SupportRows(admin.TabularInline):  # type: ignore[type-arg]
    """Rows of another model on the page of one; whoever sees the page sees them."""

    can_delete = False
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return titled(self.model, super().get_fields(request, obj))

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return self.get_fields(request, obj)
