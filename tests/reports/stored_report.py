"""A report as it lies in the database and in storage after a run."""

from __future__ import annotations

import uuid
from base64 import b64decode
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from accounts.models import User
from reports.document import Language, ReportDocument
from reports.models import Report
from reports.playback import Playback
from reports.publishing import ResultFile, RunResult, publish
from storage.registry import open_storage
from videos.artifact_facts import FrameFacts, ThumbnailFacts, WaveformFacts, to_facts
from videos.models import ArtifactKind, Project, Video


def person(name: str = "owner", **fields: Any) -> User:
    return User.objects.create_user(name, f"{name}@example.org", "correct horse battery", **fields)


def store_report(
    documents: Mapping[Language, ReportDocument],
    project: Project,
    *,
    video_file: Path | None = None,
    sprite: tuple[bytes, ThumbnailFacts] | None = None,
    waveform: tuple[bytes, float] | None = None,
    shots: tuple[float, ...] = (),
    playback: Playback = Playback.PROXY,
) -> Report:
    """Everything that the page of a report reads. ``video_file`` is stored as the copy that browsers play."""
    document = documents["ru"]
    video = Video.objects.create(
        project=project,
        name=document.video.name,
        size_bytes=document.video.size_bytes,
        duration_s=document.video.duration_s,
    )
    files = list(_frames(document))
    if sprite is not None:
        files.append(
            ResultFile(ArtifactKind.THUMBNAILS, "thumbnails.jpg", "image/jpeg", sprite[0], to_facts(sprite[1]))
        )
    if waveform is not None:
        facts = to_facts(WaveformFacts(waveform[1]))
        files.append(ResultFile(ArtifactKind.WAVEFORM, "waveform", "application/octet-stream", waveform[0], facts))
    if video_file is not None:
        files.append(ResultFile(ArtifactKind.PROXY, "proxy.mp4", "video/mp4", video_file))
    result = RunResult(
        run_id=uuid.uuid4(),
        documents=documents,
        shot_starts_s=shots,
        thresholds={},
        playback=playback,
        files=files,
    )
    return publish(video, result, open_storage())


def _frames(document: ReportDocument) -> Iterator[ResultFile]:
    for moment, uri in {one.evidence.frame_s: one.evidence.thumbnail for one in document.findings}.items():
        if uri is not None:
            picture = b64decode(uri.partition(",")[2])
            facts = to_facts(FrameFacts(moment, 480, 270))
            yield ResultFile(ArtifactKind.FRAME, f"frames/{round(moment * 1000)}.jpg", "image/jpeg", picture, facts)
