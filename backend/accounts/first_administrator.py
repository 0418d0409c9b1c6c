"""The person who administers a new installation."""

from __future__ import annotations

import secrets

from django.db import transaction

from accounts.models import Role, User

USERNAME = "admin"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike: the password is read from a terminal."""


def has_administrator() -> bool:
    return User.objects.filter(role=Role.ADMINISTRATOR).exists()


@transaction.atomic
def create_first_administrator(language: str) -> tuple[User, str]:
    """The administrator and a password of 79 bits that must be changed at the first sign-in.

    Raises ``ValueError`` when there is an administrator already, ``IntegrityError`` when somebody has the name.
    """
    if has_administrator():
        raise ValueError("there is an administrator already")
    password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    user = User.objects.create_user(
        USERNAME,
        password=password,
        role=Role.ADMINISTRATOR,
        is_staff=True,
        is_superuser=True,
        language=language,
        must_change_password=True,
    )
    return user, password
