"""Tokens are named, scoped, expiring, and known only to whoever made them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.api_tokens import LONGEST_LIFETIME_DAYS, create_token, revoke_token, tokens_of
from accounts.models import ApiToken, Role, Scope, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna@example.com")


def test_the_secret_is_not_kept(anna: User) -> None:
    made = create_token(anna, " Монтаж ", ["upload", "read"], 30)

    kept = ApiToken.objects.get()
    assert made.secret.startswith("aica_")
    assert made.secret not in str(ApiToken.objects.values().get())
    assert (kept.name, kept.scopes) == ("Монтаж", ["read", "upload"])
    assert kept.expiry is not None
    assert timedelta(days=29, hours=23) < kept.expiry - timezone.now() <= timedelta(days=30)
    assert tokens_of(anna) == [kept]


def test_only_its_owner_revokes_a_token(anna: User) -> None:
    made = create_token(anna, "a", ["read"], 1)
    boris = User.objects.create_user("boris@example.com")

    assert not revoke_token(boris, made.token.digest)
    assert revoke_token(anna, made.token.digest)
    assert not revoke_token(anna, made.token.digest)
    assert tokens_of(anna) == []


def test_only_administrators_make_tokens_that_administer(anna: User) -> None:
    with pytest.raises(ValidationError) as refusal:
        create_token(anna, "a", [Scope.READ, Scope.ADMIN], 1)
    assert list(refusal.value.message_dict) == ["scopes"]

    anna.role = Role.ADMINISTRATOR
    assert create_token(anna, "a", [Scope.ADMIN], 1).token.scopes == ["admin"]


@pytest.mark.parametrize(
    ("name", "scopes", "lifetime_days", "field"),
    [
        ("", ["read"], 1, "name"),
        ("a" * 101, ["read"], 1, "name"),
        ("a\nb", ["read"], 1, "name"),
        ("a", [], 1, "scopes"),
        ("a", ["everything"], 1, "scopes"),
        ("a", ["read"], 0, "lifetime_days"),
        ("a", ["read"], LONGEST_LIFETIME_DAYS + 1, "lifetime_days"),
    ],
)
def test_bad_input_is_answered_beside_its_field(
    anna: User, name: str, scopes: list[str], lifetime_days: int, field: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        create_token(anna, name, scopes, lifetime_days)

    assert list(refusal.value.message_dict) == [field]
    assert tokens_of(anna) == []
