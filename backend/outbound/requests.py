"""Requests to addresses from users. Nothing is sent before the guard has judged the address, each redirect anew."""

from __future__ import annotations

import time
from collections.abc import Mapping
from urllib.parse import urljoin

from urllib3.response import BaseHTTPResponse

from outbound.answer import Answer
from outbound.connection import Connection, TimeLimits
from outbound.errors import AddressRefused, FailureCode, RefusalCode, RequestFailed
from outbound.guard import CheckedUrl, Guard

_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def open_url(
    url: str, *, guard: Guard, most_bytes: int, limits: TimeLimits | None = None, ca_file: str | None = None
) -> Answer:
    """GET an address: use the answer in a ``with`` block. Any status but a redirect is an answer.

    ``ca_file`` replaces the system's certificates. Raises ``AddressRefused`` and ``RequestFailed``.
    """
    limits = limits or TimeLimits()
    started = time.monotonic()
    address = guard.check(url)
    for _ in range(_MOST_REDIRECTS + 1):
        connection = Connection(address, limits.left(started), ca_file)
        try:
            response = connection.request("GET", {"Accept": "*/*"})
            if response.status not in _REDIRECTS:
                return Answer(address.url, connection, response, most_bytes)
            location = response.headers.get("Location", "")
        except BaseException:
            connection.close()
            raise
        connection.close()
        address = _next_address(address, location, guard)
    raise RequestFailed(FailureCode.TOO_MANY_REDIRECTS)


def post(
    url: str, body: bytes, headers: Mapping[str, str], timeout_s: float, *, guard: Guard, ca_file: str | None = None
) -> int:
    """The status that the other side answers; its body is not read and redirects are not followed."""
    limits = TimeLimits(connect_s=timeout_s, between_bytes_s=timeout_s, total_s=timeout_s)
    connection = Connection(guard.check(url), limits, ca_file)
    try:
        response: BaseHTTPResponse = connection.request("POST", headers, body)
        return int(response.status)
    finally:
        connection.close()


def _next_address(address: CheckedUrl, location: str, guard: Guard) -> CheckedUrl:
    if not location:
        raise RequestFailed(FailureCode.BAD_ANSWER)
    following = guard.check(urljoin(address.url, location))
    if address.scheme == "https" and following.scheme == "http":
        raise AddressRefused(RefusalCode.DOWNGRADE)
    return following
