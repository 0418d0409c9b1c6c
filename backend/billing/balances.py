"""The one balance that a person has, made when it is first needed."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop

from accounts.models import Role, User
from billing.models import Balance, EntryKind, LedgerEntry

SIGN_UP = gettext_noop("At sign-up")
"""Note of the ledger entry that a client begins with; shown in the reader's language."""


@dataclass(frozen=True, slots=True)
class MinutesLeft:
    """``available_s`` may still be spent; ``reserved_s`` is set aside for runs at work. Seconds of video.

    ``unlimited`` people are counted, never refused.
    """

    available_s: int
    reserved_s: int
    unlimited: bool


def balance_of(user: User) -> MinutesLeft:
    balance = create_balance(user)
    return MinutesLeft(balance.available_s, balance.reserved_s, never_refused(user, balance))


def create_balance(owner: User) -> Balance:
    """The owner's balance; the first call makes it, with ``SIGNUP_MINUTES`` for a client. Safe to race."""
    balance = Balance.objects.filter(owner=owner).first()
    if balance is not None:
        return balance
    gift_s = settings.SIGNUP_MINUTES * 60 if owner.role == Role.CLIENT else 0
    try:
        with transaction.atomic():
            balance = Balance.objects.create(owner=owner, available_s=gift_s)
            if gift_s:
                LedgerEntry.objects.create(
                    owner=owner, kind=EntryKind.GRANT, seconds=gift_s, available_change_s=gift_s, note=SIGN_UP
                )
    except IntegrityError:
        return Balance.objects.get(owner=owner)  # somebody else made it a moment ago
    return balance


def never_refused(owner: User, balance: Balance) -> bool:
    """Operators and administrators work for the house; a client is refused unless the balance says otherwise."""
    return balance.unlimited or owner.role != Role.CLIENT
