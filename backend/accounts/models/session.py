"""Sessions that know whose they are, so that a person can see and end them. This module is ``SESSION_ENGINE``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
IP_ADDRESS = "ip_address"
USER_AGENT = "user_agent"
"""Keys of the session's data that are written beside it too, times in ISO 8601 (see ``accounts.seen_sessions``)."""


class Session(AbstractBaseSession):
    """``user`` is empty before signing in, and ``created_at`` is when that was. ``seen_at`` is exact to some minutes:
    it is not written on every request.

    Each time a session is saved its row is made anew from its data, so nothing is kept here alone.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="sessions"
    )
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    ip_address = models.GenericIPAddressField(null=True, blank=True)
    user_agent = models.CharField(max_length=300, blank=True, default="")

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return SessionStore


class SessionStore(DatabaseSessionStore):
    """Django's database sessions over ``Session``, with the person, address and browser beside each."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        session = super().create_model_instance(data)
        if isinstance(session, Session):
            if SIGNED_IN_AT in data:
                session.created_at = datetime.fromisoformat(data[SIGNED_IN_AT])
            if SEEN_AT in data:
                session.seen_at = datetime.fromisoformat(data[SEEN_AT])
            session.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
            session.ip_address = data.get(IP_ADDRESS)
            session.user_agent = data.get(USER_AGENT, "")[:300]
        return session
