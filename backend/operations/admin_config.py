"""Puts our site in the place of Django's own: whatever registers itself with ``admin.site`` meets it."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class SupportAdminConfig(AdminConfig):
    """Stands in INSTALLED_APPS instead of ``django.contrib.admin``."""

    default_site = "operations.support_site.SupportSite"
