"""Videos that the product fetches from an address: naming one, watching it come, giving it up."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_POST, require_safe

from accounts.models import User
from videos.access import changeable_projects, changeable_uploads
from videos.models import Project, Upload, UploadSource, UploadStatus
from videos.upload_messages import failure_sentence, upload_sentence
from videos.uploading import UploadRefused, abort_upload
from videos.url_ingest import begin_ingest
from web.ids import uuid_or_none
from web.people import PersonRequest

SHOWN_MAX = 20
FAILED_SHOWN_FOR = timedelta(days=1)
UNFINISHED = (UploadStatus.OPEN, UploadStatus.FINISHING)


@require_POST
@login_required
def upload_address(request: PersonRequest) -> HttpResponse:
    project = get_object_or_404(changeable_projects(request.user), pk=uuid_or_none(request.POST.get("project", "")))
    try:
        begin_ingest(project, request.user, request.POST.get("url", ""))
    except UploadRefused as error:
        messages.error(request, upload_sentence(error))
    else:
        messages.success(request, _("The address is noted. The video is fetched and then checked."))
    return redirect("project", project.pk)


@require_safe
@login_required
@cache_control(private=True, no_cache=True)
@conditional_page
def upload_addresses(request: PersonRequest) -> HttpResponse:
    """A fragment: what is being fetched, and what could not be."""
    project = changeable_projects(request.user).filter(pk=uuid_or_none(request.GET.get("project", ""))).first()
    return render(request, "web/_addresses.html", fetched_now(request.user, project))


@require_POST
@login_required
def upload_address_end(request: PersonRequest, upload_id: UUID) -> HttpResponse:
    """Stop fetching, or put a failure away."""
    found = get_object_or_404(changeable_uploads(request.user).filter(source=UploadSource.URL), pk=upload_id)
    try:
        abort_upload(found)
    except UploadRefused as error:
        messages.info(request, upload_sentence(error))
    return redirect("project", found.project_id)


def fetched_now(person: User, project: Project | None) -> dict[str, object]:
    """What ``_addresses.html`` needs."""
    mine = changeable_uploads(person).filter(source=UploadSource.URL)
    if project is not None:
        mine = mine.filter(project=project)
    return {
        "fetched": _newest(mine.filter(status__in=UNFINISHED)),
        "not_fetched": [
            (upload, failure_sentence(upload))
            for upload in _newest(
                mine.filter(status=UploadStatus.FAILED, touched_at__gte=timezone.now() - FAILED_SHOWN_FOR)
            )
        ],
    }


def _newest(uploads: QuerySet[Upload]) -> list[Upload]:
    return list(uploads.order_by("-created_at", "id")[:SHOWN_MAX])
