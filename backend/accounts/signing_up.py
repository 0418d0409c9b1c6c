"""Opening an account. Whoever signs up is a client: neither role, staff status nor balance can be asked for."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User

EMAIL_CHARACTERS = 150
"""An address is the user name too, and those are no longer."""


class EmailTaken(Exception):
    """Somebody has an account with this address already."""


def sign_up(email: str, password: str, language: str) -> User:
    """A new client who signs in with this address.

    Raises EmailTaken, and ValidationError with sentences for ``email`` and ``password``.
    """
    address = email.strip().lower()
    user = User(username=address, email=address, language=language)
    problems = {"email": _email_problems(address), "password": _password_problems(password, user)}
    if any(problems.values()):
        raise ValidationError({field: found for field, found in problems.items() if found})
    if User.objects.filter(Q(email__iexact=address) | Q(username__iexact=address)).exists():
        raise EmailTaken(address)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save(force_insert=True)
    except IntegrityError:
        raise EmailTaken(address) from None
    return user


def _email_problems(address: str) -> list[str]:
    if len(address) > EMAIL_CHARACTERS:
        return [
            ngettext(
                "The address is longer than %(count)d character. Use a shorter one.",
                "The address is longer than %(count)d characters. Use a shorter one.",
                EMAIL_CHARACTERS,
            )
            % {"count": EMAIL_CHARACTERS}
        ]
    try:
        validate_email(address)
    except ValidationError:
        return [_("This is not an e-mail address. Write it like name@example.com.")]
    return []


def _password_problems(password: str, user: User) -> list[str]:
    try:
        validate_password(password, user)
    except ValidationError as refusal:
        return refusal.messages
    return []
