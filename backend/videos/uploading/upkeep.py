"""What the worker's clock does for uploads that were left alone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from storage.local import LocalStorage
from storage.registry import open_storage
from videos.models import Upload, UploadSource, UploadStatus
from videos.uploading.aborting import abort_upload
from videos.uploading.finishing import finish_upload
from videos.uploading.refusal import UploadRefused

_log = logging.getLogger(__name__)

STALE_AFTER = timedelta(days=7)
INTERRUPTED_AFTER = timedelta(minutes=10)
_LEFTOVERS_AFTER = STALE_AFTER + timedelta(days=1)  # later than the upload that a file may belong to


def abort_stale_uploads() -> int:
    """Give up uploads that no part came to for a week; the number of them."""
    stale = Upload.objects.filter(
        status=UploadStatus.OPEN, source=UploadSource.PARTS, touched_at__lt=timezone.now() - STALE_AFTER
    )
    count = sum(_done(abort_upload, upload) for upload in stale)
    storage = open_storage()
    if isinstance(storage, LocalStorage):
        storage.clear_leftovers(older_than_s=_LEFTOVERS_AFTER.total_seconds())
    return count


def finish_interrupted_uploads() -> int:
    """Finish uploads whose finishing was killed and that nobody asked for again; the number of them."""
    interrupted = Upload.objects.filter(
        status=UploadStatus.FINISHING, source=UploadSource.PARTS, touched_at__lt=timezone.now() - INTERRUPTED_AFTER
    )
    return sum(_done(finish_upload, upload) for upload in interrupted)


def _done(verb: Callable[[Upload], object], upload: Upload) -> bool:
    """One upload that resists does not keep the others waiting."""
    try:
        verb(upload)
    except UploadRefused as error:
        _log.warning("upload %s: %s", upload.pk, error.problem)
        return False
    return True
