"""A video that somebody wants checked."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from videos.folded_name import FoldedNameField
from videos.models.project import Project


class VideoStatus(models.TextChoices):
    """Where a video stands between the front door and the final report."""

    UPLOADED = "UPLOADED", _("Uploaded")
    PROCESSING = "PROCESSING", _("Being checked")
    VERIFICATION = "VERIFICATION", _("Waiting for an operator")
    COMPLETED = "COMPLETED", _("Completed")
    FAILED = "FAILED", _("Failed")
    CANCELLED = "CANCELLED", _("Cancelled")


class Video(models.Model):
    """One video file. ``sha256`` and ``size_bytes`` identify its bytes; the same bytes may be checked in many runs.

    ``project`` is empty for a file of this machine that ``./compliance check`` read where it lies; ``storage_key`` is
    where the bytes of all others are kept. ``sha256`` is what the bytes have, or what the uploader said of them until a
    worker has read them; empty when nobody said. From ``duration_s`` on the newest report is repeated for the library:
    ``tone`` is the gravest severity among what needs action, ``gap`` when something was not checked, ``clear``
    otherwise, empty before the first report; ``verdicts`` is a list of ``{pack, outcome, title: {ru, en}, tone}``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="videos")
    name = models.CharField(max_length=255, help_text=_("File name as the owner knows it"))
    name_folded = FoldedNameField()
    sha256 = models.CharField(max_length=64, db_index=True, blank=True, default="")
    size_bytes = models.PositiveBigIntegerField()
    status = models.CharField(max_length=16, choices=VideoStatus.choices, default=VideoStatus.UPLOADED)
    storage_key = models.CharField(max_length=255, blank=True, default="")
    source_url = models.URLField(max_length=2000, blank=True, default="")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    duration_s = models.FloatField(null=True, blank=True)
    tone = models.CharField(max_length=8, blank=True, default="")
    verdicts = models.JSONField(default=list, blank=True)
    findings_count = models.PositiveIntegerField(default=0)
    action_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-created_at", "id")
        indexes = [
            models.Index(fields=("project", "-created_at", "id"), name="videos_of_project"),
            models.Index(fields=("-created_at", "id"), name="videos_newest_first"),
            models.Index(fields=("name_folded", "id"), name="videos_by_name"),
        ]
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    def __str__(self) -> str:
        return self.name
