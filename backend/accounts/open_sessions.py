"""The browsers in which a person is signed in, and how to sign them out.

A session's key is the cookie that lets its holder in, so it never leaves: a session is named by a digest of its key.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from accounts.browser_names import browser_in_words
from accounts.models import Session, User


@dataclass(frozen=True, slots=True)
class OpenSession:
    """``id`` names it for ``end_session``; ``seen_at`` is exact to some minutes."""

    id: str
    browser: str
    ip_address: str | None
    signed_in_at: datetime
    seen_at: datetime
    current: bool


def open_sessions(user: User, current_key: str | None = None) -> list[OpenSession]:
    """The current one first, then the one seen last."""
    found = [
        OpenSession(
            id=_session_id(session.session_key),
            browser=browser_in_words(session.user_agent),
            ip_address=session.ip_address,
            signed_in_at=session.created_at,
            seen_at=session.seen_at or session.created_at,
            current=session.session_key == current_key,
        )
        for session in _unexpired(user)
    ]
    return sorted(found, key=lambda session: (session.current, session.seen_at), reverse=True)


def end_session(user: User, session_id: str) -> bool:
    """Sign one browser out. False when the person has no such session (any more)."""
    keys = [session.session_key for session in _unexpired(user) if _session_id(session.session_key) == session_id]
    deleted, _by_model = Session.objects.filter(user=user, session_key__in=keys).delete()
    return deleted > 0


def end_other_sessions(user: User, current_key: str | None) -> int:
    """Sign out everywhere except the session of this key; how many that were."""
    deleted, _by_model = Session.objects.filter(user=user).exclude(session_key=current_key or "").delete()
    return deleted


def _unexpired(user: User) -> QuerySet[Session]:
    return Session.objects.filter(user=user, expire_date__gt=timezone.now())


def _session_id(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()[:32]
