"""Static files over the whole stack of middleware."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.test import Client

# An answer's end closes what the process has of database connections, although no file needs one.
pytestmark = pytest.mark.django_db

CSS = Path(__file__).resolve().parents[2] / "backend" / "web" / "static" / "web" / "app.css"


@pytest.fixture
def client() -> Client:
    return Client()


def body(response) -> bytes:  # type: ignore[no-untyped-def]
    return response.getvalue()


def test_a_style_leaves_compressed_for_whoever_can_read_it(client: Client) -> None:
    response = client.get("/static/web/app.css", headers={"Accept-Encoding": "br, gzip"})

    sent = body(response)
    assert response.headers["Content-Encoding"] == "gzip"
    assert int(response.headers["Content-Length"]) == len(sent) < CSS.stat().st_size / 2
    assert gzip.decompress(sent) == CSS.read_bytes()
    assert response.headers["Content-Type"].startswith("text/css")
    assert "Accept-Encoding" in response.headers["Vary"]


def test_others_get_it_as_it_is(client: Client) -> None:
    response = client.get("/static/web/app.css")

    assert not response.has_header("Content-Encoding")
    assert body(response) == CSS.read_bytes()
    assert "Accept-Encoding" in response.headers["Vary"]


def test_what_is_not_there_is_not_there(client: Client) -> None:
    assert client.get("/static/web/none.css", headers={"Accept-Encoding": "gzip"}).status_code == 404
    assert client.get("/static/../settings.js", headers={"Accept-Encoding": "gzip"}).status_code == 404
