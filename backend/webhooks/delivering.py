"""Sending what is due: claimed by compare-and-swap, so that however many workers there are, each attempt is made once.

A claim counts the attempt and moves the next one past the time that sending may take; a process that dies while it
sends has used up one attempt, and another takes the delivery over.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from standardwebhooks import Webhook

from outbound.errors import AddressRefused, RequestFailed
from outbound.guard import Guard
from outbound.requests import post
from reports.product import VERSION
from webhooks.models import Delivery, DeliveryStatus, Endpoint

RETRY_AFTER = tuple(
    timedelta(seconds=seconds) for seconds in (5, 30, 2 * 60, 10 * 60, 60 * 60, 6 * 60 * 60, 24 * 60 * 60)
)
"""Between one attempt and the next; after the last the delivery is given up."""
MOST_ATTEMPTS = len(RETRY_AFTER) + 1
JITTER = 0.2
"""Each wait is up to this share longer, so that a receiver that comes back is not asked by everybody at once."""
TIMEOUT_S = 10.0
CLAIM_LASTS = timedelta(minutes=2)
AT_ONCE = 8
BATCH = 32
GONE = 410
ENDPOINT_OFF = "endpoint-off"


@dataclass(frozen=True)
class Message:
    """All that sending needs, so that no thread asks the database. ``attempt`` counts from 1."""

    delivery: Delivery
    attempt: int
    url: str
    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True)
class Answer:
    """``status`` of HTTP, or ``error``, a stable code, when no answer came."""

    status: int | None
    error: str = ""

    @property
    def accepted(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def deliver_due() -> int:
    """Send what is due, at most ``BATCH`` messages; returns how many were sent. Takes up to some tens of seconds."""
    due = Delivery.objects.filter(status=DeliveryStatus.PENDING, next_attempt_at__lte=timezone.now())
    rows = due.select_related("endpoint__project").order_by("next_attempt_at")[:BATCH]
    messages = [message for row in rows if (message := claim(row)) is not None]
    if not messages:
        return 0
    with ThreadPoolExecutor(max_workers=min(AT_ONCE, len(messages))) as threads:
        answers = list(threads.map(send, messages))
    for message, answer in zip(messages, answers, strict=True):
        settle(message, answer)
    return len(messages)


def claim(delivery: Delivery) -> Message | None:
    """Nothing when another worker was faster, or nobody is to be told any more."""
    now = timezone.now()
    held = Delivery.objects.filter(
        pk=delivery.pk,
        status=DeliveryStatus.PENDING,
        attempts=delivery.attempts,
        next_attempt_at=delivery.next_attempt_at,
    )
    endpoint = delivery.endpoint
    if not endpoint.active or endpoint.deleted_at is not None or endpoint.project.deleted_at is not None:
        held.update(status=DeliveryStatus.FAILED, error=ENDPOINT_OFF)
        return None
    attempt = delivery.attempts + 1
    if attempt > MOST_ATTEMPTS:  # the last one was never settled: whoever made it died
        held.update(status=DeliveryStatus.FAILED)
        return None
    if not held.update(attempts=attempt, next_attempt_at=now + CLAIM_LASTS):
        return None
    body = json.dumps(delivery.payload, ensure_ascii=False, separators=(",", ":"))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"ai-compliance-agent/{VERSION}",
        **signature_headers(str(delivery.pk), now, body, valid_secrets(endpoint, now)),
    }
    return Message(delivery, attempt, endpoint.url, body.encode(), headers)


def valid_secrets(endpoint: Endpoint, now: datetime) -> list[str]:
    until = endpoint.previous_secret_until
    old = [endpoint.previous_secret] if endpoint.previous_secret and until is not None and now < until else []
    return [endpoint.secret, *old]


def signature_headers(message_id: str, moment: datetime, body: str, secrets_: Sequence[str]) -> dict[str, str]:
    """Standard Webhooks: one signature for each secret, parted by spaces."""
    moment = moment.astimezone(UTC)
    signatures = [Webhook(secret).sign(message_id, moment, body) for secret in secrets_]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def send(message: Message) -> Answer:
    try:
        guard = Guard(settings.OUTBOUND_ALLOWED_HOSTS)
        return Answer(post(message.url, message.body, message.headers, TIMEOUT_S, guard=guard))
    except (AddressRefused, RequestFailed) as error:
        return Answer(None, error.code.value)


def settle(message: Message, answer: Answer) -> None:
    """Write down how the attempt ended, unless another worker has taken the delivery over meanwhile."""
    now = timezone.now()
    row = Delivery.objects.filter(pk=message.delivery.pk, attempts=message.attempt, status=DeliveryStatus.PENDING)
    if answer.accepted:
        row.update(status=DeliveryStatus.DELIVERED, response_status=answer.status, error="", delivered_at=now)
        return
    wait = wait_after(message.attempt)
    if answer.status == GONE:
        Endpoint.objects.filter(pk=message.delivery.endpoint_id).update(active=False)
        wait = None
    row.update(
        status=DeliveryStatus.FAILED if wait is None else DeliveryStatus.PENDING,
        response_status=answer.status,
        error=answer.error,
        next_attempt_at=now + (wait or timedelta()),
    )


def wait_after(attempt: int) -> timedelta | None:
    """How long to wait after the attempt of this number; nothing when it was the last."""
    if attempt >= MOST_ATTEMPTS:
        return None
    return RETRY_AFTER[attempt - 1] * (1 + JITTER * secrets.randbelow(1000) / 1000)
