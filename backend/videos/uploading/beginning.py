"""The first step of an upload, and the way back to one that was begun before."""

from __future__ import annotations

import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from storage.registry import open_storage
from videos.models import Project, Upload, UploadStatus
from videos.uploading.aborting import abort_upload
from videos.uploading.acceptance import accept_size, accept_space, accepted_name
from videos.uploading.digests import checked_sha256
from videos.uploading.part_plan import part_size_bytes
from videos.uploading.refusal import refusing_storage_trouble
from videos.video_formats import MEDIA_TYPES, format_of

_LONGEST_FINGERPRINT = 400  # characters


def begin_upload(
    project: Project, by: User, *, name: str, size_bytes: int, fingerprint: str = "", sha256: str = ""
) -> Upload:
    """An open upload for this file: the one that the same person began in the same project, or a new one.

    ``fingerprint`` is how the sender knows the file again, empty for always a new one. ``sha256``, in hex, is what the
    whole file must have in the end. Raises ``UploadRefused``.
    """
    name = accepted_name(name)
    accept_size(size_bytes)
    sha256 = checked_sha256(sha256)
    fingerprint = fingerprint[:_LONGEST_FINGERPRINT]
    continued = _continued(project, by, fingerprint, size_bytes, sha256)
    if continued is not None:
        return continued
    try:
        return _new_upload(project, by, name, size_bytes, fingerprint, sha256)
    except IntegrityError:  # the same file was begun twice at once
        other = _begun(project, by, fingerprint)
        if other is None:
            raise
        return other


def _begun(project: Project, by: User, fingerprint: str) -> Upload | None:
    if not fingerprint:
        return None
    unfinished = (UploadStatus.OPEN, UploadStatus.FINISHING)
    begun = Upload.objects.filter(project=project, created_by=by, fingerprint=fingerprint, status__in=unfinished)
    return begun.order_by("created_at").first()


def _continued(project: Project, by: User, fingerprint: str, size_bytes: int, sha256: str) -> Upload | None:
    """The upload to go on with. One of a file that has changed since is given up."""
    begun = _begun(project, by, fingerprint)
    if begun is None:
        return None
    other_bytes = bool(sha256 and begun.sha256 and sha256 != begun.sha256)
    if begun.size_bytes != size_bytes or other_bytes:
        abort_upload(begun)
        return None
    Upload.objects.filter(pk=begun.pk).update(touched_at=timezone.now(), sha256=sha256 or begun.sha256)
    begun.refresh_from_db()
    return begun


def _new_upload(project: Project, by: User, name: str, size_bytes: int, fingerprint: str, sha256: str) -> Upload:
    upload_id = uuid.uuid4()
    extension = format_of(name)
    key = original_key(upload_id, extension)
    storage = open_storage()
    with refusing_storage_trouble():
        accept_space(storage, by, size_bytes)
        multipart_id = storage.begin_parts(key, MEDIA_TYPES[extension])
    try:
        with transaction.atomic():
            return Upload.objects.create(
                id=upload_id,
                project=project,
                created_by=by,
                name=name,
                size_bytes=size_bytes,
                part_size_bytes=part_size_bytes(size_bytes),
                fingerprint=fingerprint,
                sha256=sha256,
                storage_key=key,
                multipart_id=multipart_id,
            )
    except IntegrityError:
        with refusing_storage_trouble():
            storage.abort_parts(key, multipart_id)
        raise


def original_key(upload_id: uuid.UUID, extension: str) -> str:
    """Where the bytes will lie. The video takes the upload's id, so the key names the video too."""
    return f"videos/{upload_id}/original.{extension}"
