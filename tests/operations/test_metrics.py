"""``/metrics``: who may read it, and what it says about requests and about the product."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from accounts.models import User
from billing.models import Balance
from pipeline.models import PipelineRun, RunStatus, StepRun, StepStatus
from videos.models import Project, Upload, UploadStatus, Video
from webhooks.models import Delivery, DeliveryStatus, Endpoint, Event

BACKEND = Path(__file__).resolve().parents[2] / "backend"


def samples(client: Client) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def value(found: dict[tuple[str, tuple[tuple[str, str], ...]], float], name: str, **labels: str) -> float:
    return found[name, tuple(sorted(labels.items()))]


@pytest.mark.django_db
class TestWhoMayRead:
    def test_this_machine_when_no_token_is_set(self, client: Client) -> None:
        assert client.get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 200
        assert client.get("/metrics", REMOTE_ADDR="::1").status_code == 200

    @pytest.mark.parametrize("address", ["10.0.0.7", "203.0.113.5", "::ffff:203.0.113.5", "", "unix"])
    def test_no_other_machine(self, client: Client, address: str) -> None:
        assert client.get("/metrics", REMOTE_ADDR=address).status_code == 404

    def test_nobody_through_a_proxy_of_this_machine(self, client: Client) -> None:
        assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.5"}).status_code == 404

    def test_the_token_alone_once_one_is_set(self, client: Client, settings: Any) -> None:
        settings.METRICS_TOKEN = "m3tr1cs-Qw8Er5Ty2Ui9Op"

        assert client.get("/metrics").status_code == 404
        assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
        assert client.get("/metrics", headers={"Authorization": "Bearer ключ"}).status_code == 404
        good = {"Authorization": "Bearer m3tr1cs-Qw8Er5Ty2Ui9Op", "X-Forwarded-For": "203.0.113.5"}
        answer = client.get("/metrics", headers=good, REMOTE_ADDR="10.0.0.7")
        assert answer.status_code == 200
        assert answer["Content-Type"].startswith("text/plain")


@pytest.mark.django_db
def test_requests_are_counted_by_route_never_by_address(client: Client) -> None:
    address = uuid.uuid4().hex
    labels = {"view": "none", "method": "GET", "status": "404"}
    before = samples(client).get(("compliance_http_requests_total", tuple(sorted(labels.items()))), 0)

    client.get(f"/nothing/{address}")
    client.get("/healthz")
    client.generic("BREW", "/healthz")
    after = samples(client)

    assert value(after, "compliance_http_requests_total", **labels) == before + 1
    assert value(after, "compliance_http_requests_total", view="healthz", method="GET", status="200") >= 1
    assert value(after, "compliance_http_requests_total", view="healthz", method="other", status="405") >= 1
    assert value(after, "compliance_http_request_duration_seconds_count", view="healthz", method="GET") >= 1
    assert address not in client.get("/metrics").content.decode()


@pytest.mark.django_db
def test_an_idle_product_shows_zeros_not_gaps(client: Client) -> None:
    found = samples(client)

    for status in RunStatus.values:
        assert value(found, "compliance_runs", status=status) == 0
    for status in DeliveryStatus.values:
        assert value(found, "compliance_webhook_deliveries", status=status) == 0
    for name in ("queue_length", "queue_oldest_age_seconds", "uploads_open", "minutes_reserved"):
        assert value(found, f"compliance_{name}") == 0


@pytest.mark.django_db
def test_work_at_hand_is_counted(client: Client) -> None:
    owner = User.objects.create_user("owner", "owner@example.org", "x")
    project = Project.objects.create(owner=owner, name="Обзоры")
    queued = [make_run(project, RunStatus.QUEUED) for _ in range(2)]
    PipelineRun.objects.filter(pk=queued[0].pk).update(created_at=timezone.now() - timedelta(minutes=10))
    done = make_run(project, RunStatus.COMPLETED)
    now = timezone.now()
    for name, failures in (("validate_video", 0), ("detect:speech", 2)):
        StepRun.objects.create(
            run=done,
            name=name,
            status=StepStatus.COMPLETED,
            failures=failures,
            started_at=now - timedelta(seconds=30),
            finished_at=now,
        )
    StepRun.objects.create(run=queued[0], name="detect:speech")
    Balance.objects.create(owner=owner, reserved_s=90)
    Upload.objects.create(project=project, created_by=owner, name="1.mp4", storage_key="1", received_bytes=5)
    Upload.objects.create(
        project=project,
        created_by=owner,
        name="2.mp4",
        storage_key="2",
        received_bytes=7,
        status=UploadStatus.FINISHED,
    )
    endpoint = Endpoint.objects.create(project=project, url="https://example.org/", secret="s", created_by=owner)
    Delivery.objects.create(
        endpoint=endpoint, event=Event.RUN_FINISHED, subject_id=done.pk, payload={}, next_attempt_at=now
    )

    found = samples(client)

    assert value(found, "compliance_runs", status="QUEUED") == 2
    assert value(found, "compliance_runs", status="COMPLETED") == 1
    assert value(found, "compliance_queue_length") == 2
    assert 600 <= value(found, "compliance_queue_oldest_age_seconds") < 700
    assert value(found, "compliance_step_duration_seconds_count", step="detect:speech") == 1
    assert value(found, "compliance_step_duration_seconds_sum", step="detect:speech") == pytest.approx(30)
    assert value(found, "compliance_step_failures_total", step="detect:speech") == 2
    assert value(found, "compliance_uploads_open") == 1
    assert value(found, "compliance_upload_received_bytes_total") == 12
    assert value(found, "compliance_webhook_deliveries", status="PENDING") == 1
    assert value(found, "compliance_minutes_reserved") == 1.5


def test_sums_of_times_are_the_same_on_both_databases(client: Client, each_database: str) -> None:
    video = Video.objects.create(name="1.mp4", size_bytes=1)
    run = PipelineRun.objects.create(video=video, number=1, signature="s")
    now = timezone.now()
    StepRun.objects.create(
        run=run, name="preprocess_video", started_at=now - timedelta(milliseconds=1500), finished_at=now
    )

    found = samples(client)

    assert value(found, "compliance_step_duration_seconds_sum", step="preprocess_video") == pytest.approx(1.5)


def test_several_processes_count_together(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    program = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0)\n"
        "client = Client()\n"
        "client.get('/healthz')\n"
        "print(client.get('/metrics').content.decode())"
    )
    environment = {
        **os.environ,
        "DATA_DIR": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "compliance_app.settings",
        "PYTHONPATH": str(BACKEND),
        "PROMETHEUS_MULTIPROC_DIR": str(folder),
    }
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr

    assert 'compliance_http_requests_total{method="GET",status="200",view="healthz"} 2.0' in done.stdout
    assert "compliance_queue_length 0.0" in done.stdout


def make_run(project: Project, status: RunStatus) -> PipelineRun:
    video = Video.objects.create(project=project, name="1.mp4", size_bytes=1)
    return PipelineRun.objects.create(video=video, number=1, status=status, signature="s")
