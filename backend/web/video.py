"""One video: what it is, the check under way, and the history of checks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_POST, require_safe

from accounts.models import User
from pipeline.cancelling import cancel_run
from pipeline.failures import REJECTED
from pipeline.models import PipelineRun, RunStatus
from pipeline.run_view import RunView, view_of_run
from pipeline.starting import CheckUnderWay, start_run
from pipeline.withdrawing import UNFINISHED, withdraw_video
from reports.models import Report
from videos.access import changeable_videos, visible_videos
from videos.models import Video
from web.library import restoring_address
from web.library_rows import poster_urls
from web.people import PersonRequest
from web.undoing import say_undoable

HISTORY_SHOWN = 50


@require_safe
@login_required
def video(request: PersonRequest, video_id: UUID) -> HttpResponse:
    found = get_object_or_404(visible_videos(request.user).select_related("project", "uploaded_by"), pk=video_id)
    poster = poster_urls([found.pk]).get(found.pk, "")
    return render(request, "web/video.html", {"poster_url": poster, **_what_changes(found, request.user)})


@require_safe
@login_required
@cache_control(private=True, no_cache=True)
@conditional_page
def video_progress(request: PersonRequest, video_id: UUID) -> HttpResponse:
    """The changing part of the page; unchanged, it is answered with 304. It holds no token, which would differ."""
    found = get_object_or_404(visible_videos(request.user).select_related("project"), pk=video_id)
    return render(request, "web/_video_progress.html", _what_changes(found, request.user))


@require_POST
@login_required
def video_check(request: PersonRequest, video_id: UUID) -> HttpResponse:
    found = get_object_or_404(changeable_videos(request.user), pk=video_id)
    try:
        start_run(found, request.user, "en" if get_language() == "en" else "ru")
    except CheckUnderWay:
        messages.info(request, _("The video is being checked already."))
    return redirect("video", found.pk)


@require_POST
@login_required
def video_cancel(request: PersonRequest, video_id: UUID) -> HttpResponse:
    found = get_object_or_404(changeable_videos(request.user), pk=video_id)
    run = found.runs.filter(status__in=UNFINISHED).select_related("video").first()
    if run is None or not cancel_run(run):
        messages.info(request, _("There is nothing to stop: the check is over."))
    return redirect("video", found.pk)


@require_POST
@login_required
def video_delete(request: PersonRequest, video_id: UUID) -> HttpResponse:
    found = get_object_or_404(changeable_videos(request.user), pk=video_id)
    withdraw_video(found, request.user)
    say_undoable(request, _("“%(name)s” deleted.") % {"name": found.name}, restoring_address([found]))
    return redirect("project", found.project_id)


def _what_changes(video: Video, person: User) -> dict[str, Any]:
    """Everything of the page that a check at work may change."""
    runs = list(
        PipelineRun.objects.filter(video=video)
        .select_related("settings_version", "started_by")
        .prefetch_related("steps")
        .order_by("-number")[:HISTORY_SHOWN]
    )
    reports = {report.run_id: report for report in Report.objects.filter(video=video).order_by("number")}
    newest = view_of_run(runs[0]) if runs else None
    return {
        "video": video,
        "run": newest,
        "file_refused": newest is not None and newest.error_code == REJECTED,
        "report": reports.get(runs[0].pk) if runs else None,
        "history": [(run, reports.get(run.pk), _why(run, newest)) for run in runs],
        "may_change": changeable_videos(person).filter(pk=video.pk).exists(),
    }


def _why(run: PipelineRun, newest: RunView | None) -> str:
    """The failure of a run as a sentence; the newest one has its own place on the page."""
    if run.status != RunStatus.FAILED or (newest is not None and run.pk == newest.run_id):
        return ""
    return view_of_run(run).error
