"""``/healthz`` says that the process answers, ``/readyz`` that it can do its work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from detectors.registry import all_detectors


def test_alive_asks_the_database_nothing(client: Client) -> None:
    answer = client.get("/healthz")  # without the mark, a question to the database fails this test

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_ready_has_a_line_for_everything_that_is_needed(client: Client) -> None:
    answer = client.get("/readyz")

    assert answer.status_code == 200, answer.json()
    assert answer.json()["status"] == "ok"
    assert list(answer.json()["checks"]) == [
        "database",
        "migrations",
        "storage",
        "data_space",
        "temporary_space",
        "models",
        "static_files",
    ]
    assert all(check["ok"] for check in answer.json()["checks"].values())


@pytest.mark.django_db
def test_a_missing_model_is_named_without_its_folder(client: Client, settings: Any, tmp_path: Path) -> None:
    settings.MODELS_DIR = tmp_path
    shipped = next(file for detector in all_detectors() for file in detector.weights if not file.parts)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["status"] == "failing"
    models = answer.json()["checks"]["models"]
    assert not models["ok"]
    assert shipped.file_name in models["detail"]
    assert str(tmp_path) not in answer.content.decode()


@pytest.mark.django_db
def test_a_half_copied_model_is_missing(client: Client, settings: Any, tmp_path: Path) -> None:
    for file in settings.MODELS_DIR.rglob("*.onnx"):
        (tmp_path / file.name).symlink_to(file)
    (tmp_path / "tessdata").symlink_to(settings.MODELS_DIR / "tessdata")
    settings.MODELS_DIR = tmp_path
    assert client.get("/readyz").status_code == 200

    (tmp_path / "nanodet-m-416.onnx").unlink()
    (tmp_path / "nanodet-m-416.onnx").write_bytes(b"half")

    assert client.get("/readyz").json()["checks"]["models"]["detail"].endswith("nanodet-m-416.onnx")


@pytest.mark.django_db
def test_a_storage_that_takes_nothing_fails_and_a_probe_leaves_nothing(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    assert client.get("/readyz").json()["checks"]["storage"]["ok"]
    assert not [path for path in (tmp_path / "objects").rglob("*") if path.is_file()]

    settings.DATA_DIR = tmp_path / "file"
    settings.DATA_DIR.write_text("where a folder should be", encoding="utf-8")
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"]["storage"] == {"ok": False, "detail": "takes nothing"}
    assert str(tmp_path) not in answer.content.decode()


@pytest.mark.django_db
def test_a_bucket_out_of_reach_fails(client: Client, settings: Any) -> None:
    settings.STORAGE_BACKEND = "b2"
    settings.BACKBLAZE_ENDPOINT_URL = "http://127.0.0.1:1"
    settings.BACKBLAZE_BUCKET_NAME = "videos"
    settings.BACKBLAZE_APPLICATION_KEY_ID = "k3y-id"
    settings.BACKBLAZE_APPLICATION_KEY = "s3cret-key"
    settings.B2_MAX_RETRIES = 1

    answer = client.get("/readyz")

    assert answer.json()["checks"]["storage"] == {"ok": False, "detail": "does not answer"}
    assert "s3cret" not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_was_not_applied_is_counted(client: Client) -> None:
    applied = MigrationRecorder(connection)
    newest = max(name for app, name in applied.applied_migrations() if app == "webhooks")
    applied.record_unapplied("webhooks", newest)
    try:
        answer = client.get("/readyz")
    finally:
        applied.record_applied("webhooks", newest)

    assert answer.status_code == 503
    assert not answer.json()["checks"]["migrations"]["ok"]
    assert answer.json()["checks"]["database"]["ok"]


def test_a_database_that_does_not_answer_is_a_line_of_the_answer(
    client: Client, empty_databases: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert client.get("/readyz").status_code == 503  # nothing is migrated

    connection.close()
    elsewhere = {"PORT": 1} if empty_databases == "postgresql" else {"NAME": str(tmp_path / "no-such-folder" / "file")}
    for name, value in elsewhere.items():
        monkeypatch.setitem(connection.settings_dict, name, value)
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == {"ok": False, "detail": "does not answer"}
    assert not answer.json()["checks"]["migrations"]["ok"]
    assert "no-such-folder" not in answer.content.decode()


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/metrics"])
def test_nothing_is_changed_here(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405
