"""One of everything that an address can name, all of it the owner's."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.contrib.auth.tokens import default_token_generator
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from tests.api.library_for_tests import a_report, a_video

from accounts.models import ApiToken, Session, User
from accounts.open_sessions import open_sessions
from pipeline.starting import start_run
from reports.models import Report
from reports.sharing import address_token, create_link
from storage.registry import open_storage
from videos.artifact_facts import FrameFacts, to_facts
from videos.file_urls import file_url
from videos.models import Artifact, ArtifactKind, Project, ProjectSettings, Upload, UploadSource, Video
from videos.uploading import begin_upload
from webhooks.announcing import ping
from webhooks.models import Endpoint, Event


def make_things(people: dict[str, User]) -> dict[str, Any]:
    """By the name that addresses give it; ``route:name`` where a name means something else on one route.

    ``route:form`` is what has to be sent there.
    """
    owner = people["owner"]
    project = Project.objects.create(owner=owner, name="Обзоры")
    ProjectSettings.objects.create(project=project, number=1, packs=["ru-ads"])
    video = a_video(project)
    report = a_report(video)
    _store_frame(report, moment_s=1.5)
    run = start_run(a_video(project, "second.mp4"), owner)
    upload = begin_upload(project, owner, name="1.mp4", size_bytes=8)
    deleted = Project.objects.create(owner=owner, name="Старое", deleted_at=timezone.now())
    deleted_video = Video.objects.create(project=project, name="3.mp4", size_bytes=1, deleted_at=timezone.now())
    fetched = Upload.objects.create(
        project=project, created_by=owner, source=UploadSource.URL, name="2.mp4", storage_key="uploads/2"
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
        "moment_ms": 1500,
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
        "project-restore:project_id": deleted.pk,
        "api-project-restore:project_id": deleted.pk,
        "api-video-restore:video_id": deleted_video.pk,
        "upload-address-end:upload_id": fetched.pk,
        # What forms name instead of the address
        "upload:form": {"project": project.pk},
        "upload-address:form": {"project": project.pk, "url": "https://127.0.0.1/video.mp4"},
    }


def _store_frame(report: Report, moment_s: float) -> None:
    key = f"videos/{report.video_id}/runs/{report.run_id}/frame.jpg"
    open_storage().put_bytes(b"a picture", key, "image/jpeg")
    Artifact.objects.create(
        video=report.video,
        run_id=report.run_id,
        kind=ArtifactKind.FRAME,
        key=key,
        media_type="image/jpeg",
        size_bytes=9,
        facts=to_facts(FrameFacts(moment_s, 480, 270)),
    )
