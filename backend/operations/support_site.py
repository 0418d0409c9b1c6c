"""Who gets into the admin site, and what of Django's is left out of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.predicates import is_administrator, may_audit
from operations.support_page import SupportPage

SECTIONS = {
    "accounts": _("People"),
    "billing": _("Minutes of video"),
    "videos": _("Videos and uploads"),
    "pipeline": _("Checks"),
    "reports": _("Reports and links"),
    "webhooks": _("Webhooks"),
    "axes": _("Signing in"),
    "admin": _("What was done here"),
}
"""Titles of the applications, in the order of the index."""


class SupportSite(AdminSite):
    """Administrators, auditors and support staff read; administrators act."""

    site_title = _("Support")
    site_header = _("AI Compliance Agent: support")
    index_title = _("What happened, and to whom")
    site_url = "/"
    enable_nav_sidebar = True

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        """Only our own pages: those that libraries bring along let people edit and delete rows behind the verbs."""
        if admin_class is not None and issubclass(admin_class, SupportPage):
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        person = request.user
        if not isinstance(person, User) or not person.is_active:
            return False
        return is_administrator(person) or may_audit(person) or person.is_staff

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        order = list(SECTIONS)
        sections = [
            {**section, "name": SECTIONS[section["app_label"]]} for section in super().get_app_list(request, app_label)
        ]
        return sorted(sections, key=lambda section: order.index(section["app_label"]))

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Everybody signs in on the one page that counts wrong passwords."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", resolve_url("admin:index")), resolve_url("sign-in"))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return HttpResponseRedirect(resolve_url("account"))
