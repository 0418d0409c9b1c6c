"""Whether the process answers at all, and whether it can do its work."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked, so a slow database does not restart the server."""
    return JsonResponse({"status": "ok"})
