"""A file of this machine becomes a video of a project, as if it had been uploaded."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path

from django.db import transaction

from accounts.models import User
from storage.registry import open_storage
from videos.models import Artifact, ArtifactKind, Project, Video
from videos.uploading.beginning import original_key
from videos.video_formats import MEDIA_TYPES, format_of


def import_file(project: Project, by: User, path: Path, name: str) -> Video:
    """``name`` is what the owner will know it by. Raises ``OSError``, ``StorageFailed``."""
    video_id = uuid.uuid4()
    kind = format_of(name)
    key = original_key(video_id, kind)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    size_bytes = path.stat().st_size
    open_storage().put_file(path, key, MEDIA_TYPES[kind])
    with transaction.atomic():
        video = Video.objects.create(
            id=video_id,
            project=project,
            name=name,
            sha256=sha256,
            size_bytes=size_bytes,
            storage_key=key,
            uploaded_by=by,
        )
        Artifact.objects.create(
            video=video,
            kind=ArtifactKind.ORIGINAL,
            key=key,
            media_type=MEDIA_TYPES[kind],
            size_bytes=size_bytes,
            sha256=sha256,
        )
    return video
