"""A run as people follow it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries
from tests.pipeline.site_runs import client, queued, take

from evidence import Category, Severity
from pipeline.models import PipelineRun, RunStatus, StepRun, StepStatus
from pipeline.preview import PreliminaryFinding, RunPreview, preview_to_json
from pipeline.run_view import view_of_run
from pipeline.web_table import EFFORTS
from policy.judgement import LocalisedText

pytestmark = pytest.mark.django_db

FOUND = PreliminaryFinding(
    3.0,
    4.5,
    LocalisedText("Мат в речи", "Obscene speech"),
    Category.LANGUAGE_OBSCENE,
    Severity.HIGH,
    "ru-436fz",
    "…",
    True,
)


def preview(eta_s: float | None, age_s: float = 0.0) -> dict[str, object]:
    written = timezone.now() - timedelta(seconds=age_s)
    return preview_to_json(RunPreview(written, eta_s, 120, (FOUND,), 7))


def test_what_waits_knows_its_place(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    owner = client()
    first, second = queued(owner, "1.mp4"), queued(owner, "2.mp4")

    with django_assert_max_num_queries(3):
        view = view_of_run(second)

    assert (view_of_run(first).queue_position, view.queue_position) == (1, 2)
    assert (view.percent, view.is_over, view.elapsed_s) == (0, False, None)
    assert [step.name for step in view.steps] == list(EFFORTS)


def test_what_is_at_work_shows_how_far_it_is_and_what_was_found(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    queued(client())
    run = take()
    PipelineRun.objects.update(preview=preview(eta_s=40.0, age_s=10.0))
    now = timezone.now()
    StepRun.objects.filter(name="fetch_video").update(
        status=StepStatus.COMPLETED, started_at=now - timedelta(seconds=9), finished_at=now
    )
    StepRun.objects.filter(name="detect:speech").update(
        status=StepStatus.RUNNING, progress=0.5, started_at=now - timedelta(seconds=5)
    )
    run.refresh_from_db()

    with django_assert_max_num_queries(3), translation.override("en"):
        view = view_of_run(run)

    expected = (EFFORTS["fetch_video"] + 0.5 * EFFORTS["detect:speech"]) / sum(EFFORTS.values())
    assert view.fraction == pytest.approx(expected)
    assert [step.name for step in view.running] == ["detect:speech"]
    assert view.eta_s == pytest.approx(30, abs=1)
    assert view.elapsed_s == pytest.approx(9, abs=1)
    assert (view.frames_looked_at, view.findings_total, view.queue_position) == (120, 7, None)
    assert [(one.title, one.group, one.severity) for one in view.findings] == [("Obscene speech", "language", "high")]


def test_an_estimate_that_grew_old_is_not_shown() -> None:
    queued(client())
    run = take()
    PipelineRun.objects.update(preview=preview(eta_s=500.0, age_s=100.0))
    run.refresh_from_db()

    assert view_of_run(run).eta_s is None


@pytest.mark.parametrize(("language", "said"), [("ru", "на балансе осталось 30"), ("en", "30 s are left")])
def test_the_reason_of_a_failure_is_said_in_the_readers_language(language: str, said: str) -> None:
    run = queued(client())
    run.status = RunStatus.FAILED
    run.error, run.error_details = "not_enough_minutes", {"needed_s": 60, "available_s": 30}

    with translation.override(language):
        view = view_of_run(run)

    assert said in view.error
    assert view.is_over


def test_somebody_asked_to_stop() -> None:
    queued(client())
    run = take()
    run.cancel_requested_at = timezone.now()

    assert view_of_run(run).is_cancelling


def test_only_what_is_completed_shows_a_hundred_percent() -> None:
    queued(client())
    run = take()
    StepRun.objects.update(status=StepStatus.COMPLETED)

    assert view_of_run(run).percent == 99
    run.status = RunStatus.COMPLETED
    assert view_of_run(run).percent == 100
