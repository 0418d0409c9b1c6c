"""The list of projects, and making a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.predicates import is_administrator, sees_everything
from videos.access import visible_projects
from videos.models import Project, Video
from videos.projects import ProjectNameInvalid, create_project
from web.people import PersonRequest

SHOWN_MAX = 500


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """``newest_at`` is ``None`` as long as there is no video."""

    project: Project
    videos_count: int
    newest_at: datetime | None


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def projects(request: PersonRequest) -> HttpResponse:
    """Anybody may have projects of their own, whatever else they are here for."""
    problem, name = "", ""
    if request.method == "POST":
        name = request.POST.get("name", "")
        try:
            project = create_project(request.user, name)
        except ProjectNameInvalid as error:
            problem = error.sentence
        else:
            messages.success(
                request, _("Project “%(name)s” is ready: upload the first video.") % {"name": project.name}
            )
            return redirect("project", project.pk)
    context = {
        "projects": _with_videos(visible_projects(request.user).select_related("owner")[:SHOWN_MAX]),
        "name": name,
        "problem": problem,
        "shows_owners": sees_everything(request.user),
        "changes_all": is_administrator(request.user),
    }
    return render(request, "web/projects.html", context, status=422 if problem else 200)


def _with_videos(projects: Sequence[Project]) -> list[ProjectRow]:
    """Counted apart from the projects: grouped by the key alone, the videos' index answers."""
    videos = Video.objects.filter(deleted_at=None, project__in=[project.pk for project in projects])
    counted = videos.order_by().values("project").annotate(count=Count("pk"), newest=Max("created_at"))
    known = {row["project"]: (row["count"], row["newest"]) for row in counted}
    return [ProjectRow(project, *known.get(project.pk, (0, None))) for project in projects]
