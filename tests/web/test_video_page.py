"""The page of one video: the check at work, what changes while it is, stopping and trying again."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from pipeline import failures
from pipeline.models import PipelineRun, RunStatus, StepRun
from pipeline.table import PIPELINE
from videos.models import Video, VideoStatus
from videos.projects import create_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna", "anna@example.org", "a long password", language="en")


@pytest.fixture
def browser(anna: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(anna)
    return client


@pytest.fixture
def video(anna: User) -> Video:
    project = create_project(anna, "Channel")
    return Video.objects.create(project=project, name="film.mp4", size_bytes=1_000_000, storage_key="x")


def run_of(video: Video, status: str, **columns: object) -> PipelineRun:
    run = PipelineRun.objects.create(video=video, number=video.runs.count() + 1, status=status, **columns)
    StepRun.objects.bulk_create(StepRun(run=run, name=step.name, progress=0.25) for step in PIPELINE)
    return run


def page_of(browser: Client, video: Video, name: str = "video") -> str:
    answer = browser.get(reverse(name, args=(video.pk,)))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_check_is_begun_and_stopped(browser: Client, video: Video) -> None:
    assert "Not checked yet" in page_of(browser, video)
    browser.post(reverse("video-check", args=(video.pk,)))
    assert "In line for a check" in page_of(browser, video)
    page = browser.post(reverse("video-check", args=(video.pk,)), follow=True).content.decode()
    assert "The video is being checked already." in page
    browser.post(reverse("video-cancel", args=(video.pk,)))
    assert "The check was stopped" in page_of(browser, video)
    page = browser.post(reverse("video-cancel", args=(video.pk,)), follow=True).content.decode()
    assert "There is nothing to stop" in page


def test_while_a_check_works_its_steps_and_first_findings_are_shown(browser: Client, video: Video) -> None:
    finding = {
        "start_s": 17.8,
        "end_s": 18.1,
        "title": {"ru": "Мат", "en": "Obscene word"},
        "category": "language.obscene",
        "severity": "high",
        "pack": "ru-436fz",
        "quote": "<b>word</b>",
        "action_needed": True,
    }
    now = timezone.now().isoformat()
    preview = {"written_at": now, "eta_s": 90, "frames_looked_at": 412, "findings": [finding], "findings_total": 1}
    run_of(video, RunStatus.RUNNING, preview=preview)
    page = page_of(browser, video, "video-progress")

    assert "Checking: 25" in page
    assert "frames looked at: 412" in page
    assert "Obscene word" in page
    assert "&lt;b&gt;word" in page
    assert "<html" not in page


def test_an_unchanged_answer_is_not_sent_again(browser: Client, video: Video) -> None:
    run_of(video, RunStatus.QUEUED)
    address = reverse("video-progress", args=(video.pk,))
    first = browser.get(address)
    assert browser.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    PipelineRun.objects.update(status=RunStatus.CANCELLED)
    assert browser.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_failure_says_why_and_offers_another_try(browser: Client, video: Video) -> None:
    run_of(video, RunStatus.FAILED, error=failures.WORKER_LOST)
    page = page_of(browser, video)
    assert "The check failed" in page
    assert "ended again and again" in page
    assert "Try again" in page
    assert "data-active" not in page_of(browser, video, "video-progress")


def test_a_file_that_is_no_video_leads_to_another_file(browser: Client, video: Video) -> None:
    refusal = {"reason": "not_a_video", "details": {}}
    run_of(video, RunStatus.FAILED, error=failures.REJECTED, error_details=refusal)
    page = page_of(browser, video)
    assert "This file cannot be checked" in page
    assert "This is not a video" in page
    assert "Upload another file" in page


def test_history_keeps_every_check(browser: Client, video: Video) -> None:
    run_of(video, RunStatus.FAILED, error=failures.WORKER_LOST)
    run_of(video, RunStatus.CANCELLED)
    page = page_of(browser, video)
    assert "№ 1" in page
    assert "№ 2" in page


def test_deleting_stops_the_check_and_can_be_taken_back(anna: User, browser: Client, video: Video) -> None:
    run = run_of(video, RunStatus.QUEUED, started_by=anna)
    Video.objects.update(status=VideoStatus.PROCESSING)
    page = browser.post(reverse("video-delete", args=(video.pk,)), follow=True).content.decode()
    run.refresh_from_db()

    assert "deleted" in page
    assert run.status == RunStatus.CANCELLED
    assert browser.get(reverse("video", args=(video.pk,))).status_code == 404
    browser.post(f"/videos/restore/?id={video.pk}")
    assert browser.get(reverse("video", args=(video.pk,))).status_code == 200
