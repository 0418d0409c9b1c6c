"""Deleting videos so that it can be undone."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from videos.models import Video


def delete_video(video: Video, by: User) -> None:
    """Hide a video and its reports; ``restore_video`` brings them back until the files are cleaned away."""
    Video.objects.filter(pk=video.pk, deleted_at=None).update(deleted_at=timezone.now(), deleted_by=by)


def restore_video(video: Video) -> None:
    Video.objects.filter(pk=video.pk).update(deleted_at=None, deleted_by=None)
