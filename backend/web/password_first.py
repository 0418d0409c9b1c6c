"""Whoever has a password that somebody else has seen chooses a new one before anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from web.errors import forbidden

OPEN = frozenset({"account-password", "sign-out", "set-language", "set-theme", "healthz", "readyz", "metrics"})


class PasswordFirstMiddleware:
    """After authentication by session; API tokens can only be made once the password is one's own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not request.session.session_key:
            return None
        if not (isinstance(request.user, User) and request.user.must_change_password):
            return None
        match = request.resolver_match
        if match is not None and match.url_name in OPEN:
            return None
        # Programs cannot follow to a form.
        return forbidden(request) if request.path_info.startswith("/api/") else redirect("account-password")
