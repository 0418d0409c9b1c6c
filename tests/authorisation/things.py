"""One of everything that an address can name, all of it the owner's."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib.auth.tokens import default_token_generator
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from tests.api.library_for_tests import a_report, a_video

from accounts.models import ApiToken, Session, User
from accounts.open_sessions import open_sessions
from pipeline.starting import start_run
from reports.sharing import address_token, create_link
from videos.file_urls import file_url
from videos.models import Project, Upload
from webhooks.announcing import ping
from webhooks.models import Endpoint, Event


def make_things(people: dict[str, User]) -> dict[str, object]:
    """By the name that addresses give it; ``route:name`` where a name means something else on one route."""
    owner = people["owner"]
    project = Project.objects.create(owner=owner, name="Обзоры")
    video = a_video(project)
    report = a_report(video)
    finding = report.findings.order_by("number").first()
    assert finding is not None
    run = start_run(a_video(project, "second.mp4"), owner)
    upload = Upload.objects.create(
        project=project, created_by=owner, name="1.mp4", size_bytes=8, part_size_bytes=8, storage_key="uploads/1"
    )
    link = create_link(report, owner, 7, "for a lawyer", with_video=True)
    endpoint = Endpoint.objects.create(
        project=project,
        url="https://example.org/",
        secret="whsec_c2VjcmV0LW9mLXRoZS1lbmRwb2ludA==",
        events=[Event.RUN_FINISHED],
        created_by=owner,
    )
    token, _secret = ApiToken.objects.create(owner, expiry=timedelta(days=1), name="монтаж", scopes=["read"])
    Session.objects.create(
        session_key=uuid.uuid4().hex, session_data="", user=owner, expire_date=timezone.now() + timedelta(days=1)
    )
    uid = urlsafe_base64_encode(force_bytes(owner.pk))
    return {
        "project_id": project.pk,
        "video_id": video.pk,
        "run_id": run.pk,
        "report_id": report.pk,
        "upload_id": upload.pk,
        "link_id": link.pk,
        "webhook_id": endpoint.pk,
        "delivery_id": ping(endpoint).pk,
        "number": 1,
        "moment_ms": round(finding.frame_s * 1000),
        "format": "json",
        "format_name": "json",
        "code": "not-found",
        "person_id": people["operator"].pk,
        "token_id": token.digest[:32],
        "digest": token.digest,
        "session_id": open_sessions(owner)[0].id,
        "token": address_token(link),
        "file:token": file_url(video.storage_key, "video/mp4").rsplit("/", 1)[-1],
        "password-reset-confirm:token": default_token_generator.make_token(owner),
        "uidb64": uid,
    }
