"""Videos and reports to read through the API."""

from __future__ import annotations

import uuid
from dataclasses import replace

from tests.reports import sample_report

from reports.models import Report
from reports.playback import Playback
from reports.publishing import RunResult, publish
from storage.registry import open_storage
from videos.models import Artifact, ArtifactKind, Project, Video

BYTES = b"not really a video"


def a_video(project: Project, name: str = "episode.mp4") -> Video:
    """A video whose bytes are in storage."""
    video = Video.objects.create(project=project, name=name, size_bytes=len(BYTES), uploaded_by=project.owner)
    video.storage_key = f"videos/{video.pk}/original.mp4"
    video.save()
    open_storage().put_bytes(BYTES, video.storage_key, "video/mp4")
    Artifact.objects.create(
        video=video,
        kind=ArtifactKind.ORIGINAL,
        key=video.storage_key,
        media_type="video/mp4",
        size_bytes=len(BYTES),
    )
    return video


def a_report(video: Video, *, playback: Playback = Playback.ORIGINAL) -> Report:
    """The sample report, published as a run does it."""
    russian, english = sample_report.build("ru"), sample_report.build("en")
    documents = {
        "ru": replace(russian, video=replace(russian.video, name=video.name)),
        "en": replace(english, video=replace(english.video, name=video.name)),
    }
    result = RunResult(uuid.uuid4(), documents, (0.0, 4.0), {}, playback, ())
    return publish(video, result, open_storage())
