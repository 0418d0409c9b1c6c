"""The library of videos."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.models import User
from pipeline.starting import CheckUnderWay, start_run
from pipeline.withdrawing import withdraw_video
from reports.wording import severity_title
from videos.access import changeable_projects, changeable_videos, visible_projects, visible_videos
from videos.keyset import CursorMalformed
from videos.library import GRAVITY, find_videos, page_of_videos
from videos.models import Project, Video, VideoStatus
from videos.removing import restore_video
from web.addresses import fetched_now
from web.ids import uuid_or_none, uuids_in
from web.library_query import read_library_query
from web.library_rows import rows_of
from web.next_address import next_address
from web.people import PersonRequest
from web.undoing import say_undoable
from web.upload_words import upload_settings

AT_ONCE_MAX = 200
"""Videos that one click may change."""


@require_safe
@login_required
@vary_on_headers("HX-Request")
def library(request: PersonRequest) -> HttpResponse:
    return library_page(request, request.user)


def library_page(request: HttpRequest, person: User, project: Project | None = None) -> HttpResponse:
    """The library of one project, or of all that the person may see; a fragment of it when the page asks for one."""
    query = read_library_query(request, person, project)
    try:
        page = page_of_videos(find_videos(person, query), query.order, request.GET.get("after", ""))
    except CursorMalformed:
        return redirect(request.path)
    mine = changeable_projects(person)
    uploads_into = list(mine.filter(pk=project.pk) if project else mine[:AT_ONCE_MAX])
    context: dict[str, Any] = {
        "query": query,
        "project": project,
        "rows": rows_of(page.videos, person),
        "next_cursor": page.next_cursor,
        "is_first_page": not request.GET.get("after"),
        "takes_uploads": bool(uploads_into),
        "upload_projects": uploads_into,
    }
    match request.headers.get("HX-Target"):
        case "videos":
            return render(request, "web/_library_results.html", context)
        case "more":
            return render(request, "web/_library_rows.html", context)
    return render(request, "web/library.html", context | _choices(person, project, bool(uploads_into)))


def _choices(person: User, project: Project | None, takes_uploads: bool) -> dict[str, Any]:
    intake: dict[str, Any] = {}
    if takes_uploads:
        intake = {
            "upload_settings": upload_settings(person, project),
            "accepted": _accepted(),
            **fetched_now(person, project),
        }
    projects = [] if project else list(visible_projects(person)[:AT_ONCE_MAX])
    return {
        **intake,
        "statuses": VideoStatus.choices,
        "tones": [(tone, severity_title(tone)) for tone in GRAVITY if tone not in ("gap", "clear")],
        "projects": projects,
        "has_projects": project is not None or bool(projects),
    }


def _accepted() -> str:
    """For ``<input accept>``."""
    return ",".join(("video/*", *(f".{extension}" for extension in settings.ALLOWED_VIDEO_FORMATS)))


@require_safe
@login_required
def library_rows(request: PersonRequest) -> HttpResponse:
    """The rows of the videos named ``id``, as they are now: the page asks again while something is at work.

    A project's page names its ``project``: its rows do not repeat whose they are.
    """
    person = request.user
    videos = visible_videos(person).filter(pk__in=uuids_in(request.GET.getlist("id")[:AT_ONCE_MAX]))
    context = {
        "rows": rows_of(videos.select_related("project", "uploaded_by"), person),
        "project": visible_projects(person).filter(pk=uuid_or_none(request.GET.get("project", ""))).first(),
        "out_of_band": True,
    }
    return render(request, "web/_library_rows_now.html", context)


@require_POST
@login_required
def library_bulk(request: PersonRequest) -> HttpResponse:
    """Delete the chosen videos, or check them again."""
    person = request.user
    chosen = changeable_videos(person).filter(pk__in=uuids_in(request.POST.getlist("id")[:AT_ONCE_MAX]))
    if request.POST.get("action") == "delete":
        _delete(request, person, list(chosen))
    else:
        _check(request, person, list(chosen))
    return HttpResponseRedirect(next_address(request, reverse("library")))


@require_POST
@login_required
def library_restore(request: PersonRequest) -> HttpResponse:
    """Take back the deletion of the videos named ``id`` in the address."""
    mine = Video.objects.filter(project__in=changeable_projects(request.user))
    restored = list(mine.filter(pk__in=uuids_in(request.GET.getlist("id")[:AT_ONCE_MAX])).exclude(deleted_at=None))
    for video in restored:
        restore_video(video)
    if restored:
        sentence = ngettext("%(count)d video is back.", "%(count)d videos are back.", len(restored))
        messages.success(request, sentence % {"count": len(restored)})
    return redirect("library")


def _delete(request: HttpRequest, person: User, videos: list[Video]) -> None:
    for video in videos:
        withdraw_video(video, person)
    if videos:
        sentence = ngettext("%(count)d video deleted.", "%(count)d videos deleted.", len(videos))
        say_undoable(request, sentence % {"count": len(videos)}, restoring_address(videos))


def restoring_address(videos: list[Video]) -> str:
    return f"{reverse('library-restore')}?{urlencode([('id', video.pk) for video in videos])}"


def _check(request: HttpRequest, person: User, videos: list[Video]) -> None:
    started = 0
    for video in videos:
        try:
            start_run(video, person, "en" if get_language() == "en" else "ru")
        except CheckUnderWay:
            continue
        started += 1
    if started:
        sentence = ngettext("%(count)d video is in line.", "%(count)d videos are in line.", started)
        messages.success(request, sentence % {"count": started})
    if under_way := len(videos) - started:
        sentence = ngettext(
            "%(count)d video is being checked already.", "%(count)d videos are being checked already.", under_way
        )
        messages.info(request, sentence % {"count": under_way})
