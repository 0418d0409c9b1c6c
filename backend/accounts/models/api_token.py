"""Tokens of the API: named, scoped, expiring, kept as a hash and shown once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken


class Scope(models.TextChoices):
    """What a token may do; a person can do all that their role allows."""

    READ = "read", _("Read videos, reports and settings")
    UPLOAD = "upload", _("Upload videos, start and stop checks")
    MANAGE = "manage", _("Change projects, share links and webhooks")
    ADMIN = "admin", _("Administer people and minutes")


class ApiToken(AbstractAuthToken):  # type: ignore[misc]  # knox has no types
    """``scopes`` is a list of ``Scope`` values; knox keeps the digest, the first characters and the expiry."""

    name = models.CharField(max_length=100)
    scopes = models.JSONField(default=list)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created",)
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return f"{self.name} ({self.token_key}…)"
