"""Times on pages are those of the place that the browser names."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from billing.minutes import grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client: Client) -> User:
    user = User.objects.create_user("anna")
    client.force_login(user)
    with time_machine.travel("2026-03-01T22:30:00Z", tick=False):
        grant(user, 60, None, "")
    return user


@pytest.mark.parametrize(
    ("cookie", "shown"),
    [
        ("Europe/Moscow", "02.03.2026 01:30"),
        ("Asia%2FVladivostok", "02.03.2026 08:30"),
        ("", "01.03.2026 22:30"),
        ("../../etc/passwd", "01.03.2026 22:30"),
        ("Europe", "01.03.2026 22:30"),
        ("x" * 3000, "01.03.2026 22:30"),
    ],
)
def test_pages_show_local_time(client: Client, anna: User, cookie: str, shown: str) -> None:
    client.cookies["timezone"] = cookie

    assert shown in client.get("/account/minutes/").text


def test_the_api_speaks_one_time(client: Client, anna: User) -> None:
    client.cookies["timezone"] = "Europe/Moscow"

    assert "2026-03-01T22:30:00Z" in client.get("/api/v1/me/ledger").text
