"""Pages show times where their reader is: the browser tells its time zone in a cookie (``app.js``)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

TIME_ZONE_COOKIE = "timezone"


class LocalTime:
    """Middleware. Without the cookie, or with one that names no zone, times are in ``TIME_ZONE``; the API always is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = request.COOKIES.get(TIME_ZONE_COOKIE, "").replace("%2F", "/")
        if request.path_info.startswith("/api/") or name not in _zones():
            return self.get_response(request)
        with timezone.override(ZoneInfo(name)):
            return self.get_response(request)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
