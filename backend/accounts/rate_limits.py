"""How often one address may sign in, sign up or ask for a new password; rates are in ``DEFAULT_THROTTLE_RATES``."""

from __future__ import annotations

import math

from django.http import HttpRequest
from rest_framework.throttling import SimpleRateThrottle


class AddressLimit(SimpleRateThrottle):
    """The framework's counter, keyed by address like its own, so that the site and the API count together."""

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__()

    def get_cache_key(self, request: HttpRequest, view: object) -> str:  # type: ignore[override]  # reads META only
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}  # type: ignore[arg-type]


def seconds_to_wait(scope: str, request: HttpRequest) -> int | None:
    """Count one attempt. None when it is allowed, else after how many seconds the next one is."""
    limit = AddressLimit(scope)
    if limit.allow_request(request, None):  # type: ignore[arg-type]
        return None
    return max(1, math.ceil(limit.wait() or 1))
