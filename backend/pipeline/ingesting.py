"""Videos from addresses: fetched by a worker, then checked like any other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import cast

from django.db.models import Q
from django.utils import timezone

from pipeline.claims import SILENT_AFTER, is_dead_here
from pipeline.starting import CheckUnderWay, start_run
from reports.document import Language
from videos.models import Upload, UploadSource, UploadStatus, Video, VideoStatus
from videos.uploading import UploadRefused
from videos.url_ingest import IngestStopped, run_ingest

_log = logging.getLogger(__name__)

_UNFINISHED = Q(
    source=UploadSource.URL, status__in=(UploadStatus.OPEN, UploadStatus.FINISHING), project__deleted_at=None
)


def ingest_next(owner: str, stopping: Callable[[], bool]) -> bool:
    """Fetch the next video that waits and put it in line for a check; false when none waits."""
    upload = _take(owner)
    if upload is None:
        return False
    try:
        _start(run_ingest(upload, stopping), upload)
    except UploadRefused as refusal:
        _log.info("upload %s was not fetched: %s", upload.pk, refusal.problem)
    except IngestStopped:
        _log.info("fetching of upload %s was stopped", upload.pk)
    finally:
        Upload.objects.filter(pk=upload.pk, claimed_by=owner).update(claimed_by="")
    return True


def start_ingested() -> int:
    """Start the checks of fetched videos whose worker was killed before it could; returns how many."""
    forgotten = Video.objects.filter(
        status=VideoStatus.UPLOADED,
        deleted_at=None,
        project__deleted_at=None,
        upload__source=UploadSource.URL,
        upload__status=UploadStatus.FINISHED,
        upload__claimed_by="",
        runs=None,
    ).select_related("upload__created_by")
    for video in forgotten:
        _start(video, video.upload)
    return len(forgotten)


def _take(owner: str) -> Upload | None:
    """The one that waits for longest and that nobody fetches, or whose worker is gone.

    Each try touches it, so one that goes wrong again and again keeps nobody waiting.
    """
    for upload in Upload.objects.filter(_UNFINISHED).order_by("touched_at", "id")[:50]:
        silent = upload.touched_at < timezone.now() - SILENT_AFTER
        if upload.claimed_by and not silent and not is_dead_here(upload.claimed_by):
            continue
        mine = Upload.objects.filter(_UNFINISHED, pk=upload.pk, claimed_by=upload.claimed_by)
        if mine.update(claimed_by=owner, touched_at=timezone.now()):
            return Upload.objects.select_related("created_by", "project").get(pk=upload.pk)
    return None


def _start(video: Video, upload: Upload) -> None:
    by = upload.created_by
    with suppress(CheckUnderWay):  # somebody was faster
        start_run(video, by, cast(Language, by.language))
