"""Everybody who may knock: people who are signed in, and programs with a token of theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import Permission
from django.utils import timezone

from accounts.models import ApiToken, Role, Scope, User

PEOPLE = ("anonymous", "stranger", "owner", "operator", "senior", "auditor", "administrator")
"""Columns of the table. The owner and the stranger are clients."""


@dataclass(frozen=True)
class Caller:
    """``counts_as`` is the person whose rights apply; ``secret`` is the token that is sent instead of signing in."""

    name: str
    counts_as: str
    user: User | None = None
    secret: str | None = None
    scopes: frozenset[str] = frozenset()


def make_people() -> dict[str, User]:
    people = {
        "stranger": _person("stranger", Role.CLIENT),
        "owner": _person("owner", Role.CLIENT),
        "operator": _person("operator", Role.OPERATOR),
        "senior": _person("senior", Role.OPERATOR),
        "auditor": _person("auditor", Role.OPERATOR),
        "administrator": _person("administrator", Role.ADMINISTRATOR),
        "inactive": _person("inactive", Role.ADMINISTRATOR),
    }
    people["senior"].user_permissions.add(Permission.objects.get(codename="supervise_review"))
    people["auditor"].user_permissions.add(Permission.objects.get(codename="read_audit"))
    return people


def callers(people: dict[str, User]) -> Iterator[Caller]:
    """Every column of the table, and beside them those who count as somebody in it."""
    yield Caller("anonymous", "anonymous")
    for name in PEOPLE[1:]:
        yield Caller(name, name, people[name])
    yield Caller("a person whose account was closed", "anonymous", people["inactive"])
    for scope in (Scope.READ, Scope.UPLOAD, Scope.MANAGE):
        yield _program(people, "owner", scope)
    yield _program(people, "stranger", Scope.READ, Scope.UPLOAD, Scope.MANAGE)
    yield _program(people, "administrator", Scope.ADMIN)
    yield _program(people, "administrator", Scope.READ, Scope.UPLOAD, Scope.MANAGE)
    yield _program(people, "inactive", *Scope, counts_as="anonymous")
    expired = _program(people, "administrator", *Scope, counts_as="anonymous", name="an expired token")
    ApiToken.objects.filter(name=expired.name).update(expiry=timezone.now() - timedelta(seconds=1))
    yield expired
    yield Caller("a token that nobody made", "anonymous", secret="aica_" + "0" * 64)


def _person(name: str, role: Role) -> User:
    return User.objects.create(username=name, email=f"{name}@example.org", role=role, is_staff=name == "administrator")


def _program(
    people: dict[str, User], whose: str, *scopes: Scope, counts_as: str | None = None, name: str | None = None
) -> Caller:
    name = name or f"a token of the {whose} for {', '.join(scopes)}"
    values = [scope.value for scope in scopes]
    _token, secret = ApiToken.objects.create(people[whose], expiry=timedelta(days=1), name=name, scopes=values)
    return Caller(name, counts_as or whose, secret=secret, scopes=frozenset(values))
