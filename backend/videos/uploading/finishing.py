"""The last step of an upload: all parts are there and right, and a video comes of it, exactly once."""

from __future__ import annotations

from django.utils import timezone

from storage.base import ObjectMissing, Storage
from storage.local import LocalStorage
from storage.parts_file import FileDigests, PartsFile
from storage.registry import open_storage
from videos.models import Upload, UploadPart, UploadSource, UploadStatus, Video
from videos.uploading.arrived_parts import arrived_parts
from videos.uploading.digests import checked_sha256
from videos.uploading.making_video import make_video
from videos.uploading.part_plan import plan_of
from videos.uploading.refusal import UploadProblem, UploadRefused, refusing_storage_trouble


def finish_upload(upload: Upload, sha256: str = "") -> Video:
    """The video that comes of the upload; asked again, the same one.

    ``sha256``, in hex, is what the whole file must have, unless it was said at the beginning. When something is wrong
    the upload stays open. A bucket's bytes are not read here: the worker does, and rejects what differs.
    Raises ``UploadRefused``.
    """
    if upload.source != UploadSource.PARTS:
        raise UploadRefused(UploadProblem.CLOSED)
    declared = checked_sha256(sha256)
    if declared and upload.sha256 and declared != upload.sha256:
        raise UploadRefused(UploadProblem.FILE_DIFFERS)
    declared = declared or upload.sha256
    storage = open_storage()
    with refusing_storage_trouble():
        if isinstance(storage, LocalStorage):
            return _finish_here(storage, upload, declared)
        return _finish_in_bucket(storage, upload, declared)


def _finish_here(storage: LocalStorage, upload: Upload, declared: str) -> Video:
    """Nobody else changes the parts meanwhile; who waited finds the file gone to its place."""
    try:
        with storage.locked_parts(upload.multipart_id) as file:
            _claim(upload)
            _need_all(upload, set(upload.parts.values_list("number", flat=True)))
            whole = _checked(upload, file, declared)
            storage.finish_parts(upload.storage_key, upload.multipart_id, {}, upload.size_bytes)
            return make_video(upload, whole)
    except ObjectMissing:
        return _finished_before(storage, upload, declared)


def _finished_before(storage: LocalStorage, upload: Upload, declared: str) -> Video:
    """Somebody finished it, or was killed between giving the file its name and writing the video down."""
    _claim(upload)
    if upload.video is not None:
        return upload.video
    try:
        with storage.finished_file(upload.storage_key) as file:
            return make_video(upload, _checked(upload, file, declared))
    except ObjectMissing as error:
        raise UploadRefused(UploadProblem.CLOSED) from error


def _finish_in_bucket(storage: Storage, upload: Upload, declared: str) -> Video:
    _claim(upload)
    if upload.video is not None:
        return upload.video
    etags = {part.number: part.etag for part in arrived_parts(upload)}
    try:
        completed = not etags and storage.size_bytes(upload.storage_key) == upload.size_bytes
    except ObjectMissing:
        completed = False
    if not completed:
        _need_all(upload, set(etags))
    storage.finish_parts(upload.storage_key, upload.multipart_id, etags, upload.size_bytes)
    return make_video(upload, declared)


def _claim(upload: Upload) -> None:
    """Parts are no longer taken from here on. Taken up again when somebody was killed at it."""
    claimed = Upload.objects.filter(pk=upload.pk, status=UploadStatus.OPEN)
    claimed.update(status=UploadStatus.FINISHING, touched_at=timezone.now())
    upload.refresh_from_db()
    if upload.status not in (UploadStatus.FINISHING, UploadStatus.FINISHED):
        raise UploadRefused(UploadProblem.CLOSED)


def _reopen(upload: Upload) -> None:
    Upload.objects.filter(pk=upload.pk, status=UploadStatus.FINISHING).update(status=UploadStatus.OPEN)
    upload.refresh_from_db()


def _need_all(upload: Upload, arrived: set[int]) -> None:
    missing = [number for number in range(1, plan_of(upload).count + 1) if number not in arrived]
    if missing:
        _reopen(upload)
        raise UploadRefused(UploadProblem.PARTS_MISSING, count=len(missing), first=missing[0])


def _checked(upload: Upload, file: PartsFile, declared: str) -> str:
    """The SHA-256 of the whole file, which is the declared one; parts that are not as they came count as missing."""
    digests = file.digests(upload.part_size_bytes)
    spoilt = _spoilt_parts(upload, digests)
    if spoilt or (declared and digests.whole != declared):
        UploadPart.objects.filter(upload=upload, number__in=spoilt).delete()
        _reopen(upload)
        raise UploadRefused(UploadProblem.FILE_DIFFERS)
    return digests.whole


def _spoilt_parts(upload: Upload, digests: FileDigests) -> list[int]:
    came = dict(upload.parts.values_list("number", "sha256"))
    found = dict(enumerate(digests.parts, start=1))
    return [number for number, sha256 in came.items() if found.get(number) != sha256]
