"""The Python client against a live server."""

from __future__ import annotations

import os
import runpy
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from live_server import Site
from standardwebhooks import Webhook

from compliance_client import (
    ApiError,
    CheckCancelled,
    CheckFailed,
    Client,
    InvalidInput,
    NotAuthenticated,
    NotFound,
    Project,
    Run,
    ServerError,
    ServiceUnreachable,
    WebhookInvalid,
    verify_webhook,
)
from compliance_client import uploading as client_uploading

EXAMPLE = Path(__file__).resolve().parents[2] / "clients" / "python" / "examples" / "check_video.py"


@pytest.fixture
def client(site: Site) -> Iterator[Client]:
    with Client(site.url, site.token) as one:
        yield one


@pytest.fixture
def project(client: Client) -> Project:
    return client.create_project("Channel")


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(os.urandom(20) + bytes(range(256)) * 80_000)  # three parts, and no other test's bytes
    return path


def test_from_a_file_to_a_report(client: Client, project: Project, site: Site, film: Path, tmp_path: Path) -> None:
    sent: list[tuple[int, int]] = []
    video = client.upload(project.id, film, on_progress=lambda *progress: sent.append(progress))
    assert sent[0] == (0, film.stat().st_size)
    assert sent[-1] == (film.stat().st_size, film.stat().st_size)
    assert video.sha256 == client_uploading.sha256_of(film)
    assert [one.id for one in client.earlier_checks(video.sha256, video.size_bytes)] == [video.id]
    run = client.start_run(video.id, language="en")
    seen: list[Run] = []

    def follow(now: Run) -> None:
        seen.append(now)
        if len(seen) == 1:
            site.do("finish", run.id)

    report = client.wait_for_report(run.id, poll_s=0.01, on_progress=follow)

    assert [one.status for one in seen] == ["QUEUED", "COMPLETED"]
    assert report.verdicts[0].outcome_title
    findings = list(client.findings(report.id))
    assert len(findings) == report.findings_count
    urgent = list(client.findings(report.id, severities=("critical", "high"), action_needed=True))
    assert {one.severity for one in urgent} <= {"critical", "high"}
    for name, begins in (("pdf", b"%PDF"), ("json", b"{")):
        path = client.download_export(report.id, name, tmp_path / f"report.{name}", language="en")
        assert path.read_bytes().startswith(begins)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["film.mp4", "report.json", "report.pdf"]
    assert next(iter(client.reports(video_id=video.id))).id == report.id
    assert client.video(video.id).verdicts
    link = client.share(report.id, lifetime_days=2, note="For the client")
    client.revoke_share(link.id)
    client.delete_video(video.id)
    with pytest.raises(NotFound):
        client.video(video.id)


