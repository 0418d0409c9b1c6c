"""Making, naming and deleting projects."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from videos.models import Project, ProjectSettings
from videos.settings_values import default_values, to_row

NAME_LENGTH_MAX = 120


class ProjectNameInvalid(Exception):
    """``sentence`` says what is wrong with the name, in the active language."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@transaction.atomic
def create_project(owner: User, name: str) -> Project:
    """A project with the installation's settings as its first version. Raises ``ProjectNameInvalid``."""
    project = Project.objects.create(owner=owner, name=_valid_name(name))
    ProjectSettings.objects.create(project=project, number=1, created_by=owner, **to_row(default_values()))
    return project


def rename_project(project: Project, name: str) -> None:
    """Raises ``ProjectNameInvalid``."""
    project.name = _valid_name(name)
    Project.objects.filter(pk=project.pk).update(name=project.name)


def delete_project(project: Project) -> None:
    """Hide the project and with it its videos and reports; ``restore_project`` brings all of it back."""
    Project.objects.filter(pk=project.pk, deleted_at=None).update(deleted_at=timezone.now())


def restore_project(project: Project) -> None:
    Project.objects.filter(pk=project.pk).update(deleted_at=None)


def _valid_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or not name.isprintable():
        raise ProjectNameInvalid(_("Give the project a name."))
    if len(name) > NAME_LENGTH_MAX:
        raise ProjectNameInvalid(_("The name is longer than %(count)d characters.") % {"count": NAME_LENGTH_MAX})
    return name
