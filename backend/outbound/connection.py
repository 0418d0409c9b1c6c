"""One connection to a judged IP address, which ends at its deadline whatever the other side does."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from http.client import HTTPException

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, SSLError
from urllib3.exceptions import TimeoutError as SocketTooSlow
from urllib3.response import BaseHTTPResponse

from outbound.errors import FailureCode, RequestFailed
from outbound.guard import CheckedUrl

USER_AGENT = "ai-compliance-agent"
LIBRARY_ERRORS = (HTTPError, HTTPException, OSError, ValueError)  # ValueError: a header that is none


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Seconds. ``total_s`` counts from the first connection to the last byte, redirects included."""

    connect_s: float = 10
    between_bytes_s: float = 30
    total_s: float = 60 * 60

    def left(self, started: float) -> TimeLimits:
        """What remains of the total since ``started`` (``time.monotonic``)."""
        left_s = self.total_s - (time.monotonic() - started)
        if left_s <= 0:
            raise RequestFailed(FailureCode.TOO_SLOW)
        return replace(self, total_s=left_s, connect_s=min(self.connect_s, left_s))


class Connection:
    """Connected on entering. Close it: the deadline's clock runs until then."""

    def __init__(self, address: CheckedUrl, limits: TimeLimits, ca_file: str | None = None) -> None:
        self._address = address
        self._limits = limits
        self._expired = threading.Event()
        plain = _connect(address, limits.connect_s)
        plain.settimeout(limits.between_bytes_s)
        self._twin = plain.dup()  # the same connection, also after TLS has taken ``plain`` over
        self._clock = threading.Timer(limits.total_s, self._expire)
        self._clock.daemon = True
        self._clock.start()
        self._http = _http_over(plain, address, limits.between_bytes_s, ca_file)

    def request(self, method: str, headers: Mapping[str, str], body: bytes | None = None) -> BaseHTTPResponse:
        """The answer with its head read, its body not. Raises ``RequestFailed``."""
        sent = {"Accept-Encoding": "identity", "User-Agent": USER_AGENT, "Connection": "close", **headers}
        sent["Host"] = self._address.authority
        try:
            self._http.connect()
            self._http.request(method, self._address.target, body, sent, preload_content=False, decode_content=False)
            return self._http.getresponse()
        except LIBRARY_ERRORS as error:
            raise self.failure(error) from error

    def failure(self, error: BaseException) -> RequestFailed:
        """What an error of the libraries below means."""
        if self._expired.is_set() or isinstance(error, TimeoutError | SocketTooSlow):
            return RequestFailed(FailureCode.TOO_SLOW)
        if isinstance(error, SSLError | ssl.SSLError):
            return RequestFailed(FailureCode.UNTRUSTED)
        if isinstance(error, OSError):
            return RequestFailed(FailureCode.UNREACHABLE)
        return RequestFailed(FailureCode.BAD_ANSWER)

    def close(self) -> None:
        self._clock.cancel()
        self._http.close()
        self._twin.close()

    @property
    def expired(self) -> bool:
        return self._expired.is_set()

    def _expire(self) -> None:
        self._expired.set()
        with suppress(OSError):  # it is closed already
            self._twin.shutdown(socket.SHUT_RDWR)


def _connect(address: CheckedUrl, timeout_s: float) -> socket.socket:
    """To the first of the judged addresses that answers."""
    deadline = time.monotonic() + timeout_s
    trouble: OSError = TimeoutError()
    for ip in address.ip_addresses:
        left_s = deadline - time.monotonic()
        if left_s <= 0:
            break
        try:
            return socket.create_connection((ip, address.port), timeout=left_s)
        except OSError as error:
            trouble = error
    code = FailureCode.TOO_SLOW if isinstance(trouble, TimeoutError) else FailureCode.UNREACHABLE
    raise RequestFailed(code) from trouble


def _http_over(plain: socket.socket, address: CheckedUrl, timeout_s: float, ca_file: str | None) -> HTTPConnection:
    """TLS is verified for the host's name, over a connection that is already made."""
    if address.scheme == "https":
        return _PinnedHTTPS(plain, address.host, address.port, timeout_s, ca_file)
    return _Pinned(plain, address.host, address.port, timeout_s)


class _Pinned(HTTPConnection):
    def __init__(self, plain: socket.socket, host: str, port: int, timeout_s: float) -> None:
        super().__init__(host, port, timeout=timeout_s)
        self._plain = plain

    def _new_conn(self) -> socket.socket:
        return self._plain

    def close(self) -> None:
        super().close()
        self._plain.close()


class _PinnedHTTPS(HTTPSConnection):
    def __init__(self, plain: socket.socket, host: str, port: int, timeout_s: float, ca_file: str | None) -> None:
        super().__init__(host, port, timeout=timeout_s, cert_reqs="CERT_REQUIRED", ca_certs=ca_file)
        self._plain = plain

    def _new_conn(self) -> socket.socket:
        return self._plain

    def close(self) -> None:
        super().close()
        self._plain.close()
