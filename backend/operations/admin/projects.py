"""Projects: whose, and whether their owner deleted them."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from operations.support_page import SupportPage, SupportRows
from videos.models import Project, ProjectSettings


class SettingsVersions(SupportRows):
    """How the project was judged when."""

    model = ProjectSettings
    fields = ("number", "packs", "thresholds", "created_by", "created_at")
    ordering = ("-number",)
    verbose_name_plural = _("versions of the settings")


@admin.register(Project)
class Projects(SupportPage):
    list_display = ("name", "owner", "created_at", "deleted_at")
    list_filter = ("created_at", ("deleted_at", admin.EmptyFieldListFilter))
    list_select_related = ("owner",)
    search_fields = ("name", "owner__email", "id")
    fields = ("id", "name", "owner", "created_at", "deleted_at")
    inlines = (SettingsVersions,)
