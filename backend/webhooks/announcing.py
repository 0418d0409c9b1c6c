"""Writing down who is to be told. Nothing is sent here, so it belongs into the caller's transaction."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from videos.models import Project
from webhooks.models import Delivery, DeliveryStatus, Endpoint, Event


def announce(event: str, project: Project, subject_id: uuid.UUID, payload: Mapping[str, Any]) -> int:
    """One delivery for each endpoint of the project that wants the event; returns how many there are to be.

    ``payload`` becomes ``data`` of the message: ids, outcomes, links; small. Announcing the same again changes nothing.
    """
    endpoints = Endpoint.objects.filter(project=project, active=True, deleted_at=None)
    wanting = [endpoint for endpoint in endpoints if event in endpoint.events]
    deliveries = [delivery_of(endpoint, event, subject_id, payload) for endpoint in wanting]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    return len(deliveries)


def ping(endpoint: Endpoint) -> Delivery:
    """A message that only tries the way."""
    delivery = delivery_of(endpoint, Event.PING, uuid.uuid4(), {"webhook_id": str(endpoint.pk)})
    delivery.save(force_insert=True)
    return delivery


def replay(delivery: Delivery) -> Delivery:
    """The same message once more, in the log as a delivery of its own."""
    return Delivery.objects.create(
        endpoint=delivery.endpoint,
        event=delivery.event,
        subject_id=delivery.subject_id,
        payload=delivery.payload,
        next_attempt_at=timezone.now(),
        replay_of=delivery,
    )


def delivery_of(endpoint: Endpoint, event: str, subject_id: uuid.UUID, payload: Mapping[str, Any]) -> Delivery:
    now = timezone.now()
    return Delivery(
        endpoint=endpoint,
        event=event,
        subject_id=subject_id,
        payload={"type": event, "timestamp": now.isoformat(), "version": 1, "data": dict(payload)},
        status=DeliveryStatus.PENDING,
        next_attempt_at=now,
    )
