"""A report as it lies in the database and in storage after a run."""

from __future__ import annotations

import json
import uuid
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from accounts.models import User
from reports.document import ReportDocument
from reports.json_export import export_json
from reports.models import Finding, Report
from storage.registry import open_storage
from videos.artifact_facts import FrameFacts, ReportFacts, ReportPart, ThumbnailFacts, WaveformFacts, to_facts
from videos.models import Artifact, ArtifactKind, Project, Video

WORDS = ("title", "reason", "outcome_title", "cite", "question")


def person(name: str = "owner", **fields: Any) -> User:
    return User.objects.create_user(name, f"{name}@example.org", "correct horse battery", **fields)


def store_report(
    documents: Mapping[str, ReportDocument],
    project: Project,
    *,
    video_file: Path | None = None,
    sprite: tuple[bytes, ThumbnailFacts] | None = None,
    waveform: tuple[bytes, float] | None = None,
    shots: tuple[float, ...] = (),
) -> Report:
    """Everything that the page of a report reads. ``video_file`` is stored as the original, playable one."""
    document = documents["ru"]
    video = Video.objects.create(
        project=project,
        name=document.video.name,
        size_bytes=document.video.size_bytes,
        duration_s=document.video.duration_s,
    )
    keeper = _Keeper(video, uuid.uuid4())
    contents = {language: json.loads(export_json(one)) for language, one in documents.items()}
    for language, content in contents.items():
        text = json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"
        facts = ReportFacts(ReportPart.DOCUMENT, language)
        keeper.keep(ArtifactKind.REPORT, f"report.{language}.json", "application/json", text, to_facts(facts))
    transcript = json.dumps(contents["ru"]["transcript"], ensure_ascii=False).encode()
    facts = ReportFacts(ReportPart.TRANSCRIPT)
    keeper.keep(ArtifactKind.REPORT, "transcript.json", "application/json", transcript, to_facts(facts))
    for moment, uri in {one.evidence.frame_s: one.evidence.thumbnail for one in document.findings}.items():
        if uri is not None:
            picture = b64decode(uri.partition(",")[2])
            facts = FrameFacts(moment, 480, 270)
            keeper.keep(ArtifactKind.FRAME, f"{round(moment * 1000)}.jpg", "image/jpeg", picture, to_facts(facts))
    if sprite is not None:
        keeper.keep(ArtifactKind.THUMBNAILS, "thumbnails.jpg", "image/jpeg", sprite[0], to_facts(sprite[1]))
    if waveform is not None:
        facts = WaveformFacts(waveform[1])
        keeper.keep(ArtifactKind.WAVEFORM, "waveform", "application/octet-stream", waveform[0], to_facts(facts))
    if video_file is not None:
        keeper.keep(ArtifactKind.PROXY, "proxy.mp4", "video/mp4", video_file.read_bytes(), {})
    report = Report.objects.create(
        video=video,
        run_id=keeper.run_id,
        tone="high",
        duration_s=document.video.duration_s,
        width=document.video.width,
        height=document.video.height,
        fps=document.video.fps,
        complete=document.coverage.complete,
        findings_count=len(document.findings),
        action_count=sum(finding.action_needed for finding in document.findings),
        summary={
            language: {name: content[name] for name in ("verdicts", "coverage", "never_checked", "disclaimer")}
            for language, content in contents.items()
        },
        shot_starts_s=list(shots),
        created_at=document.created_at,
    )
    Finding.objects.bulk_create(
        [_row(report, number, contents) for number in range(1, len(document.findings) + 1)], batch_size=500
    )
    return report


class _Keeper:
    """Stores objects of one run of a video."""

    def __init__(self, video: Video, run_id: uuid.UUID) -> None:
        self.video = video
        self.run_id = run_id

    def keep(self, kind: ArtifactKind, name: str, media_type: str, content: bytes, facts: Mapping[str, Any]) -> None:
        key = f"videos/{self.video.pk}/runs/{self.run_id}/{name}"
        open_storage().put_bytes(content, key, media_type)
        Artifact.objects.create(
            video=self.video,
            run_id=self.run_id,
            kind=kind,
            key=key,
            media_type=media_type,
            size_bytes=len(content),
            facts=dict(facts),
        )


def _row(report: Report, number: int, contents: Mapping[str, Mapping[str, Any]]) -> Finding:
    stored = {language: content["findings"][number - 1] for language, content in contents.items()}
    one = stored["ru"]
    source = one["source"] or {"detector": "", "modality": ""}
    severities = ("info", "low", "medium", "high", "critical")
    return Finding(
        report=report,
        number=number,
        ident=one["id"],
        pack=one["pack"],
        rule=one["rule"],
        category=one["category"],
        group=one["category"].split(".")[0],
        severity=one["severity"],
        severity_rank=severities.index(one["severity"]),
        detector=source["detector"],
        modality=source["modality"],
        start_s=one["start_s"],
        end_s=one["end_s"],
        frame_s=one["evidence"]["frame_s"],
        score=one["score"],
        outcome=one["outcome"] or "",
        action_needed=one["action_needed"],
        human=one["human"],
        fixes=one["fixes"],
        quote=one["evidence"]["text"] or "",
        texts={language: {word: finding[word] for word in WORDS} for language, finding in stored.items()},
        evidence={name: value for name, value in one["evidence"].items() if name != "thumbnail"},
    )
