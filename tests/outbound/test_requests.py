"""Requests against servers that lie, dawdle and send elsewhere."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile_servers import HostileServer, ok, redirect, sending, serving

from outbound.connection import TimeLimits
from outbound.errors import AddressRefused, FailureCode, RefusalCode, RequestFailed
from outbound.guard import Guard, resolve
from outbound.requests import open_url, post

MIB = 1024**2
PATIENT = TimeLimits(connect_s=5, between_bytes_s=5, total_s=20)
HASTY = TimeLimits(connect_s=1, between_bytes_s=0.2, total_s=0.6)


def allowing(*servers: HostileServer) -> Guard:
    return Guard(tuple(server.host for server in servers))


def get(
    server: HostileServer,
    *more: HostileServer,
    url: str = "",
    most_bytes: int = MIB,
    limits: TimeLimits = PATIENT,
    ca_file: str | None = None,
) -> bytes:
    guard = allowing(server, *more)
    with open_url(url or server.url, guard=guard, most_bytes=most_bytes, limits=limits, ca_file=ca_file) as answer:
        return b"".join(answer.chunks())


def failure(server: HostileServer, **options: object) -> FailureCode:
    with pytest.raises(RequestFailed) as error:
        get(server, **options)  # type: ignore[arg-type]
    return error.value.code


def test_a_file_comes_as_it_is() -> None:
    with (
        serving(sending(ok(b"0123456789", "Content-Type: video/mp4; x=y"))) as server,
        open_url(server.url, guard=allowing(server), most_bytes=MIB) as answer,
    ):
        assert (answer.status, answer.media_type, answer.size_bytes) == (200, "video/mp4", 10)
        assert b"".join(answer.chunks()) == b"0123456789"

    (request,) = server.requests
    assert request.startswith(b"GET /video.mp4 HTTP/1.1\r\n")
    assert f"Host: {server.host}\r\n".encode() in request
    assert b"Accept-Encoding: identity\r\n" in request
    assert b"cookie" not in request.lower()


def test_a_body_in_chunks() -> None:
    body = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n4\r\nabcd\r\n2\r\nef\r\n0\r\n\r\n"
    )
    with serving(sending(body)) as server:
        assert get(server) == b"abcdef"


def test_without_a_length_the_end_of_the_line_is_the_end() -> None:
    with serving(sending(b"HTTP/1.0 200 OK\r\n\r\nabc")) as server:
        assert get(server) == b"abc"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (ok(b"short", length=100), FailureCode.CUT_SHORT),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nshort", FailureCode.CUT_SHORT),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx", FailureCode.CUT_SHORT),
        (ok(b"", length=MIB + 1), FailureCode.TOO_LARGE),
        (ok(gzip.compress(b"x" * MIB), "Content-Encoding: gzip"), FailureCode.ENCODED),
        (ok(b"x", "Content-Encoding: br"), FailureCode.ENCODED),
        (b"", FailureCode.UNREACHABLE),
        (b"220 mail.example.org ESMTP\r\n", FailureCode.BAD_ANSWER),
        (b"HTTP/1.1 999999 ?\r\n\r\n", FailureCode.BAD_ANSWER),
        (b"HTTP/1.1 200 OK\r\nA: " + b"x" * 70_000 + b"\r\n\r\n", FailureCode.BAD_ANSWER),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", FailureCode.BAD_ANSWER),
        (b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", FailureCode.BAD_ANSWER),
    ],
)
def test_answers_that_are_none(answer: bytes, code: FailureCode) -> None:
    with serving(sending(answer)) as server:
        assert failure(server) is code


def test_a_length_that_lies_does_not_lift_the_limit() -> None:
    def script(connection: socket.socket, head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n")
        while True:
            connection.sendall(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")

    with serving(script) as server:
        assert failure(server) is FailureCode.TOO_LARGE


def test_an_endless_body_is_cut_at_the_limit() -> None:
    def script(connection: socket.socket, head: bytes) -> None:
        connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65536)

    with serving(script) as server:
        assert failure(server) is FailureCode.TOO_LARGE


def test_silence_ends_the_request() -> None:
    def script(connection: socket.socket, head: bytes) -> None:
        server.ended.wait()

    with serving(script) as server:
        assert failure(server, limits=HASTY) is FailureCode.TOO_SLOW
        server.ended.set()


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"])
def test_a_byte_now_and_then_does_not_prolong_the_request(head: bytes) -> None:
    def script(connection: socket.socket, request: bytes) -> None:
        connection.sendall(head)
        while not server.ended.wait(0.05):
            connection.sendall(b"H")

    with serving(script) as server:
        started = time.monotonic()
        assert failure(server, limits=HASTY) is FailureCode.TOO_SLOW
        server.ended.set()
        assert time.monotonic() - started < 10


def test_a_tls_handshake_that_never_comes_ends_too() -> None:
    def script(connection: socket.socket, request: bytes) -> None:
        while not server.ended.wait(0.05):
            connection.sendall(b"\x16")

    with serving(script) as server:
        url = server.url.replace("http:", "https:")
        assert failure(server, url=url, limits=HASTY) in (FailureCode.TOO_SLOW, FailureCode.UNTRUSTED)
        server.ended.set()


def test_nobody_listens() -> None:
    with serving(sending(b"")) as server:
        pass
    assert failure(server) is FailureCode.UNREACHABLE


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_leads_on(status: int) -> None:
    with serving(sending(ok(b"there"))) as there, serving(sending(redirect(there.url, status))) as here:
        assert get(here, there) == b"there"


def test_a_relative_redirect() -> None:
    def script(connection: socket.socket, head: bytes) -> None:
        connection.sendall(ok(b"there") if b"GET /a/there?x=1 " in head else redirect("there?x=1"))

    with serving(script) as server:
        assert get(server, url=f"http://{server.host}/a/here") == b"there"


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://169.254.169.254/latest/meta-data/", RefusalCode.NOT_PUBLIC),
        ("http://[fd00:ec2::254]/", RefusalCode.NOT_PUBLIC),
        ("http://2130706433/", RefusalCode.NOT_PUBLIC),
        ("//0x7f.1/", RefusalCode.NOT_PUBLIC),
        ("http://[::ffff:10.0.0.1]/", RefusalCode.NOT_PUBLIC),
        ("file:///etc/passwd", RefusalCode.SCHEME),
        ("http://user@example.org/", RefusalCode.CREDENTIALS),
        ("http://127.0.0.1:22/", RefusalCode.PORT),
        ("http://127.0.0.1/", RefusalCode.NOT_PUBLIC),
    ],
)
def test_a_redirect_is_judged_like_an_address(location: str, code: RefusalCode) -> None:
    with serving(sending(redirect(location))) as server:
        with pytest.raises(AddressRefused) as error:
            get(server)
        assert error.value.code is code


def test_redirects_end() -> None:
    def script(connection: socket.socket, head: bytes) -> None:
        connection.sendall(redirect(server.url))

    with serving(script) as server:
        assert failure(server) is FailureCode.TOO_MANY_REDIRECTS
        assert len(server.requests) == 6


def test_a_name_that_changes_its_meaning_gains_nothing() -> None:
    """DNS rebinding: the address that was judged is the one that is asked."""
    with serving(sending(ok(b"right"))) as right, serving(sending(ok(b"wrong"))) as wrong:
        answers = iter([["127.0.0.1"], ["127.0.0.2"]])
        guard = Guard((f"rebinding.example:{right.port}",), lambda host, port: next(answers))
        url = f"http://rebinding.example:{right.port}/"
        with open_url(url, guard=guard, most_bytes=MIB, limits=PATIENT) as answer:
            assert b"".join(answer.chunks()) == b"right"

    assert f"Host: rebinding.example:{right.port}".encode() in right.requests[0]
    assert next(answers) == ["127.0.0.2"]  # nobody asked a second time
    assert not wrong.requests


def test_the_next_address_of_a_name_is_tried() -> None:
    with serving(sending(ok(b"here"))) as server:
        guard = Guard((f"two.example:{server.port}",), lambda host, port: ["127.0.0.2", "127.0.0.1"])
        with open_url(f"http://two.example:{server.port}/", guard=guard, most_bytes=MIB, limits=PATIENT) as answer:
            assert b"".join(answer.chunks()) == b"here"


def test_real_names_are_looked_up() -> None:
    assert "127.0.0.1" in resolve("localhost", 80)
    with pytest.raises(RequestFailed) as error:
        resolve("does-not-exist.invalid", 80)
    assert error.value.code is FailureCode.UNKNOWN_HOST


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For media.example, signed by itself; key and certificate in one file."""
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        f"openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=media.example"
        f" -addext subjectAltName=DNS:media.example -keyout {folder}/key -out {folder}/certificate".split(),
        check=True,
        capture_output=True,
    )
    both = folder / "both.pem"
    both.write_text((folder / "certificate").read_text() + (folder / "key").read_text())
    return both


