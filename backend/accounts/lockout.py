"""How long somebody who typed too many wrong passwords still waits."""

from __future__ import annotations

import math
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.db.models import Max
from django.http import HttpRequest
from django.utils import timezone

from accounts.authentication import lockout_name
from accounts.client_address import client_address


def seconds_locked_out(request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
    """At least 1: who asks is locked out."""
    attempts = AccessAttempt.objects.filter(
        username=lockout_name(request, credentials), ip_address=client_address(request)
    )
    last = attempts.aggregate(last=Max("attempt_time"))["last"]
    cool_off = get_cool_off(request)
    if last is None or cool_off is None:
        return 1
    return max(1, math.ceil((last + cool_off - timezone.now()).total_seconds()))
