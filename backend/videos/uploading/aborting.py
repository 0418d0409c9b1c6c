"""Giving an upload up."""

from __future__ import annotations

from django.utils import timezone

from storage.base import ObjectMissing
from storage.local import LocalStorage
from storage.registry import open_storage
from videos.models import Upload, UploadSource, UploadStatus
from videos.uploading.refusal import UploadProblem, UploadRefused, refusing_storage_trouble

_UNFINISHED = (UploadStatus.OPEN, UploadStatus.FINISHING, UploadStatus.FAILED)


def abort_upload(upload: Upload) -> None:
    """Free all that the upload holds. Repeating it does nothing; a finished upload is refused (delete the video).

    A download from an address stops at its next piece.
    """
    storage = open_storage()
    with refusing_storage_trouble():
        if upload.source == UploadSource.PARTS and isinstance(storage, LocalStorage):
            _abort_here(storage, upload)
        else:
            _close(upload)
            storage.delete(upload.storage_key)  # whoever was finishing may have been killed after the bytes were whole
        if upload.multipart_id:
            storage.abort_parts(upload.storage_key, upload.multipart_id)
    upload.parts.all().delete()


def _abort_here(storage: LocalStorage, upload: Upload) -> None:
    """Somebody who finishes at the same time is waited for: then there is a video, and nothing to abort."""
    try:
        with storage.locked_parts(upload.multipart_id):
            _close(upload)
    except ObjectMissing:
        _close(upload)
        storage.delete(upload.storage_key)


def _close(upload: Upload) -> None:
    closed = Upload.objects.filter(pk=upload.pk, status__in=_UNFINISHED)
    closed.update(status=UploadStatus.ABORTED, touched_at=timezone.now())
    upload.refresh_from_db()
    if upload.status != UploadStatus.ABORTED:
        raise UploadRefused(UploadProblem.CLOSED)
