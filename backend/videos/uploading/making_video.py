"""From a finished upload to a video."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from storage.registry import open_storage
from videos.models import Artifact, ArtifactKind, Upload, UploadStatus, Video
from videos.uploading.refusal import UploadProblem, UploadRefused
from videos.video_formats import MEDIA_TYPES, format_of


def make_video(upload: Upload, sha256: str) -> Video:
    """The video of an upload whose object is in place; one upload makes one, whoever asks and however often.

    The video takes the upload's id. When the upload was aborted meanwhile its object is removed.
    """
    with transaction.atomic():
        won = Upload.objects.filter(pk=upload.pk, status=UploadStatus.FINISHING).update(
            status=UploadStatus.FINISHED, sha256=sha256, received_bytes=upload.size_bytes, touched_at=timezone.now()
        )
        if won:
            _write_down(upload, sha256)
    upload.refresh_from_db()
    if upload.video is not None:
        return upload.video
    if upload.status == UploadStatus.ABORTED:
        open_storage().delete(upload.storage_key)
    raise UploadRefused(UploadProblem.CLOSED)


def _write_down(upload: Upload, sha256: str) -> None:
    video = Video.objects.create(
        id=upload.pk,
        project=upload.project,
        name=upload.name,
        sha256=sha256,
        size_bytes=upload.size_bytes,
        storage_key=upload.storage_key,
        source_url=upload.source_url,
        uploaded_by=upload.created_by,
    )
    Artifact.objects.create(
        video=video,
        kind=ArtifactKind.ORIGINAL,
        key=upload.storage_key,
        media_type=MEDIA_TYPES[format_of(upload.storage_key)],
        size_bytes=upload.size_bytes,
        sha256=sha256,
    )
    Upload.objects.filter(pk=upload.pk).update(video=video)
    upload.parts.all().delete()
