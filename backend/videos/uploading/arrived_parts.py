"""Which parts of an upload are there: the way on after a break."""

from __future__ import annotations

from dataclasses import dataclass

from storage.base import ObjectMissing
from storage.registry import open_storage
from videos.models import Upload, UploadStatus
from videos.uploading.part_plan import plan_of
from videos.uploading.refusal import refusing_storage_trouble


@dataclass(frozen=True, slots=True)
class ArrivedPart:
    """``sha256`` is empty for parts that went straight to a bucket, ``etag`` for those that came to this machine."""

    number: int
    size_bytes: int
    sha256: str = ""
    etag: str = ""


def arrived_parts(upload: Upload) -> tuple[ArrivedPart, ...]:
    """Whole parts in the order of their numbers; none when the upload is closed."""
    if upload.status not in (UploadStatus.OPEN, UploadStatus.FINISHING) or not upload.multipart_id:
        return ()
    storage = open_storage()
    if not storage.is_remote:
        rows = upload.parts.order_by("number").values_list("number", "size_bytes", "sha256")
        return tuple(ArrivedPart(*row) for row in rows)
    plan = plan_of(upload)
    try:
        with refusing_storage_trouble():
            stored = storage.stored_parts(upload.storage_key, upload.multipart_id)
    except ObjectMissing:
        return ()
    return tuple(
        ArrivedPart(number, size_bytes, etag=etag)
        for number, (size_bytes, etag) in sorted(stored.items())
        if plan.has(number) and size_bytes == plan.length(number)
    )
