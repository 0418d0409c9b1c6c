"""Bringing a video in without JavaScript: one file by a plain form, through the same verbs as the parts of a script."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from pipeline.starting import start_run
from storage.registry import open_storage
from videos.access import changeable_projects
from videos.models import Project, Video
from videos.upload_messages import upload_sentence
from videos.uploading import UploadRefused, abort_upload, begin_upload, finish_upload, plan_of, store_part
from web.ids import uuid_or_none
from web.people import PersonRequest

FORM_BYTES_MAX = 200 * 1024**2
"""A form cannot go on after a break, and its request must end in time; what is larger needs the page with a script."""
FORM_OVERHEAD_BYTES = 64 * 1024
PROJECTS_SHOWN = 500


@csrf_exempt  # the token lies in the body, which is read once its length is known to be right: _upload asks for it
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def upload(request: PersonRequest) -> HttpResponse:
    if request.method == "POST":
        if _announced_bytes(request) > FORM_BYTES_MAX + FORM_OVERHEAD_BYTES:
            sentence = _("Without JavaScript a file may have up to %(limit)s. Allow JavaScript for larger ones.")
            return _page(request, sentence % {"limit": filesizeformat(FORM_BYTES_MAX)}, 413)
        request.upload_handlers = [TemporaryFileUploadHandler(request)]  # to the disk, whatever the size
    response: HttpResponse = _upload(request)
    return response


@csrf_protect
def _upload(request: PersonRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    project = get_object_or_404(changeable_projects(request.user), pk=uuid_or_none(request.POST.get("project", "")))
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return _page(request, _("Choose a video file."), 422)
    try:
        video = _take(project, request, file)
    except UploadRefused as error:
        return _page(request, upload_sentence(error), 422)
    start_run(video, request.user, "en" if get_language() == "en" else "ru")
    return redirect("video", video.pk)


def _take(project: Project, request: PersonRequest, file: UploadedFile) -> Video:
    begun = begin_upload(project, request.user, name=file.name or "", size_bytes=file.size or 0)
    plan = plan_of(begun)
    try:
        for number in range(1, plan.count + 1):
            store_part(begun, number, file.file, plan.length(number))
        return finish_upload(begun)
    except UploadRefused:
        abort_upload(begun)
        raise


def _announced_bytes(request: PersonRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else 0


def _page(request: PersonRequest, problem: str = "", status: int = 200) -> HttpResponse:
    mine = changeable_projects(request.user)
    chosen = uuid_or_none(request.GET.get("project", ""))
    context = {
        "problem": problem,
        "upload_projects": mine[:PROJECTS_SHOWN],
        "chosen": chosen,
        "limit": filesizeformat(FORM_BYTES_MAX),
        "takes_forms": not open_storage().is_remote,
    }
    return render(request, "web/upload.html", context, status=status)
