"""One line per request in the log of requests, and an id that ties all lines of a request together.

The line names the route, never the address: addresses hold the tokens of shared reports and files.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from typing import Any

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import LazyObject
from django_structlog.middlewares import RequestMiddleware

_log = structlog.get_logger("web")


class RequestLog(RequestMiddleware):  # type: ignore[misc]  # django-structlog has no types
    """django-structlog's middleware with lines of our own shape: its own carry whole addresses."""

    def prepare(self, request: HttpRequest) -> None:
        """Bind the id that ``api.request_ids`` has checked or made."""
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.META["HTTP_X_REQUEST_ID"])
        request.META["compliance.started_s"] = time.monotonic()

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Mapping[str, Any]) -> None:
        """What is logged from here on names the project, video, run or report that the address is about."""
        structlog.contextvars.bind_contextvars(
            **{name: str(value) for name, value in kwargs.items() if isinstance(value, uuid.UUID)}
        )

    def handle_response(self, request: HttpRequest, response: HttpResponseBase) -> None:
        """Write the line."""
        match = request.resolver_match
        _log.info(
            "request",
            method=request.method,
            route=match.view_name if match else None,
            status=response.status_code,
            duration_ms=round((time.monotonic() - request.META["compliance.started_s"]) * 1000, 1),
            user_id=_known_user_id(request),
        )
        structlog.contextvars.clear_contextvars()

    def _process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Nothing: Django logs the traceback itself, and our context gives it the id."""


def _known_user_id(request: HttpRequest) -> int | None:
    """Whose request it was, when answering it needed to know: logging asks the database nothing."""
    user = getattr(request, "user", None)
    if isinstance(user, LazyObject):
        user = getattr(request, "_cached_user", None)
    return getattr(user, "pk", None)
