"""A project: whose videos these are, and how they are judged."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Project(models.Model):
    """Videos that are judged alike. Deleting hides it (``deleted_at``); nothing of it is lost."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="projects")
    name = models.CharField(_("name"), max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "id")
        indexes = [models.Index(fields=("owner", "-created_at", "id"), name="projects_of_owner")]
        verbose_name = _("project")
        verbose_name_plural = _("projects")

    def __str__(self) -> str:
        return self.name


class ProjectSettings(models.Model):
    """One version of a project's settings; a change is a new row, and every run names the row it was judged by.

    ``packs`` are pack ids in the order of the report. ``thresholds`` maps a category group (``Category.group``) to the
    least score, 0..1, below which its observations do not count. ``dictionaries`` maps ``profanity``, ``brands``,
    ``stopwords`` to the text of a dictionary file that replaces the installation's. ``mailed`` are further e-mail
    addresses beside the owner's. ``visual`` is how frames are shown first: ``blurred`` (category groups),
    ``grayscale``, ``muted`` (booleans). Their types are in ``videos.project_settings``.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="settings_versions")
    number = models.PositiveIntegerField()
    packs = models.JSONField(default=list)
    thresholds = models.JSONField(default=dict, blank=True)
    dictionaries = models.JSONField(default=dict, blank=True)
    mailed = models.JSONField(default=list, blank=True)
    visual = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("project", "-number")
        constraints = [models.UniqueConstraint(fields=("project", "number"), name="one_settings_per_number")]
        verbose_name = _("project settings")
        verbose_name_plural = _("project settings")

    def __str__(self) -> str:
        return f"{self.project_id} v{self.number}"
