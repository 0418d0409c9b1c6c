"""Who signs up is a client, once per address."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Role, User
from accounts.signing_up import EmailTaken, sign_up

pytestmark = pytest.mark.django_db
PASSWORD = "семь-зелёных-яблок"


def test_a_new_person_is_a_client_who_signs_in_by_address() -> None:
    user = sign_up(" Anna@Example.COM ", PASSWORD, "en")

    assert (user.email, user.username, user.language) == ("anna@example.com", "anna@example.com", "en")
    assert (user.role, user.is_staff, user.is_superuser) == (Role.CLIENT, False, False)
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize("again", ["anna@example.com", "ANNA@example.com", "anna@EXAMPLE.com "])
def test_an_address_is_taken_in_any_letter_case(again: str) -> None:
    sign_up("anna@example.com", PASSWORD, "ru")

    with pytest.raises(EmailTaken):
        sign_up(again, PASSWORD, "ru")


def test_an_address_that_is_somebodys_user_name_is_taken() -> None:
    User.objects.create_user("anna@example.com", "other@example.com")

    with pytest.raises(EmailTaken):
        sign_up("anna@example.com", PASSWORD, "ru")


@pytest.mark.parametrize(
    ("email", "password", "field"),
    [
        ("anna", PASSWORD, "email"),
        ("anna@example.com\0", PASSWORD, "email"),
        ("", PASSWORD, "email"),
        ("a" * 60 + "@" + ("b" * 60 + ".") * 2 + "com", PASSWORD, "email"),
        ("anna@example.com", "12345678", "password"),
        ("anna@example.com", "password", "password"),
        ("anna.petrova@example.com", "anna.petrova", "password"),
        ("anna@example.com", "", "password"),
    ],
)
def test_bad_input_is_answered_beside_its_field(email: str, password: str, field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        sign_up(email, password, "ru")

    assert list(refusal.value.message_dict) == [field]
    assert not User.objects.exists()
