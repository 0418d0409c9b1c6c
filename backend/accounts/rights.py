"""Rights that a person has beside the role."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.predicates import is_administrator

SUPERVISES = "supervise_review"
AUDITS = "read_audit"
"""Codenames of ``User.Meta.permissions``."""


def has_right(user: User, codename: str) -> bool:
    """Whether it was given to this person; administrators have every right without."""
    return user.pk is not None and user.user_permissions.filter(codename=codename).exists()


def set_rights(user: User, *, supervises: bool, audits: bool, by: User) -> None:
    """Senior operators supervise the review of others; auditors read everything and change nothing.

    Raises PermissionDenied unless ``by`` is an administrator.
    """
    if not is_administrator(by):
        raise PermissionDenied
    with transaction.atomic():
        for codename, given in ((SUPERVISES, supervises), (AUDITS, audits)):
            right = Permission.objects.get(content_type__app_label="accounts", codename=codename)
            (user.user_permissions.add if given else user.user_permissions.remove)(right)