def test_an_upload_goes_on_after_an_interruption(
    client: Client, project: Project, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    send_part = client_uploading.send_part

    def interrupted(transport: object, upload: object, path: Path, number: int) -> int:
        if len(sent) == 2:
            raise KeyboardInterrupt
        sent.append(number)
        return send_part(transport, upload, path, number)

    monkeypatch.setattr(client_uploading, "send_part", interrupted)
    with pytest.raises(KeyboardInterrupt):
        client.upload(project.id, film, parallel=1)
    monkeypatch.setattr(client_uploading, "send_part", lambda *parts: sent.append(parts[3]) or send_part(*parts))

    video = client.upload(project.id, film, parallel=1)

    assert sorted(sent) == [1, 2, 3]
    assert video.size_bytes == film.stat().st_size


def test_checks_that_come_to_nothing(client: Client, project: Project, site: Site, film: Path) -> None:
    video = client.upload(project.id, film)
    first = client.start_run(video.id)
    client.cancel_run(first.id)
    with pytest.raises(CheckCancelled):
        client.wait_for_report(first.id)
    second = client.start_run(video.id)
    with pytest.raises(TimeoutError):
        client.wait_for_report(second.id, timeout_s=0)
    site.do("fail", second.id)
    with pytest.raises(CheckFailed) as failed:
        client.wait_for_report(second.id)
    assert str(failed.value)


def test_errors_say_what_to_do(client: Client, site: Site) -> None:
    with pytest.raises(InvalidInput) as invalid:
        client.create_project("")
    problem = invalid.value.problem
    assert (problem.code, problem.errors[0].pointer) == ("invalid-input", "#/name")
    assert problem.request_id
    with Client(site.url, "nonsense", language="ru") as stranger, pytest.raises(NotAuthenticated) as refused:
        stranger.account()
    assert refused.value.problem.title == "Токен недействителен"
    assert client.account().email == "anna@example.org"
    assert client.minutes().available_s >= 0


def test_lists_are_walked_to_their_end(client: Client) -> None:
    for number in range(3):
        client.create_project(f"Walk {number}")

    assert {one.name for one in client.projects(search="walk")} == {"Walk 0", "Walk 1", "Walk 2"}


@contextmanager
def answering(*answers: tuple[int, dict[str, str], bytes]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A server that gives these answers in turn, the last one for ever; and the headers that came."""
    left, came = list(answers), []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            came.append(dict(self.headers))
            status, headers, body = left.pop(0) if len(left) > 1 else left[0]
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", came
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


PROJECT = b'{"id":"1","name":"A","owner":"anna","yours":true,"created_at":"2026-11-24T12:00:00Z","new_field":1}'


def test_a_busy_server_is_asked_again_when_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    busy = (429, {"Retry-After": "7"}, b"{}")
    with (
        answering(busy, (503, {}, b"<html>"), (201, {}, PROJECT)) as (url, came),
        Client(url, "t", sleep=waits.append) as client,
    ):
        assert client.create_project("A").name == "A"

    assert waits[0] == 7
    assert len(waits) == 2
    assert len({one["Idempotency-Key"] for one in came}) == 1


def test_patience_ends() -> None:
    with (
        answering((503, {"Retry-After": "1"}, b"<html>")) as (url, came),
        Client(url, "t", sleep=lambda _s: None) as client,
        pytest.raises(ServerError) as error,
    ):
        client.create_project("A")
    assert error.value.problem.status == 503
    assert len(came) == 6
    with Client(url, "t", sleep=lambda _s: None) as client, pytest.raises(ServiceUnreachable):
        client.account()
    with pytest.raises(ValueError, match="https"):
        Client("compliance.example.org", "t")


def test_work_that_goes_on_after_the_line_broke_is_waited_for() -> None:
    waits: list[float] = []
    at_work = (409, {"Retry-After": "2"}, b'{"code":"request-in-progress","detail":"","title":""}')
    with answering(*[at_work] * 20, (201, {}, PROJECT)) as (url, _came), Client(url, "t", sleep=waits.append) as client:
        assert client.create_project("A").name == "A"
    assert waits == [2.0] * 20


def test_an_error_that_stays_is_not_asked_again() -> None:
    refusal = (409, {}, b'{"code":"conflict","detail":"No.","title":"No"}')
    with answering(refusal) as (url, came), Client(url, "t") as client, pytest.raises(ApiError):
        client.create_project("A")
    assert len(came) == 1


def test_a_file_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _address = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n%PDF")

        server = threading.Thread(target=answer)
        server.start()
        with Client(f"http://127.0.0.1:{listener.getsockname()[1]}", "token") as client:  # noqa: SIM117
            with pytest.raises(ServiceUnreachable):
                client.download_export("1", "pdf", tmp_path / "report.pdf")
        server.join()

    assert list(tmp_path.iterdir()) == []


def test_webhooks_are_verified() -> None:
    secret = "whsec_" + "c2VjcmV0IG9mIHRoZXNlIHRlc3Rz"
    body = '{"type":"run.finished","timestamp":"2026-11-24T12:00:00+00:00","data":{"run_id":"1"}}'
    now = datetime.now(tz=UTC)
    headers = {
        "Webhook-Id": "m1",
        "Webhook-Timestamp": str(int(now.timestamp())),
        "Webhook-Signature": f"v1,AAAA {Webhook(secret).sign('m1', now, body)}",
    }

    message = verify_webhook(secret, headers, body.encode())

    assert (message.id, message.type, message.data) == ("m1", "run.finished", {"run_id": "1"})
    for odd_headers, odd_body, odd_now in (
        (headers, body.replace("1", "2"), None),
        ({**headers, "Webhook-Signature": "v1,AAAA"}, body, None),
        ({**headers, "Webhook-Timestamp": "x"}, body, None),
        ({}, body, None),
        (headers, body, now.timestamp() + 301),
    ):
        with pytest.raises(WebhookInvalid):
            verify_webhook(secret, odd_headers, odd_body.encode(), now=odd_now)


def test_the_example_runs(
    site: Site,
    film: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COMPLIANCE_URL", site.url)
    monkeypatch.setenv("COMPLIANCE_TOKEN", site.token)
    start_run = Client.start_run

    def start_and_finish(self: Client, video_id: str) -> Run:
        run = start_run(self, video_id)
        site.do("finish", run.id)
        return run

    monkeypatch.setattr(Client, "start_run", start_and_finish)

    code = runpy.run_path(str(EXAMPLE))["main"](str(film), str(tmp_path / "report.pdf"))

    assert code == 1
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert "critical" in capsys.readouterr().out
