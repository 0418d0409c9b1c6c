"""The versions of a project's settings: the newest judges, the older ones say how earlier runs were judged."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from accounts.models import User
from videos.models import Project, ProjectSettings
from videos.settings_problems import SettingsInvalid, problems_of
from videos.settings_values import (
    CATEGORY_GROUPS,
    SettingsValues,
    VisualDefaults,
    changed_fields,
    default_values,
    to_row,
    values_of,
)

__all__ = [
    "CATEGORY_GROUPS",
    "SettingsChanged",
    "SettingsInvalid",
    "SettingsValues",
    "VisualDefaults",
    "changed_fields",
    "current_settings",
    "default_values",
    "save_settings",
    "to_row",
    "values_of",
]


class SettingsChanged(Exception):
    """Somebody saved a newer version than the one that the change was made on."""


def current_settings(project: Project) -> ProjectSettings:
    """The newest version; a project that has none gets the installation's as its first."""
    newest = project.settings_versions.order_by("-number").first()
    if newest is not None:
        return newest
    first, _is_new = ProjectSettings.objects.get_or_create(project=project, number=1, defaults=to_row(default_values()))
    return first


def save_settings(project: Project, values: SettingsValues, by: User, based_on: int | None = None) -> ProjectSettings:
    """Save as a new version; values that change nothing make none and the newest is returned.

    ``based_on`` is the number of the version that was edited: ``SettingsChanged`` when it is not the newest any more.
    Raises ``SettingsInvalid`` with sentences by field.
    """
    problems = problems_of(values)
    if problems:
        raise SettingsInvalid(problems)
    newest = current_settings(project)
    if based_on is not None and based_on != newest.number:
        raise SettingsChanged
    if not changed_fields(values_of(newest), values):
        return newest
    try:
        with transaction.atomic():
            return ProjectSettings.objects.create(
                project=project, number=newest.number + 1, created_by=by, **to_row(values)
            )
    except IntegrityError as error:  # the same number was taken between reading and writing
        raise SettingsChanged from error
