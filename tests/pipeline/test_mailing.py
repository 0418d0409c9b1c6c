"""Who is told by mail that a check is over, and what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from tests.pipeline.site_runs import client, uploaded
from tests.reports.sample_report import build

from accounts.models import User
from accounts.outgoing_mail import flush
from pipeline.finishing import finish_run
from pipeline.models import PipelineRun, RunStatus
from pipeline.run_claims import take_run
from pipeline.starting import start_run
from reports.playback import Playback
from reports.publishing import RunResult, publish
from storage.registry import open_storage
from videos.models import ProjectSettings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def owner() -> Iterator[User]:
    yield client()
    flush()


def taken_run(owner: User, *mailed: str) -> PipelineRun:
    video = uploaded(owner, "Обзор\nкроссовок.mp4")
    ProjectSettings.objects.create(project=video.project, number=2, packs=["ru-ads"], mailed=list(mailed))
    start_run(video, owner)
    run = take_run("worker")
    assert run is not None
    return run


def published(run: PipelineRun) -> PipelineRun:
    documents = {"ru": build("ru"), "en": build("en")}
    publish(run.video, RunResult(run.pk, documents, (), {}, Playback.ORIGINAL, ()), open_storage())
    return run


def sent(run: PipelineRun, status: RunStatus, error: str = "") -> list[Any]:
    assert finish_run(run, "worker", status, error=error)
    flush()
    return list(mail.outbox)


def test_the_owner_and_whom_the_settings_name_get_one_each(owner: User, settings: Any) -> None:
    settings.ALLOWED_HOSTS = [".example.org", "check.example.org"]
    run = published(taken_run(owner, "editor@example.org", "client@example.org"))

    messages = sent(run, RunStatus.COMPLETED)

    assert [message.to for message in messages] == [["client@example.org"], ["editor@example.org"]]
    first = messages[0]
    assert first.subject == "Проверено: Обзор кроссовок.mp4"
    for verdict in build("ru").verdicts:
        assert f"{verdict.title}: {verdict.outcome_title}" in first.body
    assert "https://check.example.org/reports/" in first.body


def test_it_is_written_in_the_owners_language(owner: User) -> None:
    User.objects.update(language="en")

    (message,) = sent(published(taken_run(owner)), RunStatus.COMPLETED)

    assert message.subject.startswith("Checked: ")
    assert "Not everything could be checked" in message.body


def test_a_failure_says_why(owner: User) -> None:
    (message,) = sent(taken_run(owner), RunStatus.FAILED, error="file_missing")

    assert message.subject.startswith("Не удалось проверить: ")
    assert "Загрузите его ещё раз" in message.body


def test_who_cancels_is_not_told_of_it(owner: User) -> None:
    assert sent(taken_run(owner), RunStatus.CANCELLED) == []
