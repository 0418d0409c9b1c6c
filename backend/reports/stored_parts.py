"""Where the parts of a report lie in storage: documents, transcript, frames, thumbnails, loudness, the video itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidence import Span
from reports.document import Language, Transcript
from reports.document_parsing import parse_part
from reports.models import Report
from storage.base import ObjectMissing, Storage
from videos.artifact_facts import FrameFacts, ReportFacts, ReportPart, ThumbnailFacts, WaveformFacts
from videos.models import Artifact, ArtifactKind


@dataclass(frozen=True, slots=True)
class Thumbnails:
    artifact: Artifact
    facts: ThumbnailFacts


@dataclass(frozen=True, slots=True)
class Speech:
    """Of a stored transcript only when its segments are."""

    segments: tuple[Span, ...]


class StoredParts:
    """The stored objects of one report, found with one query and opened when they are asked for."""

    def __init__(self, report: Report, storage: Storage) -> None:
        self._report = report
        self._storage = storage
        kept = Artifact.objects.filter(video_id=report.video_id, deleted_at=None).exclude(kind=ArtifactKind.FRAME)
        self._artifacts = [artifact for artifact in kept if artifact.run_id in (None, report.run_id)]

    def document(self, language: Language) -> Iterator[bytes]:
        """The document as UTF-8 JSON, in chunks. Raises ``ObjectMissing`` when this language was not stored."""
        return self._storage.read(self._report_part(ReportPart.DOCUMENT, language).key)

    def transcript(self, segments_max: int | None = None) -> Transcript:
        """The whole, or its first segments. Raises ``ObjectMissing``."""
        content = self._transcript()
        return parse_part(Transcript, {**content, "segments": content["segments"][:segments_max]})

    def speech(self) -> Speech:
        """When somebody speaks, without the words, which are most of the work. Raises ``ObjectMissing``."""
        return parse_part(Speech, self._transcript())

    def thumbnails(self) -> Thumbnails | None:
        artifact = self._one(ArtifactKind.THUMBNAILS)
        return None if artifact is None else Thumbnails(artifact, ThumbnailFacts.of(artifact.facts))

    def poster(self) -> Artifact | None:
        return self._one(ArtifactKind.POSTER)

    def waveform(self) -> tuple[WaveformFacts, bytes] | None:
        artifact = self._one(ArtifactKind.WAVEFORM)
        if artifact is None:
            return None
        return WaveformFacts.of(artifact.facts), b"".join(self._storage.read(artifact.key))

    def _transcript(self) -> Any:
        return json.loads(b"".join(self._storage.read(self._report_part(ReportPart.TRANSCRIPT, "").key)))

    def _report_part(self, part: ReportPart, language: str) -> Artifact:
        wanted = ReportFacts(part, language)
        for artifact in self._artifacts:
            if artifact.kind == ArtifactKind.REPORT and ReportFacts.of(artifact.facts) == wanted:
                return artifact
        raise ObjectMissing(f"{part} {language} of report {self._report.pk}")

    def _one(self, kind: ArtifactKind) -> Artifact | None:
        """The newest of its kind: a proxy may have been made again."""
        return max(
            (artifact for artifact in self._artifacts if artifact.kind == kind),
            key=lambda artifact: artifact.created_at,
            default=None,
        )


def frame_moments(report: Report) -> frozenset[int]:
    """The moments, in milliseconds, of which a frame is kept."""
    return frozenset(_milliseconds(frame) for frame in _frames(report))


def frame_at(report: Report, moment_ms: int) -> Artifact:
    """The frame of one moment. Raises ``ObjectMissing``."""
    for frame in _frames(report):
        if _milliseconds(frame) == moment_ms:
            return frame
    raise ObjectMissing(f"frame at {moment_ms} ms of report {report.pk}")


def _frames(report: Report) -> Iterator[Artifact]:
    """At most ``exhibits.MAX_PICTURES``."""
    return iter(
        Artifact.objects.filter(
            video_id=report.video_id, run_id=report.run_id, kind=ArtifactKind.FRAME, deleted_at=None
        ).only("key", "facts", "media_type")
    )


def _milliseconds(frame: Artifact) -> int:
    return round(FrameFacts.of(frame.facts).frame_s * 1000)
