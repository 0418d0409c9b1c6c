"""Whether a message really comes from the product (Standard Webhooks)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TOLERANCE_S = 5 * 60


class WebhookInvalid(Exception):
    """The message is not signed with this secret, was changed, or is too old: do not act on it."""


@dataclass(frozen=True, slots=True)
class WebhookMessage:
    """``id`` is the same when a message is repeated: act on each once. ``data`` holds ids, outcomes and links."""

    id: str
    type: str
    timestamp: str
    data: Mapping[str, Any]


def verify_webhook(secret: str, headers: Mapping[str, str], body: bytes, *, now: float | None = None) -> WebhookMessage:
    """The message in ``body``, the raw bytes of the request. Raises ``WebhookInvalid``.

    ``now`` is seconds since 1970, of this moment when left out.
    """
    named = {name.lower(): value for name, value in headers.items()}
    try:
        message_id, moment, signatures = (named[f"webhook-{name}"] for name in ("id", "timestamp", "signature"))
        age_s = abs((time.time() if now is None else now) - int(moment))
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (KeyError, ValueError, binascii.Error) as error:
        raise WebhookInvalid("headers are missing or malformed") from error
    if age_s > TOLERANCE_S:
        raise WebhookInvalid("the message is too old")
    signed = b".".join((message_id.encode(), moment.encode(), body))
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    if not any(hmac.compare_digest(expected.encode(), one.encode()) for one in signatures.split(" ")):
        raise WebhookInvalid("no signature fits")
    message = json.loads(body)
    return WebhookMessage(message_id, message["type"], message["timestamp"], message["data"])
