"""One part that comes through the web server."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from storage.base import ObjectMissing
from storage.local import LocalStorage
from storage.received_part import PartCutShort, PartDiffers, Readable
from storage.registry import open_storage
from videos.models import Upload, UploadPart, UploadSource, UploadStatus
from videos.uploading.acceptance import accept_bytes_now
from videos.uploading.digests import checked_sha256
from videos.uploading.part_plan import plan_of
from videos.uploading.refusal import UploadProblem, UploadRefused, refusing_storage_trouble


def store_part(upload: Upload, number: int, stream: Readable, length: int, sha256: str | None = None) -> UploadPart:
    """Take part ``number`` from ``stream``, whole and right or not at all. A part may come again and replaces itself.

    ``length`` is what the sender says in advance, in bytes; nothing is read from the stream when it is wrong.
    ``sha256``, in hex, is what the part must have. Raises ``UploadRefused``.
    """
    storage = open_storage()
    if not isinstance(storage, LocalStorage):
        raise UploadRefused(UploadProblem.PARTS_GO_ELSEWHERE)
    if upload.status != UploadStatus.OPEN or upload.source != UploadSource.PARTS:
        raise UploadRefused(UploadProblem.CLOSED)
    plan = plan_of(upload)
    if not plan.has(number):
        raise UploadRefused(UploadProblem.NO_SUCH_PART, number=number, count=plan.count)
    if length != plan.length(number):
        raise UploadRefused(UploadProblem.PART_LENGTH, size_bytes=length, expected_bytes=plan.length(number))
    digest = checked_sha256(sha256 or "") or None
    with refusing_storage_trouble():
        accept_bytes_now(storage, 2 * length)  # it is kept apart before it is put in its place
    try:
        with (
            refusing_storage_trouble(),
            storage.received_part(stream, length, digest) as part,
            storage.locked_parts(upload.multipart_id) as file,
        ):
            _forget(upload, number)
            file.place(part, plan.offset(number))
            return _remember(upload, number, length, part.sha256)
    except PartCutShort as error:
        raise UploadRefused(UploadProblem.PART_CUT_SHORT) from error
    except PartDiffers as error:
        raise UploadRefused(UploadProblem.PART_DIFFERS, number=number) from error
    except ObjectMissing as error:
        raise UploadRefused(UploadProblem.CLOSED) from error


def _forget(upload: Upload, number: int) -> None:
    """From here until it is written again, the part counts as missing. Raises when the upload was closed meanwhile."""
    with transaction.atomic():
        still_open = Upload.objects.filter(pk=upload.pk, status=UploadStatus.OPEN)
        if not still_open.update(touched_at=timezone.now()):
            raise UploadRefused(UploadProblem.CLOSED)
        UploadPart.objects.filter(upload=upload, number=number).delete()


def _remember(upload: Upload, number: int, size_bytes: int, sha256: str) -> UploadPart:
    with transaction.atomic():
        part = UploadPart.objects.create(upload=upload, number=number, size_bytes=size_bytes, sha256=sha256)
        received = UploadPart.objects.filter(upload=upload).aggregate(total=Sum("size_bytes"))["total"]
        Upload.objects.filter(pk=upload.pk).update(received_bytes=received, touched_at=timezone.now())
    return part
