"""The result of a run becomes what the site and the API read: rows, and objects in storage. Nothing else is needed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from reports.document import Language, ReportDocument
from reports.finding_rows import finding_rows
from reports.json_export import export_json
from reports.models import Finding, Report
from reports.playback import Playback
from reports.tones import report_tone, verdict_tone
from storage.base import Storage
from videos.artifact_facts import ReportFacts, ReportPart, to_facts
from videos.models import Artifact, ArtifactKind, Video

LANGUAGES: tuple[Language, ...] = ("ru", "en")

_HASH_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A file of the run that is kept. ``name`` is relative, of the characters that storage keys have."""

    kind: ArtifactKind
    name: str
    media_type: str
    content: Path | bytes
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunResult:
    """What one run says. ``documents`` are the same report in every language of ``LANGUAGES``; ``thresholds`` are the
    least scores by category group that it was judged under, ``playback`` is what a player may play."""

    run_id: UUID
    documents: Mapping[Language, ReportDocument]
    shot_starts_s: Sequence[float]
    thresholds: Mapping[str, float]
    playback: Playback
    files: Sequence[ResultFile]


class NotWanted(Exception):
    """The run was ended while its files were stored: there is to be no report of it."""


def publish(video: Video, result: RunResult, storage: Storage, is_wanted: Callable[[], bool] = lambda: True) -> Report:
    """Store the files, then the rows in one transaction. Safe to repeat: a run has one report.

    ``is_wanted`` is asked inside that transaction. Raises ``NotWanted``, ``StorageFailed``, and ``OSError`` when a file
    of the run cannot be read.
    """
    stored = {language: export_json(document) for language, document in result.documents.items()}
    files = (*_report_files(stored), *result.files)
    artifacts = [_store(file, video, result.run_id, storage) for file in files]
    documents = {language: json.loads(text) for language, text in stored.items()}
    with transaction.atomic():
        known = Report.objects.filter(run_id=result.run_id).first()
        if known is not None:
            return known
        if not is_wanted():
            raise NotWanted
        Artifact.objects.filter(video=video, run_id=result.run_id).delete()
        Artifact.objects.bulk_create(artifacts)
        report = Report.objects.create(**_report_columns(video, result, documents))
        rows = finding_rows(report, result.documents["ru"].findings, documents)
        Finding.objects.bulk_create(rows, batch_size=500)
        Video.objects.filter(pk=video.pk).update(**_library_columns(result.documents))
    return report


def _report_files(stored: Mapping[Language, str]) -> Iterable[ResultFile]:
    for language, text in stored.items():
        facts = to_facts(ReportFacts(ReportPart.DOCUMENT, language))
        name = f"report.{language}.json"
        yield ResultFile(ArtifactKind.REPORT, name, "application/json", text.encode(), facts)
    transcript = json.dumps(json.loads(stored["ru"])["transcript"], ensure_ascii=False).encode()
    facts = to_facts(ReportFacts(ReportPart.TRANSCRIPT))
    yield ResultFile(ArtifactKind.REPORT, "transcript.json", "application/json", transcript, facts)


def _store(file: ResultFile, video: Video, run_id: UUID, storage: Storage) -> Artifact:
    key = f"videos/{video.pk}/runs/{run_id}/{file.name}"
    if isinstance(file.content, bytes):
        storage.put_bytes(file.content, key, file.media_type)
        size_bytes, sha256 = len(file.content), hashlib.sha256(file.content).hexdigest()
    else:
        storage.put_file(file.content, key, file.media_type)
        size_bytes, sha256 = file.content.stat().st_size, _sha256(file.content)
    return Artifact(
        video=video,
        run_id=run_id,
        kind=file.kind,
        key=key,
        media_type=file.media_type,
        size_bytes=size_bytes,
        sha256=sha256,
        facts=dict(file.facts),
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _report_columns(video: Video, result: RunResult, documents: Mapping[Language, Mapping[str, Any]]) -> dict[str, Any]:
    document = result.documents["ru"]
    spoken = ("verdicts", "coverage", "never_checked", "disclaimer", "timing", "product")
    summary: dict[str, Any] = {language: {name: documents[language][name] for name in spoken} for language in documents}
    summary["thresholds"] = dict(result.thresholds)
    summary["playback"] = result.playback.value
    return {
        "video": video,
        "run_id": result.run_id,
        "tone": report_tone(document),
        "duration_s": document.video.duration_s,
        "width": document.video.width,
        "height": document.video.height,
        "fps": document.video.fps,
        "complete": document.coverage.complete,
        "findings_count": len(document.findings),
        "action_count": sum(finding.action_needed for finding in document.findings),
        "summary": summary,
        "shot_starts_s": list(result.shot_starts_s),
        "created_at": document.created_at,
    }


def _library_columns(documents: Mapping[Language, ReportDocument]) -> dict[str, Any]:
    """What the library repeats of the newest report."""
    document = documents["ru"]
    severities = {finding.id: finding.severity for finding in document.findings}
    verdicts = [
        {
            "pack": verdict.pack,
            "outcome": verdict.outcome,
            "title": {language: documents[language].verdicts[place].outcome_title for language in documents},
            "tone": verdict_tone(verdict, (severities[finding] for finding in verdict.because)),
        }
        for place, verdict in enumerate(document.verdicts)
    ]
    return {
        "duration_s": document.video.duration_s,
        "tone": report_tone(document),
        "verdicts": verdicts,
        "findings_count": len(document.findings),
        "action_count": sum(finding.action_needed for finding in document.findings),
    }
