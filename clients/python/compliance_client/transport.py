"""Requests: the token, retries that respect ``Retry-After``, problem documents as exceptions."""

from __future__ import annotations

import json
import random
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from compliance_client.errors import ServiceUnreachable, error_of
from compliance_client.models import Problem, read

API = "/api/v1"
ATTEMPTS = 6
LONGEST_WAIT_S = 60.0
TRANSIENT = frozenset({429, 502, 503, 504})
AT_WORK = "request-in-progress"
WAITS_FOR_WORK = 150
"""How often a request is asked for again whose first copy, on a line that broke, is still being carried out."""

Query = Mapping[str, Any]


class Transport:
    """One server and one token. Safe to use from several threads."""

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        language: str | None = None,
        timeout_s: float = 60.0,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise ValueError("base_url looks like https://compliance.example.org")
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self._headers = {"Authorization": f"Bearer {token}", "User-Agent": "compliance-client/0.1.0"}
        if language:
            self._headers["Accept-Language"] = language
        timeout = urllib3.Timeout(connect=10.0, read=timeout_s)
        self._pool = urllib3.PoolManager(num_pools=4, maxsize=8, timeout=timeout, retries=False)
        self._sleep = sleep

    def close(self) -> None:
        self._pool.clear()

    def get(self, path: str, query: Query | None = None, headers: Mapping[str, str] | None = None) -> Any:
        return self.json("GET", path, query=query, headers=headers)

    def post(self, path: str, body: Any = None) -> Any:
        """With an idempotency key, so that asking again after a broken line does nothing twice."""
        key = {"Idempotency-Key": str(uuid.uuid4())}
        return self.json("POST", path, body={} if body is None else body, headers=key)

    def json(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """The decoded answer; nothing when it has no body."""
        response = self.request(method, path, body=body, query=query, headers=headers)
        return json.loads(response.data) if response.data else None

    def pages(self, path: str, query: Query | None = None) -> Iterator[Mapping[str, Any]]:
        """Every entry of a list."""
        page = self.get(path, query)
        while True:
            yield from page["results"]
            if not page["next"]:
                return
            following = urlsplit(page["next"])  # by our own origin: a proxy may call the server otherwise
            page = self.get(f"{following.path.removeprefix(API)}?{following.query}")

    def request(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
        stream: bool = False,
    ) -> urllib3.BaseHTTPResponse:
        """An answer below 400; 304 counts as one. Raises ``ApiError`` and ``ServiceUnreachable``."""
        url = f"{self._origin}{API}{path}"
        if query:
            url += "?" + urlencode({name: value for name, value in query.items() if value is not None}, doseq=True)
        sent = {**self._headers, **(headers or {})}
        content: bytes | None = None
        if body is not None:
            content = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        return self.send(method, url, content, sent, stream=stream)

    def put_bytes(self, url: str, content: bytes, headers: Mapping[str, str], *, with_token: bool) -> None:
        """The bytes of a part, to this server or to its bucket."""
        sent = {"Content-Type": "application/octet-stream", **headers} if with_token else {}
        if with_token:
            parts = urlsplit(url)
            url = f"{self._origin}{parts.path}"
            sent.update(self._headers)
        self.send("PUT", url, content, sent)

    def send(
        self, method: str, url: str, content: bytes | None, headers: Mapping[str, str], *, stream: bool = False
    ) -> urllib3.BaseHTTPResponse:
        failures = waits = 0
        while True:
            try:
                response = self._pool.request(
                    method, url, body=content, headers=dict(headers), preload_content=not stream, redirect=False
                )
            except HTTPError as error:
                failures += 1
                if failures == ATTEMPTS or not _repeatable(method, headers):
                    raise ServiceUnreachable(f"{urlsplit(url).netloc} does not answer") from error
                self._sleep(_backoff(failures))
                continue
            if response.status < 400:
                return response
            problem = _problem(response)
            if problem.code == AT_WORK and waits < WAITS_FOR_WORK:
                waits += 1
                self._sleep(_retry_after(response) or _backoff(waits))
                continue
            failures += 1
            if failures == ATTEMPTS or response.status not in TRANSIENT:
                raise error_of(problem)
            self._sleep(_retry_after(response) or _backoff(failures))


def _repeatable(method: str, headers: Mapping[str, str]) -> bool:
    return method != "POST" or "Idempotency-Key" in headers


def _problem(response: urllib3.BaseHTTPResponse) -> Problem:
    """The problem document; what has none (a proxy's page) is known by its status alone."""
    text = response.data
    try:
        document = json.loads(text)
        return read(Problem, {**document, "status": response.status})
    except (ValueError, TypeError):
        return Problem(status=response.status, title=response.reason or "")


def _retry_after(response: urllib3.BaseHTTPResponse) -> float | None:
    text = response.headers.get("Retry-After", "")
    return min(float(text), LONGEST_WAIT_S) if text.isascii() and text.isdigit() else None


def _backoff(attempt: int) -> float:
    return min(0.5 * 2.0 ** (attempt - 1), LONGEST_WAIT_S) * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
