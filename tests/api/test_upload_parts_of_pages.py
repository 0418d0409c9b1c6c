"""Parts that a page of the site sends, with the session of its reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from videos.models import Project
from videos.uploading import begin_upload, part_url


def test_a_page_sends_parts_with_its_csrf_token(anna: User, project: Project, tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    upload = begin_upload(project, anna, name="a.mp4", size_bytes=5)
    page = Client(enforce_csrf_checks=True)
    page.force_login(anna, backend="accounts.authentication.EmailOrUsernameBackend")
    token = "k" * 32
    page.cookies["csrftoken"] = token

    refused = page.put(part_url(upload, 1), b"hello", content_type="application/octet-stream")
    taken = page.put(
        part_url(upload, 1), b"hello", content_type="application/octet-stream", headers={"X-CSRFToken": token}
    )

    assert part_url(upload, 1) == reverse("api-upload-part", args=(upload.pk, 1))
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf-failed")
    assert (taken.status_code, taken.json()["size_bytes"]) == (200, 5)
