"""The address that a request comes from, past as many proxies as stand in front of the product."""

from __future__ import annotations

import ipaddress

from django.http import HttpRequest
from rest_framework.throttling import BaseThrottle


def client_address(request: HttpRequest) -> str | None:
    """None when the server does not know it. ``REST_FRAMEWORK["NUM_PROXIES"]`` says how many proxies are believed."""
    try:
        return str(ipaddress.ip_address(BaseThrottle().get_ident(request)))  # type: ignore[arg-type]  # reads META only
    except ValueError:
        return None
