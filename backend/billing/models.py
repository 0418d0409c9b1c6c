"""The balance and its ledger."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Balance(models.Model):
    """What one person has left. ``reserved_s`` is set aside for runs at work and is not in ``available_s`` any more.

    Changed only by ``UPDATE … WHERE available_s >= …``, so it is never negative however many ask at once.
    """

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="balance")
    available_s = models.PositiveBigIntegerField(default=0)
    reserved_s = models.PositiveBigIntegerField(default=0)
    unlimited = models.BooleanField(default=False, help_text=_("Runs are counted, but never refused"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(available_s__gte=0, reserved_s__gte=0), name="never_negative")
        ]
        verbose_name = _("balance")
        verbose_name_plural = _("balances")

    def __str__(self) -> str:
        return f"{self.owner_id}: {self.available_s} s"


class EntryKind(models.TextChoices):
    GRANT = "GRANT", _("Granted")
    RESERVE = "RESERVE", _("Set aside")
    CHARGE = "CHARGE", _("Charged")
    RETURN = "RETURN", _("Returned")


class LedgerEntry(models.Model):
    """One change, never edited. ``available_change_s`` is signed and sums up to ``Balance.available_s``;
    ``seconds`` is how much the entry is about.

    A run has at most one entry of each kind, so a verb that is repeated changes nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ledger")
    kind = models.CharField(max_length=8, choices=EntryKind.choices)
    seconds = models.PositiveBigIntegerField()
    available_change_s = models.BigIntegerField()
    run_id = models.UUIDField(null=True, blank=True)
    video_name = models.CharField(max_length=255, blank=True, default="")
    note = models.CharField(max_length=255, blank=True, default="")
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-created_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("run_id", "kind"), condition=Q(run_id__isnull=False), name="one_entry_per_run_and_kind"
            ),
            # A run is charged or given back, never both, however late a second worker comes.
            models.UniqueConstraint(
                fields=("run_id",), condition=Q(kind__in=("CHARGE", "RETURN")), name="one_settlement_per_run"
            ),
        ]
        indexes = [models.Index(fields=("owner", "-created_at", "id"), name="ledger_of_owner")]
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")

    def __str__(self) -> str:
        return f"{self.owner_id} {self.kind} {self.seconds} s"
