"""What a test does behind the back of a live server: ``live_site.py people | finish RUN | finish_next | fail RUN``.

Prints one JSON object. It runs in the server's environment.
"""

# ruff: noqa: E402 - Django is set up before its models are imported

from __future__ import annotations

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "compliance_app.settings")
django.setup()

from django.utils import timezone
from tests.reports import sample_report

from accounts.api_tokens import create_token
from accounts.models import User
from pipeline.models import PipelineRun, RunStatus
from reports.playback import Playback
from reports.publishing import RunResult, publish
from storage.registry import open_storage


def people() -> dict[str, str]:
    """A person and the secret of their token."""
    anna = User.objects.create_user("anna", "anna@example.org", language="en")
    return {"token": create_token(anna, "tests", ["read", "upload", "manage"], 1).secret}


def finish(run_id: str) -> dict[str, str]:
    """As a worker does it that found what the sample report says."""
    run = PipelineRun.objects.get(pk=run_id)
    documents = {language: sample_report.build(language) for language in ("ru", "en")}
    report = publish(run.video, RunResult(run.pk, documents, (0.0,), {}, Playback.ORIGINAL, ()), open_storage())
    PipelineRun.objects.filter(pk=run_id).update(status=RunStatus.COMPLETED, finished_at=timezone.now())
    return {"report": str(report.pk)}


def finish_next() -> dict[str, str]:
    """Wait for a run, as a worker does, and finish it."""
    while (run := PipelineRun.objects.filter(status=RunStatus.QUEUED).last()) is None:
        time.sleep(0.1)
    return finish(str(run.pk))


def fail(run_id: str) -> dict[str, str]:
    PipelineRun.objects.filter(pk=run_id).update(
        status=RunStatus.FAILED, error="crashed", error_details={}, finished_at=timezone.now()
    )
    return {}


if __name__ == "__main__":
    verb = {"people": people, "finish": finish, "finish_next": finish_next, "fail": fail}[sys.argv[1]]
    sys.stdout.write(json.dumps(verb(*sys.argv[2:])) + "\n")
