"""Tokens in the ``Authorization: Bearer`` header."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import ApiToken, User

USE_RECORDED_EVERY = timedelta(minutes=1)


class ApiTokenAuthentication(TokenAuthentication):
    """Knox's, over ``accounts.ApiToken``; remembers when a token was used, at most once a minute."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, ApiToken]:
        if not token.isascii():
            raise AuthenticationFailed
        user, api_token = super().authenticate_credentials(token)
        record_use(api_token)
        return user, api_token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def record_use(token: ApiToken) -> None:
    now = timezone.now()
    if token.used_at is None or now - token.used_at >= USE_RECORDED_EVERY:
        stale = Q(used_at=None) | Q(used_at__lte=now - USE_RECORDED_EVERY)
        ApiToken.objects.filter(stale, pk=token.pk).update(used_at=now)
