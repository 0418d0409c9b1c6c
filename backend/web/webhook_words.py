"""Webhooks and their messages in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outbound.errors import FailureCode, RefusalCode
from webhooks.delivering import ENDPOINT_OFF
from webhooks.delivery_log import EndpointState
from webhooks.models import SUBSCRIBABLE, Delivery, DeliveryStatus, Endpoint, Event

SWITCHED_OFF = _("The webhook is switched off. Switch it on first.")

NO_ANSWER: dict[str, Promise] = {
    FailureCode.UNKNOWN_HOST: _("there is no such host"),
    FailureCode.UNREACHABLE: _("the server does not answer"),
    FailureCode.UNTRUSTED: _("the certificate does not fit"),
    FailureCode.TOO_SLOW: _("no answer within 10 seconds"),
    RefusalCode.NOT_PUBLIC: _("the address leads inside a network"),
    ENDPOINT_OFF: _("the webhook was off"),
}
"""Codes of deliveries; whatever else happened is a bad answer to whoever reads the log."""
BAD_ANSWER = _("the answer was not understood")

TONES = {DeliveryStatus.DELIVERED: "clear", DeliveryStatus.FAILED: "critical", DeliveryStatus.PENDING: "info"}


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """``result`` is how the last attempt ended, empty when there was none or it went well without a word."""

    delivery: Delivery
    event: str | Promise
    tone: str
    result: str | Promise


@dataclass(frozen=True, slots=True)
class EndpointRow:
    endpoint: Endpoint
    events: tuple[str | Promise, ...]
    last: DeliveryRow | None


def endpoint_row(state: EndpointState) -> EndpointRow:
    return EndpointRow(state.endpoint, event_titles(state.endpoint), delivery_row(state.last) if state.last else None)


def delivery_row(delivery: Delivery) -> DeliveryRow:
    result: str | Promise = ""
    if delivery.response_status is not None:
        result = f"HTTP {delivery.response_status}"
    elif delivery.error:
        result = NO_ANSWER.get(delivery.error, BAD_ANSWER)
    return DeliveryRow(delivery, event_title(delivery.event), TONES[DeliveryStatus(delivery.status)], result)


def event_titles(endpoint: Endpoint) -> tuple[str | Promise, ...]:
    """What it is told, in the order of the form."""
    return tuple(event.label for event in SUBSCRIBABLE if event in endpoint.events)


def event_title(event: str) -> str | Promise:
    return Event(event).label if event in Event.values else event
