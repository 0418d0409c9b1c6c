"""Replacing a password: whoever knew the old one is out."""

from __future__ import annotations

from axes.utils import reset as lift_lockout
from django.db import transaction

from accounts.models import User
from accounts.open_sessions import end_other_sessions


def replace_password(user: User, password: str, keep_session: str | None = None) -> None:
    """The new password counts at once, every session except ``keep_session`` (its key) ends, lockouts are lifted.

    The caller has validated the password and who asks.
    """
    with transaction.atomic():
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        end_other_sessions(user, keep_session)
        lift_lockout(username=user.username)
