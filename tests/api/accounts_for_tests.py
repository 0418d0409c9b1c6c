"""Programs that ask with a token."""

from __future__ import annotations

from rest_framework.test import APIClient

from accounts.models import ApiToken, Scope, User


def client_of(person: User, *scopes: str) -> APIClient:
    """A program with a token of this person; without scopes, with all that a client's token may have."""
    _token, secret = ApiToken.objects.create(
        person, name="tests", scopes=list(scopes or (Scope.READ, Scope.UPLOAD, Scope.MANAGE))
    )
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client
