"""What was sent to a webhook, and sending it again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from videos.keyset import CursorMalformed
from web.people import PersonRequest
from web.webhook_words import SWITCHED_OFF, delivery_row, event_titles
from webhooks.announcing import replay
from webhooks.delivery_log import deliveries_visible_to, page_of_deliveries
from webhooks.endpoints import endpoints_of


@require_safe
@login_required
def webhook(request: PersonRequest, webhook_id: UUID) -> HttpResponse:
    """The log of deliveries, newest first."""
    endpoint = get_object_or_404(endpoints_of(request.user).select_related("project"), pk=webhook_id)
    after = request.GET.get("after", "")
    try:
        page = page_of_deliveries(endpoint, after)
    except CursorMalformed:
        return redirect("webhook", endpoint.pk)
    context = {
        "project": endpoint.project,
        "endpoint": endpoint,
        "events": event_titles(endpoint),
        "rows": [delivery_row(delivery) for delivery in page.deliveries],
        "next_cursor": page.next_cursor,
        "is_first_page": not after,
    }
    return render(request, "web/webhooks/log.html", context)


@require_POST
@login_required
def webhook_replay(request: PersonRequest, delivery_id: UUID) -> HttpResponse:
    visible = deliveries_visible_to(request.user).select_related("endpoint")
    delivery = get_object_or_404(visible, pk=delivery_id)
    if delivery.endpoint.active:
        replay(delivery)
        messages.success(request, _("The message is sent once more. How it went is written here."))
    else:
        messages.error(request, SWITCHED_OFF)
    return redirect("webhook", delivery.endpoint_id)
