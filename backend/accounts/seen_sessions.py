"""Notes beside each session when and from where it was last used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.client_address import client_address
from accounts.models.session import IP_ADDRESS, SEEN_AT, SIGNED_IN_AT, USER_AGENT

SEEN_EVERY = timedelta(minutes=5)
"""So that reading pages writes no row each time."""


class SeenSessionMiddleware:
    """After the answer is made, so that the one to signing in is noted too, whichever form it came through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.session.session_key and SESSION_KEY in request.session:
            self._note(request)
        return response

    def _note(self, request: HttpRequest) -> None:
        session, now = request.session, timezone.now()
        if SEEN_AT in session and now - datetime.fromisoformat(session[SEEN_AT]) < SEEN_EVERY:
            return
        session.setdefault(SIGNED_IN_AT, now.isoformat())
        session[SEEN_AT] = now.isoformat()
        session[IP_ADDRESS] = client_address(request)
        session[USER_AGENT] = request.headers.get("User-Agent", "")[:300]
