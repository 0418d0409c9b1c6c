"""Whatever fits the description is answered as the description says, and never by a crash (schemathesis)."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from accounts_for_tests import client_of
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from library_for_tests import a_report, a_video
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.models import ApiToken, User
from compliance_app.wsgi import application
from pipeline.starting import start_run
from reports.sharing import create_link
from videos.models import Project
from videos.uploading import begin_upload
from webhooks.announcing import ping
from webhooks.endpoints import create_endpoint

EXAMPLES = 6
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def world(owner: User, project: Project) -> dict[str, Any]:
    """Something at every address: values of the parameters of paths."""
    video = a_video(project)
    report = a_report(video)
    endpoint = create_endpoint(project, owner, "https://example.org/hook")
    return {
        "project_id": project.pk,
        "video_id": video.pk,
        "report_id": report.pk,
        "run_id": start_run(a_video(project, "other.mp4"), owner).pk,
        "upload_id": begin_upload(project, owner, name="film.mp4", size_bytes=10).pk,
        "webhook_id": endpoint.pk,
        "delivery_id": ping(endpoint).pk,
        "link_id": create_link(report, owner, 3, "", True).pk,
        "person_id": owner.pk,
        "number": 1,
        "format": "json",
        "token_id": ApiToken.objects.filter(user=owner).first().digest[:32],
        "session_id": uuid.uuid4().hex,
        "code": "not-found",
    }


@pytest.fixture
def _patient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody is told to wait, and requests leave the transaction of the test open, as Django's own client does it."""
    monkeypatch.setattr("api.throttling.PersonThrottle.rate", None, raising=False)
    monkeypatch.setattr("api.throttling.StrangerThrottle.rate", None, raising=False)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile")  # schemathesis closes no answers
@pytest.mark.usefixtures("_patient")
@pytest.mark.parametrize("role", ["client", "administrator"])
def test_every_operation_keeps_its_word(role: str, anna: User, chief: User, project: Project) -> None:
    person = anna if role == "client" else chief
    scopes = ("read", "upload", "manage", "admin")
    secret = client_of(person, *scopes)._credentials["HTTP_AUTHORIZATION"]
    client_of(anna)
    known = {name: str(value) for name, value in world(anna, project).items()}
    schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", application)
    broken = []

    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def keeps_its_word(case: schemathesis.Case) -> None:
            case.path_parameters = {name: known[name] for name in case.path_parameters or {}}
            case.call_and_validate(headers={"Authorization": secret}, checks=CHECKS)

        with transaction.atomic():
            try:
                keeps_its_word()
            except (FailureGroup, Exception) as error:  # noqa: BLE001 - all that is broken is said at once
                broken.append(f"{operation.label}: {error}")
            transaction.set_rollback(True)

    assert not broken, "\n\n".join(broken)
