"""How many requests, how they ended, how long they took; counted by this process and read by ``/metrics``."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import CollectorRegistry, Counter, Histogram

LATENCY_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

REGISTRY = CollectorRegistry()

SHARED_BETWEEN_PROCESSES = "PROMETHEUS_MULTIPROC_DIR"
"""prometheus_client's own variable: with it several web processes count in files of one folder."""

_requests = Counter(
    "compliance_http_requests", "Requests by route, method and status", ("view", "method", "status"), registry=REGISTRY
)
_latency = Histogram(
    "compliance_http_request_duration_seconds",
    "Time until the answer began, by route",
    ("view", "method"),
    buckets=LATENCY_BUCKETS_S,
    registry=REGISTRY,
)


class RequestMetrics:
    """Middleware. Labels come from the table of routes and of methods, so their number is bounded."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started_s = time.perf_counter()
        response = self._get_response(request)
        match = request.resolver_match
        view = match.view_name if match else "none"
        method = request.method if request.method in METHODS else "other"
        _requests.labels(view, method, str(response.status_code)).inc()
        _latency.labels(view, method).observe(time.perf_counter() - started_s)
        return response
