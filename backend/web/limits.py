"""Pages that one address may send only so often."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.rate_limits import seconds_to_wait
from web.errors import too_many_requests

View = Callable[..., HttpResponse]


def limited(scope: str) -> Callable[[View], View]:
    """Decorator: a POST beyond the rate of this scope is answered with 429. Looking at the form costs nothing."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            wait_s = seconds_to_wait(scope, request) if request.method == "POST" else None
            return view(request, *args, **kwargs) if wait_s is None else too_many_requests(request, wait_s=wait_s)

        return answer

    return decorate
