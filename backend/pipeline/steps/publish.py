"""publish_report: the report in every language, as rows and objects. Afterwards nobody needs the run's files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

import cv2

from media.rejection import ReadingStopped
from pipeline.analysis import Analysis, load_analysis
from pipeline.facts import detection_from_json
from pipeline.failures import PACK_UNUSABLE, STORAGE, STORAGE_SILENT
from pipeline.job import Done, Failure, Job, Outcome
from pipeline.judging import reports_of
from pipeline.models import PipelineRun, RunStatus
from pipeline.step_names import PLAYBACK, PUBLISH, detector_of
from pipeline.steps.playback import NO_PLAYBACK, PlaybackFacts
from policy.loading import load_packs
from policy.pack_problems import PackInvalid, UnknownPack
from reports.document import ReportDocument
from reports.product import VERSION
from reports.publishing import LANGUAGES, NotWanted, ResultFile, RunResult, publish
from storage.base import StorageFailed, StorageFull
from storage.registry import open_storage
from videos.artifact_facts import FrameFacts, to_facts
from videos.models import ArtifactKind


def publish_report(job: Job) -> Mapping[str, Outcome]:
    """Leaves the report's id and its numbers of findings."""
    workspace, directory = job.workspace, job.workspace.directory
    analysis = load_analysis(directory.analysis)
    try:
        packs = load_packs(workspace.packs, workspace.pack_dirs)
    except (UnknownPack, PackInvalid):
        return {PUBLISH: Failure(PACK_UNUSABLE)}
    documents = reports_of(analysis, directory.kept, packs, languages=LANGUAGES, product_version=VERSION)
    playback = _playback(job)
    result = RunResult(
        run_id=job.run_id,
        documents=documents,
        shot_starts_s=_shot_starts_s(job),
        thresholds=analysis.thresholds,
        playback=playback.playback,
        files=(
            *_frames(documents["ru"], job),
            *_observations(analysis, job),
            *(file.result_file(directory.playback) for file in playback.files),
        ),
    )
    video = PipelineRun.objects.select_related("video").get(pk=job.run_id).video
    try:
        report = publish(video, result, open_storage(), lambda: _is_running(job.run_id))
    except NotWanted as ended:
        raise ReadingStopped from ended
    except StorageFull as trouble:
        return {PUBLISH: Failure(STORAGE, {"reason": str(trouble)})}
    except StorageFailed as trouble:
        return {PUBLISH: Failure(STORAGE_SILENT, {"reason": str(trouble)})}
    numbers = {"findings": report.findings_count, "action_needed": report.action_count}
    return {PUBLISH: Done({"report": str(report.pk), **numbers})}


def _is_running(run_id: UUID) -> bool:
    """Whoever ends the run meanwhile waits for the report to be whole: nobody gets one whose minutes went back."""
    return PipelineRun.objects.select_for_update().filter(pk=run_id, status=RunStatus.RUNNING).first() is not None


def _playback(job: Job) -> PlaybackFacts:
    settled = job.settled[PLAYBACK]
    return NO_PLAYBACK if settled.error is not None else PlaybackFacts.of(settled.facts)


def _shot_starts_s(job: Job) -> tuple[float, ...]:
    """Every detector that looks at frames saw the same reading."""
    for name, step in job.settled.items():
        if detector_of(name) is not None and step.error is None:
            reading = detection_from_json(step.facts).reading
            if reading is not None:
                return reading.shot_starts_s
    return ()


def _frames(document: ReportDocument, job: Job) -> Iterable[ResultFile]:
    """The frames that findings show, each once."""
    directory = job.workspace.directory
    for frame_s in sorted({finding.evidence.frame_s for finding in document.findings}):
        path = directory.frame(frame_s)
        picture = cv2.imread(str(path)) if path.is_file() else None
        if picture is not None:
            facts = to_facts(FrameFacts(frame_s, picture.shape[1], picture.shape[0]))
            yield ResultFile(ArtifactKind.FRAME, f"frames/{path.name}", "image/jpeg", path, facts)


def _observations(analysis: Analysis, job: Job) -> Iterable[ResultFile]:
    """What it takes to judge the run again."""
    directory = job.workspace.directory
    for name in analysis.observation_files:
        path = directory.kept / "observations" / name
        yield ResultFile(ArtifactKind.OBSERVATIONS, f"observations/{name}", "application/x-ndjson", path)
    yield ResultFile(ArtifactKind.ANALYSIS, "analysis.json", "application/json", directory.analysis)
