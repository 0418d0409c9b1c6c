"""Where a part is sent to."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from storage.registry import open_storage
from videos.models import Upload, UploadSource, UploadStatus
from videos.uploading.part_plan import plan_of
from videos.uploading.refusal import UploadProblem, UploadRefused, refusing_storage_trouble

EXPIRES_S = 60 * 60
"""Long enough for 64 MiB over a slow line; an expired address is asked for again."""


def part_url(upload: Upload, number: int) -> str:
    """The bucket's own signed address, for one PUT of exactly this part; or ours when this machine keeps the parts."""
    if upload.status != UploadStatus.OPEN or upload.source != UploadSource.PARTS:
        raise UploadRefused(UploadProblem.CLOSED)
    plan = plan_of(upload)
    if not plan.has(number):
        raise UploadRefused(UploadProblem.NO_SUCH_PART, number=number, count=plan.count)
    storage = open_storage()
    if not storage.is_remote:
        return reverse("api-upload-part", args=(upload.pk, number))
    Upload.objects.filter(pk=upload.pk, status=UploadStatus.OPEN).update(touched_at=timezone.now())
    with refusing_storage_trouble():
        return storage.part_url(
            upload.storage_key, upload.multipart_id, number, plan.length(number), expires_s=EXPIRES_S
        )
