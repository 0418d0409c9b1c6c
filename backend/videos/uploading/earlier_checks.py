"""Whether somebody brings a file that is here already."""

from __future__ import annotations

from accounts.models import User
from videos.access import visible_videos
from videos.models import Video
from videos.uploading.digests import checked_sha256

_MOST = 20


def earlier_checks(person: User, sha256: str, size_bytes: int) -> list[Video]:
    """Videos with exactly these bytes that the person may see, newest first; none when the digest is not known."""
    digest = checked_sha256(sha256)
    if not digest:
        return []
    same = visible_videos(person).filter(sha256=digest, size_bytes=size_bytes)
    return list(same.select_related("project").order_by("-created_at", "id")[:_MOST])
