"""Tokens in the ``Authorization: Bearer`` header."""

from __future__ import annotations

from knox.auth import TokenAuthentication


class ApiTokenAuthentication(TokenAuthentication):
    """Knox's, over ``accounts.ApiToken``."""
