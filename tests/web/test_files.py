"""Files by signed address: who gets them, how long, and in which pieces."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from storage.registry import open_storage
from videos.file_urls import file_url

KEY = "videos/0001/original.mp4"
CONTENT = b"0123456789" * 100_000


@pytest.fixture
def url(tmp_path: Path, settings: Any) -> str:
    settings.DATA_DIR = tmp_path
    open_storage().put_bytes(CONTENT, KEY, "video/mp4")
    return file_url(KEY, "video/mp4")


@pytest.fixture
def noon() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(datetime(2026, 5, 4, 12, tzinfo=UTC), tick=False) as clock:
        yield clock


def body(response: Any) -> bytes:
    return bytes(response.getvalue())


def test_the_whole_file(client: Client, url: str) -> None:
    response = client.get(url)

    assert response.status_code == 200
    assert response["Content-Type"] == "video/mp4"
    assert response["Content-Length"] == str(len(CONTENT))
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Disposition"] == "inline"
    assert response["Cache-Control"].startswith("private")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "script-src" not in response["Content-Security-Policy"]
    assert body(response) == CONTENT


@pytest.mark.parametrize(
    ("header", "start", "end"),
    [("bytes=0-9", 0, 10), ("bytes=999990-", 999_990, 1_000_000), ("bytes=-5", 999_995, 1_000_000)],
)
def test_a_range(client: Client, url: str, header: str, start: int, end: int) -> None:
    response = client.get(url, headers={"Range": header})

    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {start}-{end - 1}/1000000"
    assert response["Content-Length"] == str(end - start)
    assert body(response) == CONTENT[start:end]


def test_several_ranges_get_the_whole(client: Client, url: str) -> None:
    response = client.get(url, headers={"Range": "bytes=0-1,5-6"})

    assert response.status_code == 200
    assert body(response) == CONTENT


def test_a_range_behind_the_end(client: Client, url: str) -> None:
    response = client.get(url, headers={"Range": "bytes=1000000-"})

    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */1000000"
    assert response["ETag"]


def test_only_the_head(client: Client, url: str) -> None:
    response = client.head(url, headers={"Range": "bytes=0-9"})

    assert response.status_code == 200
    assert response["Content-Length"] == str(len(CONTENT))
    assert body(response) == b""


def test_if_range(client: Client, url: str) -> None:
    first = client.head(url)
    same = [first["ETag"], first["Last-Modified"]]
    other = ['"another"', f"W/{first['ETag']}", "Mon, 01 Jan 2024 00:00:00 GMT", "nonsense", '"']

    for condition in same:
        response = client.get(url, headers={"Range": "bytes=0-9", "If-Range": condition})
        assert (response.status_code, body(response)) == (206, CONTENT[:10])
    for condition in other:
        response = client.get(url, headers={"Range": "bytes=0-9", "If-Range": condition})
        assert (response.status_code, len(body(response))) == (200, len(CONTENT))


def test_what_the_reader_has_is_not_sent_again(client: Client, url: str) -> None:
    first = client.head(url)

    for condition in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        response = client.get(url, headers=condition)
        assert (response.status_code, body(response)) == (304, b"")
        assert response["ETag"] == first["ETag"]


def test_replaced_bytes_have_another_etag(client: Client, url: str) -> None:
    first = client.head(url)["ETag"]
    open_storage().put_bytes(CONTENT, KEY, "video/mp4")

    assert client.head(url)["ETag"] != first


@pytest.mark.parametrize("name", ["ролик «1».mp4", 'a"b\\c.mp4', "plain.mp4", "../../etc/passwd"])
def test_a_name_makes_browsers_save(client: Client, url: str, name: str) -> None:
    response = client.head(file_url(KEY, "video/mp4", file_name=name))

    header = Message()
    header["Content-Disposition"] = response["Content-Disposition"]
    assert header.get_content_disposition() == "attachment"
    assert "\n" not in response["Content-Disposition"]
    assert response["Content-Disposition"].isascii()


def test_an_address_ends(client: Client, url: str, noon: time_machine.Coordinates) -> None:
    short = file_url(KEY, "video/mp4", expires_s=60)
    noon.shift(timedelta(seconds=59))
    assert client.head(short).status_code == 200
    noon.shift(timedelta(seconds=2))
    assert client.head(short).status_code == 404


def test_nobody_makes_an_address_of_their_own(client: Client, url: str) -> None:
    token = url.removeprefix("/files/")
    payload, rest = token.split(":", 1)
    for changed in (f"{payload}x:{rest}", token[:-1] + ("A" if token[-1] != "A" else "B"), "nonsense", "a:b:c", ""):
        assert client.get(f"/files/{changed}").status_code == 404


def test_a_deleted_file(client: Client, url: str) -> None:
    open_storage().delete(KEY)

    assert client.get(url).status_code == 404


def test_only_reading(client: Client, url: str) -> None:
    assert client.post(url).status_code == 405
    assert client.put(url).status_code == 405


def test_an_empty_file(client: Client, url: str) -> None:
    open_storage().put_bytes(b"", KEY, "video/mp4")

    assert body(client.get(url)) == b""
    assert client.get(url, headers={"Range": "bytes=0-"}).status_code == 416
