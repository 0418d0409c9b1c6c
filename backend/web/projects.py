"""The list of projects, and making a new one."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.predicates import is_administrator, sees_everything
from videos.access import visible_projects
from videos.projects import ProjectNameInvalid, create_project
from web.people import PersonRequest

SHOWN_MAX = 500


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
    here = Q(videos__deleted_at=None)
    found = visible_projects(request.user).annotate(
        videos_count=Count("videos", filter=here), newest_at=Max("videos__created_at", filter=here)
    )
    context = {
        "projects": found.select_related("owner")[:SHOWN_MAX],
        "name": name,
        "problem": problem,
        "shows_owners": sees_everything(request.user),
        "changes_all": is_administrator(request.user),
    }
    return render(request, "web/projects.html", context, status=422 if problem else 200)
