"""Who signs up is a client, once per address."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.models import Role, User
from accounts.signing_up import EmailTaken, sign_up

PASSWORD = "семь-зелёных-яблок"


@pytest.mark.django_db
def test_a_new_person_is_a_client_who_signs_in_by_address() -> None:
    user = sign_up(" Anna@Example.COM ", PASSWORD, "en")

    assert (user.email, user.username, user.language) == ("anna@example.com", "anna@example.com", "en")
    assert (user.role, user.is_staff, user.is_superuser) == (Role.CLIENT, False, False)
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.django_db
@pytest.mark.parametrize("again", ["anna@example.com", "ANNA@example.com", "anna@EXAMPLE.com "])
def test_an_address_is_taken_in_any_letter_case(again: str) -> None:
    sign_up("anna@example.com", PASSWORD, "ru")

    with pytest.raises(EmailTaken):
        sign_up(again, PASSWORD, "ru")


@pytest.mark.django_db
def test_an_address_that_is_somebodys_user_name_is_taken() -> None:
    User.objects.create_user("anna@example.com", "other@example.com")

    with pytest.raises(EmailTaken):
        sign_up("anna@example.com", PASSWORD, "ru")


@pytest.mark.django_db
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


def test_one_of_many_at_once_gets_the_address(each_database: str) -> None:
    start = threading.Barrier(8)
    answers: list[bool] = []

    def one(email: str) -> None:
        start.wait()
        try:
            sign_up(email, PASSWORD, "ru")
            answers.append(True)
        except EmailTaken:
            answers.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(email,)) for email in ("anna@example.com", "ANNA@example.com") * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [False] * 7 + [True]
    assert User.objects.count() == 1
