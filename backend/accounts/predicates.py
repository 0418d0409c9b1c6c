"""Who may do what, apart from whose things they are."""

from __future__ import annotations

from accounts.models import Role, User


def is_administrator(person: User) -> bool:
    return person.is_active and person.role == Role.ADMINISTRATOR


def is_operator(person: User) -> bool:
    return person.is_active and person.role == Role.OPERATOR


def may_supervise(person: User) -> bool:
    """Senior operators."""
    return is_administrator(person) or (is_operator(person) and person.has_perm("accounts.supervise_review"))


def may_audit(person: User) -> bool:
    """Auditors read everything and change nothing."""
    return is_administrator(person) or person.has_perm("accounts.read_audit")


def sees_everything(person: User) -> bool:
    """Operators verify everybody's videos."""
    return is_administrator(person) or is_operator(person) or may_audit(person)
