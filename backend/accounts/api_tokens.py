"""Tokens with which programs use the API in a person's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import ApiToken, Scope, User
from accounts.predicates import is_administrator

LONGEST_LIFETIME_DAYS = 365
NAME_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class NewToken:
    """``secret`` is shown once: only its hash is kept."""

    token: ApiToken
    secret: str


def available_scopes(user: User) -> list[Scope]:
    """What tokens of this person may be allowed to do."""
    return [scope for scope in Scope if scope != Scope.ADMIN or is_administrator(user)]


def create_token(
    user: User, name: str, scopes: Sequence[str], lifetime_days: int, made_with: ApiToken | None = None
) -> NewToken:
    """``made_with`` is the token that asks, if one does: what it makes does not outlive it.

    Raises ValidationError with sentences for ``name``, ``scopes`` and ``lifetime_days``.
    """
    name = name.strip()
    problems: dict[str, str] = {}
    if not 0 < len(name) <= NAME_CHARACTERS or not name.isprintable():
        problems["name"] = _("Give the token a name of up to %(count)d characters.") % {"count": NAME_CHARACTERS}
    if not scopes or not set(scopes) <= set(available_scopes(user)):
        problems["scopes"] = _("Choose at least one thing that the token may do.")
    if not 1 <= lifetime_days <= LONGEST_LIFETIME_DAYS:
        problems["lifetime_days"] = _("A token lives from 1 to %(days)d days.") % {"days": LONGEST_LIFETIME_DAYS}
    if problems:
        raise ValidationError(problems)
    chosen = [scope.value for scope in Scope if scope in scopes]
    lifetime = timedelta(days=lifetime_days)
    if made_with is not None and made_with.expiry is not None:
        # A second less, because the clock runs on until the row is written.
        lifetime = min(lifetime, made_with.expiry - timezone.now() - timedelta(seconds=1))
    token, secret = ApiToken.objects.create(user, expiry=lifetime, name=name, scopes=chosen)
    return NewToken(token, secret)


def tokens_of(user: User) -> list[ApiToken]:
    """Newest first, expired ones among them until they are revoked or tried."""
    return list(ApiToken.objects.filter(user=user))


def revoke_token(user: User, digest: str) -> bool:
    """It stops working at once. False when the person has no such token (any more)."""
    deleted, _by_model = ApiToken.objects.filter(user=user, digest=digest).delete()
    return deleted > 0
