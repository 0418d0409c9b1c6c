"""A video that somebody wants checked."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class VideoStatus(models.TextChoices):
    """Where a video stands between the front door and the final report."""

    UPLOADED = "UPLOADED", _("Uploaded")
    PROCESSING = "PROCESSING", _("Being checked")
    VERIFICATION = "VERIFICATION", _("Waiting for an operator")
    COMPLETED = "COMPLETED", _("Completed")
    FAILED = "FAILED", _("Failed")


class Video(models.Model):
    """One video file. ``sha256`` and ``size_bytes`` identify its bytes; the same bytes may be checked in many runs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=255, help_text=_("File name as the owner knows it"))
    sha256 = models.CharField(max_length=64, db_index=True)
    size_bytes = models.PositiveBigIntegerField()
    status = models.CharField(max_length=16, choices=VideoStatus.choices, default=VideoStatus.UPLOADED)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at", "id")
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    def __str__(self) -> str:
        return self.name
