"""One project: its videos, its name, deleting and restoring it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.predicates import is_administrator
from pipeline.models import PipelineRun
from pipeline.withdrawing import UNFINISHED, withdraw_project
from reports.models import Report
from videos.access import changeable_projects, visible_projects, visible_videos
from videos.models import Project
from videos.projects import ProjectNameInvalid, rename_project, restore_project
from web.library import library_page
from web.people import PersonRequest
from web.undoing import say_undoable


@require_safe
@login_required
@vary_on_headers("HX-Request")
def project(request: PersonRequest, project_id: UUID) -> HttpResponse:
    return library_page(request, request.user, get_object_or_404(visible_projects(request.user), pk=project_id))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def project_rename(request: PersonRequest, project_id: UUID) -> HttpResponse:
    project = get_object_or_404(changeable_projects(request.user), pk=project_id)
    problem, name = "", project.name
    if request.method == "POST":
        name = request.POST.get("name", "")
        try:
            rename_project(project, name)
        except ProjectNameInvalid as error:
            problem = error.sentence
        else:
            messages.success(request, _("The project is now called “%(name)s”.") % {"name": project.name})
            return redirect("project", project.pk)
    context = {"project": project, "name": name, "problem": problem}
    return render(request, "web/project_rename.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def project_delete(request: PersonRequest, project_id: UUID) -> HttpResponse:
    """Says what will be gone, and deletes when that is confirmed."""
    project = get_object_or_404(changeable_projects(request.user), pk=project_id)
    if request.method == "POST":
        withdraw_project(project)
        sentence = _("Project “%(name)s” deleted.") % {"name": project.name}
        say_undoable(request, sentence, reverse("project-restore", args=(project.pk,)))
        return redirect("projects")
    videos = visible_videos(request.user).filter(project=project)
    context = {
        "project": project,
        "videos_count": videos.count(),
        "reports_count": Report.objects.filter(video__in=videos).count(),
        "running_count": PipelineRun.objects.filter(video__in=videos, status__in=UNFINISHED).count(),
    }
    return render(request, "web/project_delete.html", context)


@require_POST
@login_required
def project_restore(request: PersonRequest, project_id: UUID) -> HttpResponse:
    deleted = Project.objects.exclude(deleted_at=None)
    mine = deleted if is_administrator(request.user) else deleted.filter(owner=request.user)
    project = get_object_or_404(mine, pk=project_id)
    restore_project(project)
    messages.success(request, _("Project “%(name)s” is back.") % {"name": project.name})
    return redirect("project", project.pk)
