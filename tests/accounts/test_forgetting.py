"""Expired things and old addresses go; what is still needed stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt, AccessLog
from django.test import Client
from django.utils import timezone

from accounts.api_tokens import create_token
from accounts.forgetting import forget_expired
from accounts.models import ApiToken, Session, User

pytestmark = pytest.mark.django_db


def test_each_thing_has_its_time() -> None:
    anna = User.objects.create_user("anna", "anna@example.com", "семь-зелёных-яблок")
    create_token(anna, "a", ["read"], 1)
    Client().post("/sign-in/", {"username": "anna", "password": "wrong"}, REMOTE_ADDR="203.0.113.5")
    Client().post("/sign-in/", {"username": "anna", "password": "семь-зелёных-яблок"})

    def left(days: float) -> list[int]:
        with time_machine.travel(start + timedelta(days=days), tick=False):
            forget_expired()
        return [model.objects.count() for model in (Session, ApiToken, AccessLog, AccessAttempt)]

    start = timezone.now()
    assert left(0.9) == [1, 1, 1, 1]
    assert left(1.1) == [1, 1, 1, 0]
    assert left(14.1) == [0, 1, 1, 0]
    assert left(31.1) == [0, 0, 1, 0]
    assert left(90.1) == [0, 0, 0, 0]
