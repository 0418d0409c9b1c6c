"""Whether the process answers at all, and whether it can do its work."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from operations.readiness import checks


@require_safe
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked, so a slow database does not restart the server."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """A line per check, and 503 when one fails: a balancer then sends people elsewhere."""
    answers = list(checks())
    passed = all(answer.passed for answer in answers)
    return JsonResponse(
        {
            "status": "ok" if passed else "failing",
            "checks": {answer.name: {"ok": answer.passed, "detail": answer.detail} for answer in answers},
        },
        status=200 if passed else 503,
    )
