"""Migrations apply to an empty database and to one with rows of the first release."""

from __future__ import annotations

import uuid

from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from accounts.models import Role, User
from billing.models import Balance, LedgerEntry
from pipeline.models import PipelineRun, RunStatus, StepRun
from reports.models import Report
from videos.models import Project, Video
from webhooks.models import Delivery

FIRST_RELEASE = [("accounts", "0001_initial"), ("videos", "0001_initial"), ("pipeline", "0001_initial")]


def test_an_empty_database_gets_every_table(empty_databases: str) -> None:
    call_command("migrate", verbosity=0, interactive=False)

    assert connection.vendor == empty_databases
    assert not _pending()
    for model in (User, Project, Video, PipelineRun, Report, Balance, LedgerEntry, Delivery):
        assert model.objects.count() == 0


def test_rows_of_the_first_release_survive(empty_databases: str) -> None:
    run_id = _fill(_migrate_to_first_release())

    call_command("migrate", verbosity=0, interactive=False)

    assert not _pending()
    assert list(User.objects.order_by("username").values_list("username", "email", "role", "language")) == [
        ("administrator", "", Role.CLIENT, "ru"),
        ("operator", "", Role.CLIENT, "ru"),
    ]
    video = Video.objects.get()
    assert (video.name, video.size_bytes, video.project, video.storage_key) == ("ролик 🎬.mp4", 5_000_000_000, None, "")
    run = PipelineRun.objects.get(pk=run_id)
    assert (run.status, run.packs, run.error, run.started_by) == (RunStatus.COMPLETED, ["ru-ads"], "", None)
    step = StepRun.objects.get(run=run)
    assert step.facts == {"frames": 120, "текст": ["да"]}


def test_what_was_entered_first_may_be_changed_after(empty_databases: str) -> None:
    _fill(_migrate_to_first_release())
    call_command("migrate", verbosity=0, interactive=False)
    owner = User.objects.get(username="administrator")
    project = Project.objects.create(owner=owner, name="Старые ролики")

    Video.objects.update(project=project, storage_key="videos/1")

    assert list(project.videos.values_list("storage_key", flat=True)) == ["videos/1"]


def _migrate_to_first_release() -> Apps:
    executor = MigrationExecutor(connection)
    executor.migrate(FIRST_RELEASE)
    return executor.loader.project_state(FIRST_RELEASE).apps


def _fill(first_release: Apps) -> uuid.UUID:
    """Rows as the first release left them; returns the run's id."""
    person = first_release.get_model("accounts", "User")
    for name in ("administrator", "operator"):
        person.objects.create(username=name, password="!")
    video = first_release.get_model("videos", "Video").objects.create(
        name="ролик 🎬.mp4", sha256="0" * 64, size_bytes=5_000_000_000, status="COMPLETED"
    )
    run = first_release.get_model("pipeline", "PipelineRun").objects.create(
        video=video, number=1, status="COMPLETED", signature="s", packs=["ru-ads"], finished_at=timezone.now()
    )
    first_release.get_model("pipeline", "StepRun").objects.create(
        run=run, name="preprocess_video", status="COMPLETED", facts={"frames": 120, "текст": ["да"]}
    )
    return uuid.UUID(str(run.pk))


def _pending() -> list[object]:
    executor = MigrationExecutor(connection)
    return list(executor.migration_plan(executor.loader.graph.leaf_nodes()))
