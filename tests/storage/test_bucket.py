"""What only a bucket does: signed addresses, and answers of a server that is in trouble."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import urllib3
from tests.servers.seaweedfs import SeaweedFS

from storage.attempts import Attempts
from storage.b2 import B2Storage, Bucket
from storage.base import ObjectMissing, StorageFailed

KEY = "videos/0001/original.mp4"
PART = b"x" * 1000


@pytest.fixture
def storage(seaweedfs: SeaweedFS) -> B2Storage:
    return B2Storage(seaweedfs.new_bucket(), Attempts())


def put(url: str, body: bytes) -> int:
    return int(urllib3.request("PUT", url, body=body).status)


def test_a_signed_part_takes_that_part_and_nothing_else(storage: B2Storage) -> None:
    upload_id = storage.begin_parts(KEY, "video/mp4")
    url = storage.part_url(KEY, upload_id, 1, len(PART), expires_s=60)

    assert put(url, PART + b"x") == 403
    assert put(url.replace("partNumber=1", "partNumber=2"), PART) == 403
    assert put(url.replace("original.mp4", "another.mp4"), PART) == 403
    assert put(url[:-8] + "00000000", PART) == 403
    assert storage.stored_parts(KEY, upload_id) == {}
    assert put(url, PART) == 200
    assert [size for size, _ in storage.stored_parts(KEY, upload_id).values()] == [len(PART)]


def test_a_signed_address_ends(storage: B2Storage) -> None:
    storage.put_bytes(b"secret", KEY, "video/mp4")
    url = storage.signed_url(KEY, media_type="video/mp4", file_name=None, expires_s=1)
    deadline = time.monotonic() + 30

    while (answer := urllib3.request("GET", url)).status == 200 and time.monotonic() < deadline:
        threading.Event().wait(0.1)

    assert answer.status == 403
    assert b"secret" not in answer.data
    assert urllib3.request("GET", url.split("?")[0]).status == 403


@pytest.mark.parametrize(("name", "disposition"), [(None, "inline"), ("Ролик 1.mp4", "attachment")])
def test_a_signed_address_says_type_and_name(storage: B2Storage, name: str | None, disposition: str) -> None:
    storage.put_bytes(b"0123456789", KEY, "application/octet-stream")
    url = storage.signed_url(KEY, media_type="video/webm", file_name=name, expires_s=60)

    answer = urllib3.request("GET", url, headers={"Range": "bytes=2-4"})

    assert (answer.status, answer.data) == (206, b"234")
    assert answer.headers["Content-Type"] == "video/webm"
    header = Message()
    header["Content-Disposition"] = answer.headers["Content-Disposition"]
    assert (header.get_content_disposition(), header.get_filename()) == (disposition, name)


def test_no_key_reaches_a_log_or_a_message(
    seaweedfs: SeaweedFS, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    bucket = replace(seaweedfs.new_bucket(), application_key="wrong-" + "k" * 20)
    storage = B2Storage(bucket, Attempts())

    with caplog.at_level(logging.WARNING), pytest.raises(StorageFailed) as error:
        storage.put_bytes(b"x", KEY, "text/plain")

    assert bucket.application_key not in f"{error.value} {caplog.text} {bucket!r}"
    assert "SignatureDoesNotMatch" in str(error.value)


class Answering(BaseHTTPRequestHandler):
    """Answers each request with the next status of the list; counts them."""

    statuses: list[int]
    asked: list[str]

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.asked.append(self.command)
        self.send_response(self.statuses[min(len(self.asked), len(self.statuses)) - 1])
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_PUT = do_HEAD = do_DELETE = _answer  # noqa: N815 - names of the base class

    def log_message(self, *arguments: object) -> None:
        """Tests are quiet."""


@contextmanager
def answering(*statuses: int) -> Iterator[tuple[Bucket, list[str]]]:
    asked: list[str] = []
    handler = type("Handler", (Answering,), {"statuses": list(statuses), "asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield Bucket(f"http://127.0.0.1:{server.server_port}", "bucket", "id", "key"), asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


QUICKLY = Attempts(most=3, factor=1, longest_wait_s=0.01)


def test_a_busy_server_is_asked_again(caplog: pytest.LogCaptureFixture) -> None:
    with answering(503, 500, 200) as (bucket, asked):
        B2Storage(bucket, QUICKLY).put_bytes(b"x", KEY, "text/plain")

    assert asked == ["PUT"] * 3
    assert "attempt 1 of 3" in caplog.text
    assert "attempt 2 of 3" in caplog.text


def test_a_server_that_stays_broken_is_given_up() -> None:
    with answering(503) as (bucket, asked), pytest.raises(StorageFailed):
        B2Storage(bucket, QUICKLY).put_bytes(b"x", KEY, "text/plain")

    assert asked == ["PUT"] * 3


def test_a_refusal_is_not_asked_again() -> None:
    with answering(404) as (bucket, asked), pytest.raises(ObjectMissing):
        B2Storage(bucket, QUICKLY).size_bytes(KEY)

    assert asked == ["HEAD"]


def test_nobody_there_is_a_failure_of_the_storage() -> None:
    with answering(200) as (bucket, _):
        pass
    with pytest.raises(StorageFailed):
        B2Storage(bucket, QUICKLY).size_bytes(KEY)


@pytest.mark.parametrize(
    ("endpoint", "region"),
    [
        ("https://s3.us-west-000.backblazeb2.com", "us-west-000"),
        ("https://s3.eu-central-003.backblazeb2.com", "eu-central-003"),
        ("https://s3.eu-west-1.amazonaws.com", "eu-west-1"),
        ("http://127.0.0.1:8333", "us-east-1"),
    ],
)
def test_the_region_is_in_the_endpoint(endpoint: str, region: str) -> None:
    bucket = Bucket(endpoint, "videos", "id", "key")
    url = B2Storage(bucket, Attempts()).signed_url(KEY, media_type="video/mp4", file_name=None, expires_s=60)

    parts = urlsplit(url)
    assert parts.path == f"/videos/{KEY}"  # by path: one origin, whatever the bucket is called
    assert f"/{region}/s3/" in parse_qs(parts.query)["X-Amz-Credential"][0]