@pytest.fixture
def tls_server(certificate: Path) -> Iterator[HostileServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(sending(ok(b"secure")), context) as server:
        yield server


def named(server: HostileServer, name: str) -> tuple[Guard, str]:
    return Guard((f"{name}:{server.port}",), lambda host, port: ["127.0.0.1"]), f"https://{name}:{server.port}/"


def test_tls_is_verified_for_the_name(tls_server: HostileServer, certificate: Path) -> None:
    guard, url = named(tls_server, "media.example")

    with open_url(url, guard=guard, most_bytes=MIB, limits=PATIENT, ca_file=str(certificate)) as answer:
        assert b"".join(answer.chunks()) == b"secure"


@pytest.mark.parametrize(("name", "trusted"), [("other.example", True), ("media.example", False)])
def test_a_certificate_that_does_not_fit(
    tls_server: HostileServer, certificate: Path, name: str, trusted: bool
) -> None:
    guard, url = named(tls_server, name)

    with pytest.raises(RequestFailed) as error:
        open_url(url, guard=guard, most_bytes=MIB, limits=PATIENT, ca_file=str(certificate) if trusted else None)
    assert error.value.code is FailureCode.UNTRUSTED
    assert not tls_server.requests


def test_no_way_back_from_https_to_http(certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with (
        serving(sending(ok(b"plain"))) as plain,
        serving(sending(redirect(plain.url)), context) as secure,
    ):
        allowed = (f"media.example:{secure.port}", plain.host)
        guard = Guard(allowed, lambda host, port: ["127.0.0.1"])
        with pytest.raises(AddressRefused) as error:
            open_url(f"https://media.example:{secure.port}/", guard=guard, most_bytes=MIB, ca_file=str(certificate))
        assert error.value.code is RefusalCode.DOWNGRADE
        assert not plain.requests


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="my video.mp4"', "my video.mp4"),
        ("attachment; filename*=UTF-8''%D1%80%D0%BE%D0%BB%D0%B8%D0%BA.mp4", "ролик.mp4"),
        ("inline", ""),
        ("attachment; filename*=no-such-charset''x.mp4", "x.mp4"),
        ("attachment; filename", ""),
        (";;;=", ""),
    ],
)
def test_the_name_that_a_server_gives(header: str, name: str) -> None:
    with (
        serving(sending(ok(b"", f"Content-Disposition: {header}"))) as server,
        open_url(server.url, guard=allowing(server), most_bytes=MIB) as answer,
    ):
        assert answer.file_name == name


