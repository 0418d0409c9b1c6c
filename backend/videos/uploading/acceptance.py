"""What is known to be wrong with a file before any of its bytes are taken."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Sum

from accounts.models import User
from storage.base import Storage
from videos.models import Upload, UploadPart, UploadSource, UploadStatus
from videos.uploading.part_plan import LARGEST_FILE_BYTES
from videos.uploading.refusal import UploadProblem, UploadRefused
from videos.video_formats import bare_name, format_of

_KEPT_FREE_BYTES = 256 * 1024**2
"""The database, logs and reports must still be written when the last upload has come."""


def largest_file_bytes() -> int:
    return min(settings.MAX_VIDEO_FILE_SIZE, LARGEST_FILE_BYTES)


def accepted_name(name: str) -> str:
    """The bare name of a file whose format is allowed."""
    bare = bare_name(name)
    if not bare:
        raise UploadRefused(UploadProblem.NAME_MISSING)
    extension = format_of(bare)
    if extension not in settings.ALLOWED_VIDEO_FORMATS:
        allowed = ", ".join(settings.ALLOWED_VIDEO_FORMATS)
        raise UploadRefused(UploadProblem.FORMAT_NOT_ALLOWED, format=extension, allowed_formats=allowed)
    return bare


def accept_size(size_bytes: int) -> None:
    if size_bytes <= 0:
        raise UploadRefused(UploadProblem.EMPTY)
    if size_bytes > largest_file_bytes():
        raise UploadRefused(UploadProblem.TOO_LARGE, size_bytes=size_bytes, max_size_bytes=largest_file_bytes())


def accept_space(storage: Storage, by: User, size_bytes: int) -> None:
    """Whether the file still fits in beside what the person has announced before.

    What others have announced does not count: else anybody could fill the disk by words alone.
    """
    accept_bytes_now(storage, size_bytes + _announced_bytes(by))


def accept_bytes_now(storage: Storage, size_bytes: int) -> None:
    """Whether so much may be written and the product still has room for its own."""
    free = storage.free_bytes()
    if free is not None and free - _KEPT_FREE_BYTES < size_bytes:
        raise UploadRefused(UploadProblem.NO_SPACE)


def _announced_bytes(by: User) -> int:
    """What is still to come of the person's open uploads."""
    still_open = Upload.objects.filter(status=UploadStatus.OPEN, source=UploadSource.PARTS, created_by=by)
    announced = still_open.aggregate(total=Sum("size_bytes"))["total"] or 0
    arrived = UploadPart.objects.filter(upload__in=still_open).aggregate(total=Sum("size_bytes"))["total"] or 0
    return max(0, announced - arrived)
