"""Every error below /api/ is a problem document in the reader's language."""

from __future__ import annotations

import pytest
from accounts_for_tests import client_of
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import ApiToken, User

ME = "/api/v1/me"


def check_problem(response: object, status: int, code: str) -> dict[str, object]:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert body["code"] == code
    assert body["type"] == f"/api/v1/problems/{code}"
    assert body["title"]
    assert body["detail"]
    assert body["request_id"] == response["X-Request-Id"]
    return body


def test_a_stranger_is_asked_to_authenticate(db: None) -> None:
    response = APIClient().get(ME)

    check_problem(response, 401, "not-authenticated")
    assert response["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer", "Bearer a b", "Bearer \xff\xfe"])
def test_a_wrong_token_is_refused(db: None, header: str) -> None:
    response = APIClient().get(ME, HTTP_AUTHORIZATION=header)

    check_problem(response, 401, "invalid-token")
    assert "invalid_token" in response["WWW-Authenticate"]


def test_an_expired_token_is_refused(client: APIClient) -> None:
    ApiToken.objects.update(expiry="2020-01-01T00:00:00Z")

    check_problem(client.get(ME), 401, "invalid-token")


@pytest.mark.parametrize("path", ["/api/nothing", "/api/v1/nothing", "/api/v1/me/"])
def test_what_does_not_exist(client: APIClient, path: str) -> None:
    check_problem(client.get(path), 404, "not-found")
    check_problem(client.post(path), 404, "not-found")


def test_a_method_that_does_not_exist(client: APIClient) -> None:
    response = client.delete(ME)

    check_problem(response, 405, "method-not-allowed")
    assert "PATCH" in response["Allow"]


def test_asking_for_options(client: APIClient) -> None:
    check_problem(client.options("/api/v1/projects"), 405, "method-not-allowed")


def test_asking_for_the_head(client: APIClient) -> None:
    assert client.head("/api/v1/projects?limit=3").status_code == 200


def test_a_body_of_another_type(client: APIClient) -> None:
    check_problem(client.patch(ME, "a=b", content_type="text/plain"), 415, "unsupported-media-type")


@pytest.mark.parametrize("body", ["{", "[" * 100_000, b"\xff", "NaN"])
def test_a_body_that_is_no_json(client: APIClient, body: str) -> None:
    check_problem(client.patch(ME, body, content_type="application/json"), 400, "malformed-request")


def test_a_body_that_is_too_long(client: APIClient) -> None:
    body = '{"first_name": "' + "a" * 3_000_000 + '"}'

    check_problem(client.patch(ME, body, content_type="application/json"), 413, "body-too-large")


def test_wrong_fields_are_pointed_at(client: APIClient) -> None:
    body = check_problem(
        client.patch(ME, {"first_name": "a" * 151, "language": "de", "role": "ADMINISTRATOR"}), 400, "invalid-input"
    )

    assert [(error["pointer"], error["code"]) for error in body["errors"]] == [("#/role", "unknown-field")]
    body = check_problem(client.patch(ME, {"first_name": "a" * 151, "language": "de"}), 400, "invalid-input")
    assert {(error["pointer"], error["code"]) for error in body["errors"]} == {
        ("#/first_name", "max-length"),
        ("#/language", "invalid-choice"),
    }


def test_unknown_parameters_are_refused(client: APIClient) -> None:
    body = check_problem(client.get(ME, {"colour": "red"}), 400, "invalid-input")

    assert body["errors"][0]["parameter"] == "colour"


def test_a_form_from_elsewhere_is_refused(anna: User) -> None:
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(anna, "accounts.authentication.EmailOrUsernameBackend")

    check_problem(browser.patch(ME, {"first_name": "Anna"}), 403, "csrf-failed")


def test_the_sites_own_scripts_use_the_session(anna: User) -> None:
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(anna, "accounts.authentication.EmailOrUsernameBackend")
    browser.cookies["csrftoken"] = token = "a" * 32

    response = browser.patch(ME, {"first_name": "Anna"}, HTTP_X_CSRFTOKEN=token)

    assert response.status_code == 200
    assert response.json()["first_name"] == "Anna"


def test_a_token_without_the_scope(anna: User) -> None:
    response = client_of(anna, "read").patch(ME, {"first_name": "Anna"})

    check_problem(response, 403, "insufficient-scope")
    assert 'scope="manage"' in response["WWW-Authenticate"]


def test_too_many_requests(client: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.throttling.PersonThrottle.rate", "2/min", raising=False)
    client.get(ME)
    client.get(ME)

    response = client.get(ME)

    check_problem(response, 429, "too-many-requests")
    assert 1 <= int(response["Retry-After"]) <= 60


def test_what_broke_shows_nothing_of_its_inside(client: APIClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_arguments: object) -> None:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr("api.account.AccountView.get", break_down)
    client.raise_request_exception = False

    response = client.get(ME)

    check_problem(response, 500, "internal-error")
    assert "secret" not in response.content.decode()


def test_whoever_must_choose_a_password_is_told_so(anna: User) -> None:
    User.objects.update(must_change_password=True)
    browser = Client()
    browser.force_login(anna)

    body = check_problem(browser.get(ME), 403, "password-change-needed")

    assert "/account/password/" in body["detail"]


def test_the_language_is_the_readers(client: APIClient, anna: User) -> None:
    assert client.get(ME, {"x": 1}).json()["title"] == "The request has wrong values"
    russian = client.get(ME, {"x": 1}, HTTP_ACCEPT_LANGUAGE="ru").json()
    assert russian["title"] == "В запросе есть неверные значения"
    User.objects.update(language="ru")
    assert client.get(ME, {"x": 1}).json()["title"] == russian["title"]
    assert APIClient().get(ME, HTTP_ACCEPT_LANGUAGE="en").json()["title"] == "Signing in is needed"


def test_request_ids_are_the_callers_when_harmless(db: None) -> None:
    assert Client().get(ME, HTTP_X_REQUEST_ID="order-17")["X-Request-Id"] == "order-17"
    assert Client().get(ME, HTTP_X_REQUEST_ID="a\nb: c")["X-Request-Id"] != "a\nb: c"


def test_the_type_of_a_problem_leads_somewhere(client: APIClient) -> None:
    problem = APIClient().get(ME).json()

    explained = APIClient().get(problem["type"])

    assert explained.status_code == 200
    assert explained.json()["code"] == "not-authenticated"
    assert len(APIClient().get("/api/v1/problems").json()) > 20
