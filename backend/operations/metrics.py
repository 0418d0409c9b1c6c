"""``/metrics`` for Prometheus."""

from __future__ import annotations

import hmac
import ipaddress
import os

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from operations.product_metrics import ProductMetrics
from operations.request_metrics import REGISTRY, SHARED_BETWEEN_PROCESSES

_FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded", "X-Real-Ip")


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For whoever knows ``METRICS_TOKEN``; when none is set, for this machine alone. Others learn nothing (404)."""
    if not _may_read(request):
        return HttpResponse(status=404, content_type="text/plain")
    text = generate_latest(_counted_by_processes()) + generate_latest(_asked_from_database())
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        expected = f"Bearer {settings.METRICS_TOKEN}".encode()
        return hmac.compare_digest(request.headers.get("Authorization", "").encode(), expected)
    # A proxy on this machine speaks for others: with its headers an address proves nothing.
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _counted_by_processes() -> CollectorRegistry:
    if SHARED_BETWEEN_PROCESSES not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry


def _asked_from_database() -> CollectorRegistry:
    registry = CollectorRegistry()
    registry.register(ProductMetrics())
    return registry
