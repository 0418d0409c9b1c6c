"""One id for every request: taken from the caller when it is harmless, in the log and in the answer."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-Id"
META_KEY = "HTTP_X_REQUEST_ID"
HARMLESS = re.compile(r"[A-Za-z0-9._-]{1,64}")


def request_id_of(request: HttpRequest) -> str:
    return str(request.META.get(META_KEY, ""))


class RequestIds:
    """Middleware, before the one that binds the id to the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not HARMLESS.fullmatch(request_id_of(request)):
            request.META[META_KEY] = str(uuid.uuid4())
        response = self.get_response(request)
        response[HEADER] = request_id_of(request)
        return response
