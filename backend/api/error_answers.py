"""Errors that Django itself answers below ``/api/`` (404, CSRF, 500 …) become problem documents too."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts.models import User
from api.problem_types import PROBLEM_TYPES, ProblemType
from api.problems import MEDIA_TYPE, plain_response

KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")


class ErrorAnswers:
    """Middleware, right after the one that chooses the language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_api = request.path_info.startswith("/api/")
        if not is_api or response.status_code < 400 or response.get("Content-Type", "").startswith(MEDIA_TYPE):
            return response
        answer = plain_response(response.status_code, request, _exact_type(response, request))
        for name in KEPT_HEADERS:
            if name in response:
                answer[name] = response[name]
        return answer


def _exact_type(response: HttpResponse, request: HttpRequest) -> ProblemType | None:
    """Whoever must choose a password was stopped before the view, where only a page could be answered."""
    if response.status_code != 403:
        return None
    person = getattr(request, "user", None)  # none when the request was stopped before it was known whose it is
    stopped = isinstance(person, User) and person.must_change_password
    return PROBLEM_TYPES["password-change-needed"] if stopped else None
