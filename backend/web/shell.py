"""What every page shows around its content."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from accounts.predicates import is_administrator
from billing.balances import balance_of
from reports.wording import duration
from web.appearance import theme_of

SECTIONS = {"videos": "videos", "reports": "videos", "projects": "projects", "webhooks": "projects"}
"""First part of an address → the entry of the navigation that it belongs to."""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: theme, section of the navigation, whether to offer the administration, minutes left."""
    return {
        "theme": theme_of(request),
        "section": SECTIONS.get(request.path.split("/")[1]),
        "administers": isinstance(request.user, User) and is_administrator(request.user),
        "minutes_left": SimpleLazyObject(lambda: _minutes_left(request)),
    }


def _minutes_left(request: HttpRequest) -> str:
    """Empty for strangers and for those who are never refused. Asked for by pages, not by their fragments."""
    if not isinstance(request.user, User):
        return ""
    balance = balance_of(request.user)
    return "" if balance.unlimited else duration(balance.available_s)
