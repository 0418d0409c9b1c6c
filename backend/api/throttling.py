"""How often one person, or one address of strangers, may ask."""

from __future__ import annotations

from rest_framework.throttling import AnonRateThrottle, UserRateThrottle


class PersonThrottle(UserRateThrottle):
    """Counts people only; strangers are counted by ``StrangerThrottle``."""

    scope = "person"

    def get_cache_key(self, request, view):  # type: ignore[no-untyped-def]
        return super().get_cache_key(request, view) if request.user and request.user.is_authenticated else None


class StrangerThrottle(AnonRateThrottle):
    scope = "anonymous"
