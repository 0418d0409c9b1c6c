"""Webhooks of a project: added, switched, tried, given a new secret, removed. A secret is on one answer only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from videos.access import changeable_projects
from videos.models import Project
from web.people import PersonRequest
from web.webhook_form import WebhookForm
from web.webhook_words import SWITCHED_OFF, endpoint_row
from webhooks.announcing import ping
from webhooks.delivery_log import endpoint_states
from webhooks.endpoints import change_endpoint, endpoints_of, remove_endpoint, rotate_secret
from webhooks.models import Delivery, DeliveryStatus, Endpoint


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def project_webhooks(request: PersonRequest, project_id: UUID) -> HttpResponse:
    project = get_object_or_404(changeable_projects(request.user), pk=project_id)
    if request.method != "POST":
        return _page(request, project, WebhookForm())
    form = WebhookForm(request.POST)
    made = form.create(project, request.user) if form.is_valid() else None
    return _page(request, project, WebhookForm() if made else form, made=made)


@never_cache
@login_required
@require_POST
def webhook_secret(request: PersonRequest, webhook_id: UUID) -> HttpResponse:
    endpoint = _endpoint(request, webhook_id)
    return _page(request, endpoint.project, WebhookForm(), rotated=rotate_secret(endpoint))


@login_required
@require_POST
def webhook_switch(request: PersonRequest, webhook_id: UUID) -> HttpResponse:
    """On with ``active=1``, off with anything else."""
    endpoint = _endpoint(request, webhook_id)
    change_endpoint(endpoint, active=request.POST.get("active") == "1")
    text = _("The webhook is on.") if endpoint.active else _("The webhook is off: what happens meanwhile is not sent.")
    messages.success(request, text)
    return redirect("project-webhooks", endpoint.project_id)


@login_required
@require_POST
def webhook_test(request: PersonRequest, webhook_id: UUID) -> HttpResponse:
    endpoint = _endpoint(request, webhook_id)
    if endpoint.active:
        ping(endpoint)
        messages.success(request, _("A test is on its way. How it went is written here."))
    else:
        messages.error(request, SWITCHED_OFF)
    return redirect("webhook", endpoint.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def webhook_delete(request: PersonRequest, webhook_id: UUID) -> HttpResponse:
    """Says what will be lost, and deletes when that is confirmed."""
    endpoint = _endpoint(request, webhook_id)
    if request.method == "POST":
        remove_endpoint(endpoint)
        messages.success(request, _("The webhook is deleted."))
        return redirect("project-webhooks", endpoint.project_id)
    deliveries = Delivery.objects.filter(endpoint=endpoint)
    context = {
        "project": endpoint.project,
        "endpoint": endpoint,
        "deliveries_count": deliveries.count(),
        "waiting_count": deliveries.filter(status=DeliveryStatus.PENDING).count(),
    }
    return render(request, "web/webhooks/delete.html", context)


def _endpoint(request: PersonRequest, webhook_id: UUID) -> Endpoint:
    return get_object_or_404(endpoints_of(request.user).select_related("project"), pk=webhook_id)


def _page(
    request: PersonRequest,
    project: Project,
    form: WebhookForm,
    *,
    made: Endpoint | None = None,
    rotated: Endpoint | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "project": project,
        "form": form,
        "made": made,
        "rotated": rotated,
        "rows": [endpoint_row(state) for state in endpoint_states(request.user, project)],
    }
    return render(request, "web/webhooks/list.html", context, status=422 if form.errors else 200)
