"""Combinations of values that do not go together are said in a sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.utils import translation


def found() -> list[str]:
    return [message.id for message in run_checks() if message.id and message.id.startswith("operations.")]


def test_a_plain_development_machine_hears_nothing() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"EMAIL_PORT": 465, "EMAIL_USE_TLS": True}, "operations.W001"),
        ({"EMAIL_HOST_USER": "apikey", "EMAIL_HOST_PASSWORD": ""}, "operations.W002"),
        ({"EMAIL_HOST_USER": "", "EMAIL_HOST_PASSWORD": "x"}, "operations.W002"),
        ({"STORAGE_BACKEND": "b2", "BACKBLAZE_BUCKET_NAME": "videos"}, "operations.E001"),
        ({"STORAGE_BACKEND": "local", "DJANGO_ENV": "production"}, "operations.W003"),
        (
            {"OUTBOUND_ALLOWED_HOSTS": ("a:1",), "DJANGO_ENV": "production", "STORAGE_BACKEND": "x"},
            "operations.W004",
        ),
    ],
)
def test_what_does_not_go_together_is_said(settings: Any, values: dict[str, Any], expected: str) -> None:
    for name, value in values.items():
        setattr(settings, name, value)

    assert found() == [expected]


def test_a_missing_folder_of_shared_counters(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    assert found() == []

    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path / "missing"))
    assert found() == ["operations.E002"]


def test_sentences_are_russian_and_english_and_name_what_is_missing(settings: Any) -> None:
    settings.STORAGE_BACKEND = "b2"
    settings.BACKBLAZE_ENDPOINT_URL = "https://s3.example.org"

    for language, beginning in (("ru", "Для STORAGE_BACKEND=b2 нужны ещё"), ("en", "STORAGE_BACKEND=b2 also needs")):
        with translation.override(language):
            (said,) = [str(message.msg) for message in run_checks() if message.id == "operations.E001"]
        assert said.startswith(beginning)
        assert "BACKBLAZE_APPLICATION_KEY_ID" in said
        assert "BACKBLAZE_ENDPOINT_URL" not in said
