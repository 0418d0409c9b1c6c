"""Videos from an address, named in the form of the upload page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from pipeline.ingesting import ingest_next
from videos.models import Project, Upload, Video
from videos.projects import create_project

sys.path.insert(0, str(Path(__file__).parents[1] / "outbound"))
from hostile_servers import HostileServer, ok, sending, serving

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(settings: Any) -> Iterator[HostileServer]:
    """Gives a video; its address may be asked although it is on this machine."""
    with serving(sending(ok(b"0" * 10_000, "Content-Type: video/mp4"))) as server:
        settings.OUTBOUND_ALLOWED_HOSTS = (server.host,)
        yield server


@pytest.fixture
def project() -> Project:
    anna = User.objects.create_user("anna", "anna@example.org", "a long password", language="en")
    return create_project(anna, "Channel")


@pytest.fixture
def browser(project: Project) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(project.owner)
    return client


def name_address(browser: Client, project: Project, url: str) -> str:
    assert reverse("upload-address") in browser.get(reverse("upload")).text
    return browser.post(reverse("upload-address"), {"project": project.pk, "url": url}, follow=True).text


def test_a_named_address_is_fetched_and_then_checked(browser: Client, project: Project, server: HostileServer) -> None:
    page = name_address(browser, project, f"{server.url}/episode.mp4")
    assert "The address is noted" in page
    assert "In line to be fetched" in page

    assert ingest_next("worker", lambda: False)
    video = Video.objects.get()
    assert (video.project, video.size_bytes, video.runs.count()) == (project, 10_000, 1)
    library = browser.get(reverse("project", args=(project.pk,))).text
    assert "In line to be fetched" not in library
    assert "In line" in library


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/film.mp4", "file:///etc/passwd", "film", ""])
def test_an_address_that_may_not_be_asked_is_refused_at_once(browser: Client, project: Project, url: str) -> None:
    page = name_address(browser, project, url)
    assert "The address is noted" not in page
    assert 'class="toast error"' in page
    assert not Upload.objects.exists()
