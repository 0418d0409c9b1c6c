"""What every page shows around its content."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.models import User
from accounts.predicates import is_administrator
from web.appearance import theme_of

SECTIONS = {"videos": "videos", "reports": "videos", "projects": "projects"}
"""First part of an address → the entry of the navigation that it belongs to."""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: theme, section of the navigation, whether to offer the administration."""
    return {
        "theme": theme_of(request),
        "section": SECTIONS.get(request.path.split("/")[1]),
        "administers": isinstance(request.user, User) and is_administrator(request.user),
    }
