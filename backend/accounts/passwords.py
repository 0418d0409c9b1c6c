"""Replacing a password: whoever knew the old one is signed out everywhere."""

from __future__ import annotations

from axes.utils import reset as lift_lockout
from django.db import transaction

from accounts.models import ApiToken, User
from accounts.open_sessions import end_other_sessions


def replace_password(user: User, password: str, keep_session: str | None = None, *, revoke_tokens: bool) -> None:
    """The new password counts at once, every session except ``keep_session`` (its key) ends, lockouts are lifted.

    ``revoke_tokens`` is for a reset by mail: the account may have been in other hands, which may have made tokens.
    The caller has validated the password and who asks.
    """
    with transaction.atomic():
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        end_other_sessions(user, keep_session)
        if revoke_tokens:
            ApiToken.objects.filter(user=user).delete()
        lift_lockout(username=user.username)
