"""The list of projects."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from videos.access import visible_projects


@require_safe
@login_required
def projects(request: HttpRequest) -> HttpResponse:
    return render(request, "web/projects.html", {"projects": visible_projects(request.user)})
