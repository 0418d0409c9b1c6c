"""People and clients for the tests of the API."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # lets the tests of this folder import their material

import pytest
from accounts_for_tests import client_of
from django.core.cache import cache
from rest_framework.test import APIClient

from accounts.models import Role, User
from videos.models import Project


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    """Throttles count in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def anna(db: None) -> User:
    return User.objects.create_user("anna", "anna@example.org", "correct horse battery", language="en")


@pytest.fixture
def boris(db: None) -> User:
    return User.objects.create_user("boris", "boris@example.org", "correct horse battery", language="en")


@pytest.fixture
def chief(db: None) -> User:
    return User.objects.create_user(
        "chief", "chief@example.org", "correct horse battery", language="en", role=Role.ADMINISTRATOR
    )


@pytest.fixture
def client(anna: User) -> APIClient:
    return client_of(anna)


@pytest.fixture
def project(anna: User) -> Project:
    return Project.objects.create(owner=anna, name="Channel")
