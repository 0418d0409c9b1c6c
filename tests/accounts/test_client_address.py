"""The client's address: no more proxies are believed than stand in front."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from accounts.client_address import client_address


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "address"),
    [
        (0, "198.51.100.7", "", "198.51.100.7"),
        (0, "198.51.100.7", "203.0.113.1", "198.51.100.7"),
        (1, "10.0.0.1", "203.0.113.1", "203.0.113.1"),
        (1, "10.0.0.1", "192.0.2.66, 203.0.113.1", "203.0.113.1"),
        (2, "10.0.0.1", "192.0.2.66, 203.0.113.1, 10.0.0.2", "203.0.113.1"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        (1, "10.0.0.1", "<script>", None),
        (0, "", "", None),
        (0, "2001:db8::0001", "", "2001:db8::1"),
    ],
)
def test_the_address_is_found(
    settings: Settings, proxies: int, remote: str, forwarded: str, address: str | None
) -> None:
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": proxies}
    headers = {"x-forwarded-for": forwarded} if forwarded else {}

    assert client_address(RequestFactory(headers=headers).get("/", REMOTE_ADDR=remote)) == address
