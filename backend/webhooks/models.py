"""Who is told, and every attempt to tell them."""

from __future__ import annotations

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from videos.models import Project


class Event(models.TextChoices):
    RUN_FINISHED = "run.finished", _("A check is finished")
    RUN_FAILED = "run.failed", _("A check failed")
    REPORT_FINAL = "report.final", _("A report is final")
    PING = "ping", _("A test")


SUBSCRIBABLE = (Event.RUN_FINISHED, Event.RUN_FAILED, Event.REPORT_FINAL)
"""A test is sent when somebody asks for one."""


class Endpoint(models.Model):
    """An address of a customer's. ``secret`` is shared with them: it signs what is sent, so it is kept as it is.

    After a rotation messages are signed with ``previous_secret`` too, until ``previous_secret_until``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="webhooks")
    url = models.URLField(max_length=2000)
    secret = models.CharField(max_length=100)
    previous_secret = models.CharField(max_length=100, blank=True, default="")
    previous_secret_until = models.DateTimeField(null=True, blank=True)
    events = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "id")
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        """Without path and query: some receivers keep a key there."""
        return urlsplit(self.url).hostname or "—"


class DeliveryStatus(models.TextChoices):
    PENDING = "PENDING", _("Waiting")
    DELIVERED = "DELIVERED", _("Delivered")
    FAILED = "FAILED", _("Given up")


class Delivery(models.Model):
    """One message to one endpoint; its ``id`` is the message's, so a receiver can tell a repetition.

    ``subject_id`` is the run or report it is about. ``error`` is a stable code when no answer came.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=32, choices=Event.choices)
    subject_id = models.UUIDField()
    payload = models.JSONField()
    status = models.CharField(max_length=16, choices=DeliveryStatus.choices, default=DeliveryStatus.PENDING)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField()
    response_status = models.PositiveSmallIntegerField(null=True, blank=True)
    error = models.CharField(max_length=64, blank=True, default="")
    replay_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replays")
    created_at = models.DateTimeField(auto_now_add=True)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("endpoint", "event", "subject_id"),
                condition=models.Q(replay_of__isnull=True),
                name="one_delivery_per_subject",
            )
        ]
        indexes = [models.Index(fields=("status", "next_attempt_at"), name="due_deliveries")]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")

    def __str__(self) -> str:
        return f"{self.event} {self.status}"
