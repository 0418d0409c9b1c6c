"""The two doors to a report: people who may see its video, and whoever has a share link.

Every view behind them gets an ``OpenedReport`` and cannot tell the doors apart except by asking it. Both doors have the
same addresses below their own base, so pages link relative to themselves.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language

from accounts.models import User
from reports.document import Language
from reports.models import Report, ShareLink
from reports.sharing import LinkRefused, Refusal, find_link
from videos.access import changeable_videos, visible_videos


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """``link`` is set for whoever came by a share link. ``may_share`` is for the owner and administrators."""

    report: Report
    link: ShareLink | None
    may_share: bool

    @property
    def shows_video(self) -> bool:
        return self.link is None or self.link.with_video


ReportView = Callable[..., HttpResponseBase]


def for_members(view: ReportView) -> Callable[..., HttpResponseBase]:
    """The view behind ``/reports/<report_id>/``: 404 for what the person may not see."""

    @wraps(view)
    def open_door(request: HttpRequest, report_id: uuid.UUID, **rest: Any) -> HttpResponseBase:
        report = (
            Report.objects.select_related("video__project")
            .filter(pk=report_id, video__in=visible_videos(request.user))
            .first()
        )
        if report is None:
            raise Http404
        may_share = changeable_videos(cast(User, request.user)).filter(pk=report.video_id).exists()
        return view(request, OpenedReport(report, None, may_share), **rest)

    return cast(Callable[..., HttpResponseBase], login_required(open_door))


def for_link_holders(view: ReportView) -> Callable[..., HttpResponseBase]:
    """The view behind ``/r/<token>/``: found by nobody else, remembered by no cache, told to no other site."""

    @wraps(view)
    def open_door(request: HttpRequest, token: str, **rest: Any) -> HttpResponseBase:
        try:
            link = find_link(token)
        except LinkRefused as refused:
            response: HttpResponseBase = refused_page(request, refused.refusal)
        else:
            response = view(request, OpenedReport(link.report, link, may_share=False), **rest)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
        patch_cache_control(response, private=True)
        return response

    return open_door


def refused_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """404 for what never was a link, 410 for what was one: a calm page either way, and nothing about the report."""
    status = 404 if refusal is Refusal.UNKNOWN else 410
    return render(request, "web/report/refused.html", {"refusal": refusal.value}, status=status)


def report_language() -> Language:
    """The language of the report's words: that of the page."""
    return "en" if (get_language() or "").startswith("en") else "ru"
