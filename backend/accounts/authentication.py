"""Signing in by e-mail or by user name."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.http import HttpRequest

from accounts.models import User


class EmailOrUsernameBackend(ModelBackend):
    """An address is the same in any letter case. An unknown name costs as much time as a wrong password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> User | None:
        if not username or password is None:
            return None
        user = find_by_name(username)
        if user is None:
            make_password(password)
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None


def find_by_name(name: str) -> User | None:
    """Whoever signs in by this e-mail or user name."""
    # A user name may look like somebody else's address; the address wins.
    found = list(User.objects.filter(Q(email__iexact=name) | Q(username=name)))
    return next((one for one in found if one.email.casefold() == name.casefold()), next(iter(found), None))


def lockout_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The one name under which wrong passwords are counted, whichever of a person's names, in whatever letter case."""
    name = str((credentials or request.POST).get("username") or "").strip()
    user = find_by_name(name) if name else None
    return user.username if user is not None else name.casefold()[:255]
