"""Reading what was sent."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import User
from videos.keyset import CursorMalformed, cursor_at, past, read_cursor
from videos.models import Project
from webhooks.endpoints import endpoints_of
from webhooks.models import Delivery, Endpoint

PAGE_SIZE = 50
ORDER = ("-created_at", "id")


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """``next_cursor`` is empty on the last page."""

    deliveries: tuple[Delivery, ...]
    next_cursor: str


@dataclass(frozen=True, slots=True)
class EndpointState:
    """An endpoint and the newest message to it, if there was one."""

    endpoint: Endpoint
    last: Delivery | None


def deliveries_visible_to(person: User) -> QuerySet[Delivery]:
    return Delivery.objects.filter(endpoint__in=endpoints_of(person))


def endpoint_states(person: User, project: Project) -> list[EndpointState]:
    """Of one project, newest endpoint first. Two queries."""
    newest = Delivery.objects.filter(endpoint=OuterRef("pk")).order_by(*ORDER).values("pk")[:1]
    endpoints = list(endpoints_of(person).filter(project=project).annotate(last_id=Subquery(newest)))
    last = Delivery.objects.in_bulk([endpoint.last_id for endpoint in endpoints if endpoint.last_id])
    return [EndpointState(endpoint, last.get(endpoint.last_id)) for endpoint in endpoints]


def page_of_deliveries(endpoint: Endpoint, cursor: str = "", size: int = PAGE_SIZE) -> DeliveryPage:
    """Newest first. Raises ``CursorMalformed`` for what is no cursor of this log."""
    deliveries = Delivery.objects.filter(endpoint=endpoint).defer("payload").order_by(*ORDER)
    if cursor:
        begins = read_cursor(cursor, deliveries, ORDER)
        if begins.backwards:
            raise CursorMalformed
        deliveries = deliveries.filter(past(ORDER, begins.values))
    found = list(deliveries[: size + 1])
    more = cursor_at(found[size - 1], ORDER).encoded() if len(found) > size else ""
    return DeliveryPage(tuple(found[:size]), more)
