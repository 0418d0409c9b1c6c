"""The guard: which addresses from users are asked at all, and at which IP addresses.

A name is resolved once; whoever connects uses the addresses that were judged, so a name that changes its meaning in
between (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, quote, urlsplit

from outbound.errors import AddressRefused, FailureCode, RefusalCode, RequestFailed
from outbound.public_addresses import is_public

_SCHEME_PORTS = {"http": 80, "https": 443}
_PORTS = frozenset({80, 443, 8080, 8443})
_LONGEST_URL = 2000  # characters
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")

Resolver = Callable[[str, int], Iterable[str]]


@dataclass(frozen=True, slots=True)
class CheckedUrl:
    """An address that may be asked: ``host`` in ASCII without brackets, ``target`` what stands after it."""

    scheme: str
    host: str
    port: int
    target: str
    ip_addresses: tuple[str, ...]

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _SCHEME_PORTS[self.scheme] else f"{host}:{self.port}"


def resolve(host: str, port: int) -> list[str]:
    """The numeric addresses that the system knows for a name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RequestFailed(FailureCode.UNKNOWN_HOST) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Guard:
    """``allowed_hosts``, ``host`` or ``host:port`` in lower case, may be private and have any port, or that one."""

    allowed_hosts: tuple[str, ...] = ()
    resolver: Resolver = resolve

    def check(self, url: str) -> CheckedUrl:
        """Raises ``AddressRefused``, and ``RequestFailed`` when nobody knows the host."""
        parts = _split(url)
        host = _ascii_host(parts)
        port = parts.port or _SCHEME_PORTS[parts.scheme]
        allowed = self._is_allowed(host, port)
        if port not in _PORTS and not allowed:
            raise AddressRefused(RefusalCode.PORT)
        addresses = tuple(self.resolver(host, port))
        if not addresses:
            raise RequestFailed(FailureCode.UNKNOWN_HOST)
        if not allowed and not all(is_public(address) for address in addresses):
            raise AddressRefused(RefusalCode.NOT_PUBLIC)
        return CheckedUrl(parts.scheme, host, port, _target(parts), addresses)

    def _is_allowed(self, host: str, port: int) -> bool:
        shown = f"[{host}]" if ":" in host else host
        return shown in self.allowed_hosts or f"{shown}:{port}" in self.allowed_hosts


def _split(url: str) -> SplitResult:
    if len(url) > _LONGEST_URL or _UNSAFE.search(url):
        raise AddressRefused(RefusalCode.MALFORMED)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused(RefusalCode.MALFORMED) from error
    if parts.scheme not in _SCHEME_PORTS:
        raise AddressRefused(RefusalCode.SCHEME)
    if "@" in parts.netloc:
        raise AddressRefused(RefusalCode.CREDENTIALS)
    if not parts.hostname or port == 0:
        raise AddressRefused(RefusalCode.MALFORMED)
    return parts


def _ascii_host(parts: SplitResult) -> str:
    """A numeric address in its usual form, or a name of ASCII labels; resolvers read more, and mean other things."""
    host = parts.hostname or ""
    numeric = _numeric(host)
    if numeric is not None:
        return numeric
    if parts.netloc.startswith("["):  # a zone, or an address of the future
        raise AddressRefused(RefusalCode.MALFORMED)
    try:
        name = host.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError as error:
        raise AddressRefused(RefusalCode.MALFORMED) from error
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise AddressRefused(RefusalCode.MALFORMED)
    if _NUMBER.fullmatch(labels[-1]):  # 2130706433, 0x7f.1, 127.1, 0177.0.0.1, and 127.0.0.1 after the codec
        raise AddressRefused(RefusalCode.NOT_PUBLIC)
    return name


def _numeric(host: str) -> str | None:
    try:
        ip = ip_address(host)
    except ValueError:
        return None
    if isinstance(ip, IPv6Address) and ip.scope_id is not None:
        return None
    return str(ip) if isinstance(ip, IPv4Address | IPv6Address) else None


def _target(parts: SplitResult) -> str:
    """Path and query as they may stand in a request line."""
    path = quote(parts.path or "/", safe="/%:=&?~#+!$,;'@()*[]")
    query = quote(parts.query, safe="/%:=&?~+!$,;'@()*[]")
    return f"{path}?{query}" if query else path
