"""The state of every run and step. The database decides: whoever delivers work (a thread, Celery) asks here first."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from videos.models import ProjectSettings, Video


class RunStatus(models.TextChoices):
    """``QUEUED`` waits for a worker; ``./compliance check`` begins its runs as ``RUNNING``."""

    QUEUED = "QUEUED", _("Waiting for a worker")
    RUNNING = "RUNNING", _("Running")
    COMPLETED = "COMPLETED", _("Completed")
    FAILED = "FAILED", _("Failed")
    CANCELLED = "CANCELLED", _("Cancelled")


class StepStatus(models.TextChoices):
    PENDING = "PENDING", _("Waiting")
    RUNNING = "RUNNING", _("Running")
    COMPLETED = "COMPLETED", _("Completed")
    FAILED = "FAILED", _("Failed")


class PipelineRun(models.Model):
    """One analysis of one video. History is kept: a new analysis is a new row with the next ``number``.

    ``signature`` is the sha256 of everything that shapes the observations (models, dictionaries, sampling): an
    unfinished run is taken up again only under the same one. ``packs`` and ``language`` shape the report alone.
    ``settings_version`` is the version of the project's settings that it is judged by. ``cancel_requested_at`` asks the
    worker to stop. ``error`` is a stable code and ``error_details`` the numbers for its sentence.

    Only runs that somebody started on the site have ``started_by``: workers take those, and a video has at most one
    that is not over. ``claimed_by`` names the worker and ``heartbeat_at`` says that it is alive. A run that has to wait
    (the disk is full) is ``QUEUED`` and is not taken before ``not_before``. ``preview`` is what is known while the run
    is at work (``pipeline.preview``).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=16, choices=RunStatus.choices, default=RunStatus.RUNNING)
    signature = models.CharField(max_length=64)
    packs = models.JSONField(default=list)
    language = models.CharField(max_length=8, default="ru")
    settings_version = models.ForeignKey(ProjectSettings, on_delete=models.PROTECT, null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=64, blank=True, default="")
    error_details = models.JSONField(default=dict, blank=True)
    claimed_by = models.CharField(max_length=128, blank=True, default="")
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    preview = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("video", "number"), name="one_run_per_number"),
            models.UniqueConstraint(
                fields=("video",),
                condition=models.Q(status__in=("QUEUED", "RUNNING"), started_by__isnull=False),
                name="one_unfinished_run_per_video",
            ),
        ]
        indexes = [models.Index(fields=("status", "created_at"), name="runs_by_status")]
        verbose_name = _("run")
        verbose_name_plural = _("runs")

    def __str__(self) -> str:
        return f"{self.video_id} #{self.number}"


class StepRun(models.Model):
    """One step of one run.

    ``attempt`` is the fencing number: it grows with every claim, and a step settles only under the attempt that claimed
    it, so a late loser cannot overwrite. ``failures`` counts crashes and errors against the step's allowed tries.
    ``facts`` is what the step wants remembered (JSON). ``error`` is a stable code and ``error_details`` the numbers for
    its sentence; neither holds a path or a traceback.
    """

    run = models.ForeignKey(PipelineRun, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=64)
    status = models.CharField(max_length=16, choices=StepStatus.choices, default=StepStatus.PENDING)
    attempt = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    claimed_by = models.CharField(max_length=128, blank=True, default="")
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    progress = models.FloatField(default=0.0)
    facts = models.JSONField(default=dict, blank=True)
    error = models.CharField(max_length=64, blank=True, default="")
    error_details = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("run", "id")
        constraints = [models.UniqueConstraint(fields=("run", "name"), name="one_row_per_step")]
        indexes = [models.Index(fields=("status", "heartbeat_at"), name="silent_steps")]
        verbose_name = _("step")
        verbose_name_plural = _("steps")

    def __str__(self) -> str:
        return f"{self.run_id} {self.name}"
