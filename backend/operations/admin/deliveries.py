"""Messages to webhooks: what came of each, and sending one again."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from operations.support_page import SupportPage
from webhooks.announcing import replay
from webhooks.models import Delivery


@admin.register(Delivery)
class Deliveries(SupportPage):
    list_display = (
        *("created_at", "event", "project_of", "status", "attempts", "response_status", "error"),
        *("next_attempt_at", "delivered_at"),
    )
    list_filter = ("status", "event", "created_at")
    list_select_related = ("endpoint__project",)
    search_fields = ("id", "subject_id", "endpoint__project__name")
    fields = ("id", "subject_id", *list_display, "replay_of", "payload")
    actions = ("send_again",)

    @admin.display(description=_("project"))
    def project_of(self, delivery: Delivery) -> str:
        return delivery.endpoint.project.name

    @admin.action(description=_("Send again"), permissions=["act"])
    def send_again(self, request: HttpRequest, deliveries: QuerySet[Delivery]) -> None:
        again = [replay(delivery) for delivery in deliveries]
        for delivery in again:
            self.note(request, delivery, "Sent again")
        self.message_user(request, _("Waiting to be sent: %(count)d") % {"count": len(again)})