def test_posting() -> None:
    with serving(sending(b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")) as server:
        assert post(server.url, b'{"a": 1}', {"X-Own": "yes"}, 5, guard=allowing(server)) == 202

    request = server.requests[0]
    assert request.startswith(b"POST /video.mp4 HTTP/1.1\r\n")
    assert b"X-Own: yes\r\n" in request
    assert b"Content-Length: 8\r\n" in request


def test_a_redirect_is_an_answer_to_a_post() -> None:
    with serving(sending(ok(b""))) as there, serving(sending(redirect(there.url))) as here:
        assert post(here.url, b"", {}, 5, guard=allowing(here, there)) == 302
        assert not there.requests


def test_posting_inside_is_refused() -> None:
    with serving(sending(ok(b""))) as server, pytest.raises(AddressRefused):
        post(server.url, b"", {}, 5, guard=Guard())
    assert not server.requests


def test_posting_ends_in_time() -> None:
    def script(connection: socket.socket, head: bytes) -> None:
        while not server.ended.wait(0.05):
            connection.sendall(b"H")

    with serving(script) as server:
        with pytest.raises(RequestFailed) as error:
            post(server.url, b"", {}, 0.5, guard=allowing(server))
        server.ended.set()
    assert error.value.code is FailureCode.TOO_SLOW
