"""Account, tokens, sessions, minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

import time_machine
from accounts_for_tests import client_of
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import ApiToken, User
from billing.minutes import grant

ME = "/api/v1/me"


def test_the_account(client: APIClient, anna: User) -> None:
    assert client.get(ME).json()["email"] == "anna@example.org"
    changed = client.patch(ME, {"first_name": "Анна", "theme": "dark"}).json()
    assert (changed["first_name"], changed["theme"], changed["role"]) == ("Анна", "dark", "CLIENT")


def test_a_token_is_shown_once_and_works_until_it_is_revoked(client: APIClient) -> None:
    made = client.post(f"{ME}/tokens", {"name": "Editing room", "scopes": ["read"], "lifetime_days": 7})
    assert made.status_code == 201
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {made.json()['secret']}")
    assert program.get(ME).status_code == 200
    listed = client.get(f"{ME}/tokens").json()
    assert "secret" not in listed[0]
    assert {token["name"] for token in listed} == {"tests", "Editing room"}

    assert client.delete(f"{ME}/tokens/{made.json()['id']}").status_code == 204

    assert program.get(ME).status_code == 401
    assert client.delete(f"{ME}/tokens/{made.json()['id']}").status_code == 404


def test_what_a_token_makes_does_not_outlive_it(anna: User) -> None:
    asked = {"name": "Longer", "scopes": ["read"], "lifetime_days": 365}

    made = client_of(anna, "read", "manage").post(f"{ME}/tokens", asked).json()

    parent = ApiToken.objects.get(user=anna, name="tests")
    assert datetime.fromisoformat(made["expires_at"]) <= parent.expiry


def test_a_token_passes_on_only_what_it_has(anna: User, chief: User) -> None:
    asked = {"name": "More", "scopes": ["read", "admin"]}

    assert client_of(anna).post(f"{ME}/tokens", asked).json()["code"] == "insufficient-scope"
    assert client_of(chief).post(f"{ME}/tokens", asked).json()["code"] == "insufficient-scope"
    assert client_of(chief, "manage", "admin", "read").post(f"{ME}/tokens", asked).status_code == 201


def test_a_client_gets_no_administrators_token(anna: User) -> None:
    answer = client_of(anna, "manage", "admin").post(f"{ME}/tokens", {"name": "More", "scopes": ["admin"]})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/scopes"


def test_tokens_of_others_are_not_found(client: APIClient, boris: User) -> None:
    client_of(boris)
    theirs = ApiToken.objects.get(user=boris).digest[:32]

    assert client.delete(f"{ME}/tokens/{theirs}").status_code == 404
    assert client.delete(f"{ME}/tokens/{theirs[:1]}").status_code == 404


def test_use_is_recorded_at_most_once_a_minute(client: APIClient) -> None:
    client.get(ME)
    first = ApiToken.objects.get().used_at
    client.get(ME)
    assert ApiToken.objects.get().used_at == first
    with time_machine.travel(timezone.now() + timedelta(seconds=61), tick=False):
        client.get(ME)
    assert ApiToken.objects.get().used_at > first


def test_minutes_and_their_ledger(client: APIClient, anna: User, chief: User) -> None:
    before = client.get(f"{ME}/minutes").json()["available_s"]
    grant(anna, 600, chief, "Pilot")

    assert client.get(f"{ME}/minutes").json() == {
        "available_s": before + 600,
        "reserved_s": 0,
        "unlimited": False,
    }
    entries = client.get(f"{ME}/ledger", {"kind": "GRANT"}).json()["results"]
    assert entries[0]["note"] == "Pilot"
    assert sum(entry["available_change_s"] for entry in entries) == before + 600


def test_signing_out_everywhere_else(client: APIClient, anna: User) -> None:
    browser, other = APIClient(), APIClient()
    for one in (browser, other):
        one.force_login(anna, "accounts.authentication.EmailOrUsernameBackend")
    sessions = browser.get(f"{ME}/sessions").json()
    assert [session["current"] for session in sessions] == [True, False]

    assert browser.delete(f"{ME}/sessions").status_code == 204

    assert other.get(ME).status_code == 401
    assert browser.get(ME).status_code == 200
    assert client.get(ME).status_code == 200
    current = browser.get(f"{ME}/sessions").json()[0]["id"]
    assert client.delete(f"{ME}/sessions/{current}").status_code == 204
    assert client.delete(f"{ME}/sessions/{current}").status_code == 404
    assert browser.get(ME).status_code == 401


def test_people_are_for_administrators(client: APIClient, anna: User, chief: User) -> None:
    administrator = client_of(chief, "admin")
    assert client.get("/api/v1/people").json()["code"] == "insufficient-scope"
    assert client_of(anna, "admin").get("/api/v1/people").json()["code"] == "forbidden"
    found = administrator.get("/api/v1/people", {"search": "ANNA"}).json()["results"]
    assert [person["username"] for person in found] == ["anna"]
    address = f"/api/v1/people/{anna.pk}"

    assert administrator.patch(address, {"role": "OPERATOR"}).json()["role"] == "OPERATOR"
    granted = administrator.post(f"{address}/minutes", {"seconds": 60, "note": "Pilot"})
    assert granted.status_code == 201
    assert administrator.get(f"{address}/minutes").json()["available_s"] >= 60
    assert administrator.put(f"{address}/minutes", {"unlimited": True}).json()["unlimited"] is True
    assert administrator.patch(address, {"is_active": False}).json()["is_active"] is False
    assert client.get(ME).status_code == 401
    assert administrator.get("/api/v1/people/999999999999999999999999").status_code == 404


def test_the_last_administrator_stays(chief: User) -> None:
    answer = client_of(chief, "admin").patch(f"/api/v1/people/{chief.pk}", {"role": "CLIENT"})

    assert answer.status_code == 409
    assert answer.json()["code"] == "conflict"
