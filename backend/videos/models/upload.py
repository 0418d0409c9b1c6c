"""An upload in parts, which survives both ends being restarted."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from videos.models.project import Project
from videos.models.video import Video


class UploadStatus(models.TextChoices):
    OPEN = "OPEN", _("Being uploaded")
    FINISHING = "FINISHING", _("Being put together")
    FINISHED = "FINISHED", _("Uploaded")
    ABORTED = "ABORTED", _("Aborted")
    FAILED = "FAILED", _("Failed")


class UploadSource(models.TextChoices):
    PARTS = "PARTS", _("From a file")
    URL = "URL", _("From an address")


class Upload(models.Model):
    """One file on its way in.

    ``fingerprint`` is how a browser recognises a file it began before (name, size, time of change); ``sha256`` is what
    the sender says the whole file has. ``multipart_id`` is the bucket's own name of the upload. For ``URL``,
    ``received_bytes`` is progress and ``size_bytes`` 0 until the other side says. ``error`` is a stable code and
    ``error_details`` the numbers for its sentence.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="uploads")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=8, choices=UploadSource.choices, default=UploadSource.PARTS)
    status = models.CharField(max_length=16, choices=UploadStatus.choices, default=UploadStatus.OPEN)
    name = models.CharField(max_length=255)
    size_bytes = models.PositiveBigIntegerField(default=0)
    part_size_bytes = models.PositiveIntegerField(default=0)
    fingerprint = models.CharField(max_length=400, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    source_url = models.URLField(max_length=2000, blank=True, default="")
    received_bytes = models.PositiveBigIntegerField(default=0)
    storage_key = models.CharField(max_length=255)
    multipart_id = models.CharField(max_length=400, blank=True, default="")
    video = models.OneToOneField(Video, on_delete=models.SET_NULL, null=True, blank=True, related_name="upload")
    error = models.CharField(max_length=64, blank=True, default="")
    error_details = models.JSONField(default=dict, blank=True)
    claimed_by = models.CharField(max_length=128, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("-created_at", "id")
        indexes = [
            models.Index(fields=("project", "status", "-created_at"), name="uploads_of_project"),
            models.Index(fields=("status", "touched_at"), name="stale_uploads"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("project", "created_by", "fingerprint"),
                condition=models.Q(status__in=(UploadStatus.OPEN, UploadStatus.FINISHING)) & ~models.Q(fingerprint=""),
                name="one_unfinished_upload_per_file",
            )
        ]
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")

    def __str__(self) -> str:
        return self.name


class UploadPart(models.Model):
    """One part that has arrived whole. ``number`` counts from 1; ``etag`` is the bucket's receipt."""

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, blank=True, default="")
    etag = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        ordering = ("upload", "number")
        constraints = [models.UniqueConstraint(fields=("upload", "number"), name="one_row_per_part")]

    def __str__(self) -> str:
        return f"{self.upload_id} part {self.number}"
