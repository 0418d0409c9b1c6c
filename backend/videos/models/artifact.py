"""Every object in storage, and what it is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from videos.models.video import Video


class ArtifactKind(models.TextChoices):
    ORIGINAL = "ORIGINAL", _("The video as it was uploaded")
    PROXY = "PROXY", _("The video as browsers can play it")
    POSTER = "POSTER", _("Small picture for the library")
    THUMBNAILS = "THUMBNAILS", _("Thumbnails along the timeline")
    WAVEFORM = "WAVEFORM", _("Loudness along the timeline")
    FRAME = "FRAME", _("Frame of a finding")
    OBSERVATIONS = "OBSERVATIONS", _("What the detectors noticed")
    ANALYSIS = "ANALYSIS", _("What the run found out about the video")
    REPORT = "REPORT", _("Report")


class Artifact(models.Model):
    """``run_id`` is the run that made it, empty for the original. ``key`` is its name in storage."""

    video = models.ForeignKey(Video, on_delete=models.PROTECT, related_name="artifacts")
    run_id = models.UUIDField(null=True, blank=True)
    kind = models.CharField(max_length=16, choices=ArtifactKind.choices)
    key = models.CharField(max_length=255, unique=True)
    media_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True, default="")
    facts = models.JSONField(default=dict, blank=True, help_text=_("Numbers that its reader needs"))
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("video", "kind", "key")
        indexes = [models.Index(fields=("video", "run_id", "kind"), name="artifacts_of_run")]
        verbose_name = _("artifact")
        verbose_name_plural = _("artifacts")

    def __str__(self) -> str:
        return self.key
