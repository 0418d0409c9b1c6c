"""Videos as rows of the library: what is known of each, in a number of queries that does not grow with the rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from accounts.models import User
from pipeline.models import PipelineRun, RunStatus
from pipeline.run_view import RunView, view_of_run
from reports.models import Report
from videos.access import changeable_projects
from videos.file_urls import file_url
from videos.models import Artifact, ArtifactKind, Video

UNFINISHED = (RunStatus.QUEUED, RunStatus.RUNNING)


@dataclass(frozen=True, slots=True)
class VideoRow:
    """``run`` is the one under way; ``is_waiting`` when it has not begun. ``report_id`` is the newest report's.
    ``may_change`` is about the person who looks."""

    video: Video
    poster_url: str
    run: RunView | None
    is_waiting: bool
    report_id: UUID | None
    may_change: bool

    @property
    def is_active(self) -> bool:
        return self.is_waiting or self.run is not None


def rows_of(videos: Sequence[Video], person: User) -> tuple[VideoRow, ...]:
    ids = [video.pk for video in videos]
    projects = {video.project_id for video in videos}
    changeable = set(changeable_projects(person).filter(pk__in=projects).values_list("pk", flat=True))
    posters = poster_urls(ids)
    runs = {run.video_id: run for run in _unfinished_runs(ids)}
    reports = _newest_reports(ids)
    return tuple(
        VideoRow(
            video=video,
            poster_url=posters.get(video.pk, ""),
            run=_view(runs.get(video.pk)),
            is_waiting=video.pk in runs and runs[video.pk].status == RunStatus.QUEUED,
            report_id=reports.get(video.pk),
            may_change=video.project_id in changeable,
        )
        for video in videos
    )


def poster_urls(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Address of each video's small picture, by video."""
    posters = Artifact.objects.filter(video__in=list(ids), kind=ArtifactKind.POSTER, deleted_at=None)
    newest = {poster.video_id: poster for poster in posters.order_by("created_at")}
    return {video_id: file_url(poster.key, poster.media_type) for video_id, poster in newest.items()}


def _unfinished_runs(ids: Sequence[UUID]) -> Iterable[PipelineRun]:
    return PipelineRun.objects.filter(video__in=ids, status__in=UNFINISHED).prefetch_related("steps")


def _view(run: PipelineRun | None) -> RunView | None:
    """A waiting run has nothing to show, and its place in the line would cost a query a row."""
    return view_of_run(run) if run is not None and run.status == RunStatus.RUNNING else None


def _newest_reports(ids: Sequence[UUID]) -> dict[UUID, UUID]:
    reports = Report.objects.filter(video__in=ids).order_by("created_at", "number").values_list("video_id", "pk")
    return dict(reports)
