"""How often one person, or one address of strangers, may ask."""

from __future__ import annotations

from rest_framework.throttling import UserRateThrottle


class PersonThrottle(UserRateThrottle):
    scope = "person"
