"""Giving people their role."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import Role, User
from accounts.predicates import is_administrator


class LastAdministrator(Exception):
    """Without this person nobody could administer the product any more."""


def set_role(user: User, role: Role, by: User, *, support_staff: bool = False) -> None:
    """``support_staff`` lets somebody who is no administrator into the admin site; it grants nothing there by itself.

    Raises PermissionDenied unless ``by`` is an administrator, LastAdministrator.
    """
    with transaction.atomic():
        _lock_administrators(by)
        if role != Role.ADMINISTRATOR:
            _ensure_another_administrator(user)
        user.role = role
        user.is_staff = support_staff or role == Role.ADMINISTRATOR
        user.is_superuser = role == Role.ADMINISTRATOR
        user.save(update_fields=["role", "is_staff", "is_superuser"])


def set_active(user: User, active: bool, by: User) -> None:
    """Close an account or open it again: who is not active can neither sign in nor use a token or an open session.

    Raises PermissionDenied unless ``by`` is an administrator, LastAdministrator.
    """
    with transaction.atomic():
        _lock_administrators(by)
        if not active:
            _ensure_another_administrator(user)
        user.is_active = active
        user.save(update_fields=["is_active"])


def _lock_administrators(by: User) -> None:
    """Two administrators who demote each other at once come one after the other; the later one has lost the right."""
    administrators = list(
        User.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk")
    )
    if not any(one.pk == by.pk and is_administrator(one) for one in administrators):
        raise PermissionDenied


def _ensure_another_administrator(user: User) -> None:
    if not User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=user.pk).exists():
        raise LastAdministrator
