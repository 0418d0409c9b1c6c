"""People whose checks are counted and never refused."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.predicates import is_administrator
from billing.balances import create_balance
from billing.models import Balance


def set_unlimited(owner: User, unlimited: bool, by: User) -> None:
    """Counts for runs that start from now on; what is set aside already is settled as it was.

    Raises PermissionDenied unless ``by`` is an administrator.
    """
    if not is_administrator(by):
        raise PermissionDenied
    create_balance(owner)
    Balance.objects.filter(owner=owner).update(unlimited=unlimited)
