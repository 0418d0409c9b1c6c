"""Accounts through the pages alike on SQLite and PostgreSQL, whose columns for addresses differ."""

from __future__ import annotations

import re

from django.test import Client

from accounts.models import Session, User

EMAIL, PASSWORD = "anna@example.com", "семь-зелёных-яблок"


def test_signing_up_in_and_out(each_database: str) -> None:
    here = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/133.0"}, REMOTE_ADDR="2001:db8::7")
    assert here.post("/sign-up/", {"email": EMAIL, "password": PASSWORD}).status_code == 302
    there = Client(REMOTE_ADDR="")
    assert there.post("/sign-in/", {"username": EMAIL.upper(), "password": PASSWORD}).status_code == 302

    page = here.get("/account/sessions/").text
    assert "Firefox, Linux" in page
    assert "2001:db8::7" in page
    [end] = re.findall(r'action="(/account/sessions/[0-9a-f]+/end/)"', page)
    assert here.post(end).status_code == 302
    assert there.get("/account/").status_code == 302
    assert here.post("/sign-out/").status_code == 302
    assert not Session.objects.filter(user=User.objects.get()).exists()


def test_lockout_without_a_known_address(each_database: str) -> None:
    User.objects.create_user("anna", EMAIL, PASSWORD)
    client = Client(REMOTE_ADDR="")

    answers = [client.post("/sign-in/", {"username": "anna", "password": "wrong"}) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    assert 0 < int(client.post("/sign-in/", {"username": EMAIL, "password": PASSWORD})["Retry-After"]) <= 900
