"""Shared by the tests of pages."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def quick_passwords_and_no_counts(settings: Settings) -> None:
    """Hashing is slow on purpose, which tests of other things need not be; limits by address start from zero."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
