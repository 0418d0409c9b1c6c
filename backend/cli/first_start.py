"""What a new installation begins with: an administrator, and a project with the sample video in line for its check."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.first_administrator import create_first_administrator, has_administrator
from cli.command import Refused
from cli.exit_codes import ExitCode
from pipeline.starting import start_run
from reports.document import Language
from storage.base import StorageFailed
from videos.importing import import_file
from videos.projects import create_project

SAMPLE = Path(settings.BASE_DIR) / "samples" / "demo.mp4"


@dataclass(frozen=True, slots=True)
class FirstStart:
    """``password`` is printed once and kept nowhere."""

    username: str
    password: str
    video_id: UUID
    run_id: UUID


def begin_installation(language: Language) -> FirstStart | None:
    """All of it or nothing; ``None`` when there is an administrator already. Raises ``Refused``."""
    if has_administrator():
        return None
    try:
        with transaction.atomic():
            administrator, password = create_first_administrator(language)
            project = create_project(administrator, _("Demo"))
            video = import_file(project, administrator, SAMPLE, _("demo") + SAMPLE.suffix)
            run = start_run(video, administrator, language)
    except IntegrityError as error:
        raise Refused(
            ExitCode.MISCONFIGURED,
            _("There is no administrator, and somebody else has the name “admin”. Make one with: %(command)s")
            % {"command": ".venv/bin/python backend/manage.py createsuperuser"},
        ) from error
    except (OSError, StorageFailed) as error:
        raise Refused(
            ExitCode.MISCONFIGURED, _("The sample video cannot be stored. Check DATA_DIR and the free space.")
        ) from error
    return FirstStart(administrator.username, password, video.pk, run.pk)
