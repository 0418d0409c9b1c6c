"""A project with a webhook that leads to a receiver on this machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # lets the tests of this folder import their material

import pytest
from pytest_django import Settings
from receiver import Receiver, listening

from accounts.models import User
from videos.models import Project
from webhooks.endpoints import create_endpoint
from webhooks.models import Endpoint


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    with listening() as one:
        settings.OUTBOUND_ALLOWED_HOSTS = (one.host,)
        yield one


@pytest.fixture
def project(db: None) -> Project:
    owner = User.objects.create_user("anna", "anna@example.org", language="en")
    return Project.objects.create(owner=owner, name="Channel")


@pytest.fixture
def endpoint(project: Project, receiver: Receiver) -> Endpoint:
    return create_endpoint(project, project.owner, receiver.url)
