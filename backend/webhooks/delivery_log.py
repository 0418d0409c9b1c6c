"""Reading what was sent."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from webhooks.endpoints import endpoints_of
from webhooks.models import Delivery


def deliveries_visible_to(person: User) -> QuerySet[Delivery]:
    return Delivery.objects.filter(endpoint__in=endpoints_of(person))
