"""What is forgotten in time: nobody needs it any more, and some of it says who was where."""

from __future__ import annotations

from datetime import timedelta

from axes.models import AccessAttempt, AccessLog
from django.utils import timezone

from accounts.models import ApiToken
from accounts.models.session import SessionStore

SIGN_INS_KEPT = timedelta(days=90)
EXPIRED_TOKENS_KEPT = timedelta(days=30)
"""So that whoever wonders why a program stopped finds the token, marked as expired."""
WRONG_PASSWORDS_KEPT = timedelta(days=1)
"""Longer than any lockout."""


def forget_expired() -> None:
    """Expired sessions and tokens, addresses of old sign-ins and of wrong passwords. Once a day is enough."""
    now = timezone.now()
    SessionStore.clear_expired()
    ApiToken.objects.filter(expiry__lt=now - EXPIRED_TOKENS_KEPT).delete()
    AccessLog.objects.filter(attempt_time__lt=now - SIGN_INS_KEPT).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - WRONG_PASSWORDS_KEPT).delete()
