"""Endpoints: made, changed, given a new secret, removed."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from videos.access import changeable_projects
from videos.models import Project
from webhooks.addresses import checked_address
from webhooks.models import SUBSCRIBABLE, Endpoint

PER_PROJECT = 10
SECRET_BYTES = 32
OLD_SECRET_LASTS = timedelta(hours=24)


class TooManyEndpoints(Exception):
    """The project has ``PER_PROJECT`` already."""


def endpoints_of(person: User) -> QuerySet[Endpoint]:
    """Those that the person may see, which is also change: an address may hold a secret of its owner's."""
    return Endpoint.objects.filter(deleted_at=None, project__in=changeable_projects(person))


def new_secret() -> str:
    """As the Standard Webhooks want it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def create_endpoint(project: Project, by: User, url: str, events: Sequence[str] = SUBSCRIBABLE) -> Endpoint:
    """Raises ``AddressInvalid`` and ``TooManyEndpoints``."""
    url = checked_address(url)
    with transaction.atomic():
        Project.objects.select_for_update().get(pk=project.pk)
        if Endpoint.objects.filter(project=project, deleted_at=None).count() >= PER_PROJECT:
            raise TooManyEndpoints
        return Endpoint.objects.create(
            project=project, created_by=by, url=url, events=sorted(set(events)), secret=new_secret()
        )


def change_endpoint(
    endpoint: Endpoint, *, url: str | None = None, events: Sequence[str] | None = None, active: bool | None = None
) -> Endpoint:
    """What is not given stays. Raises ``AddressInvalid``."""
    if url is not None:
        endpoint.url = checked_address(url)
    if events is not None:
        endpoint.events = sorted(set(events))
    if active is not None:
        endpoint.active = active
    endpoint.save(update_fields=["url", "events", "active"])
    return endpoint


def rotate_secret(endpoint: Endpoint) -> Endpoint:
    """For a day messages carry signatures of both secrets, so that the receiver can change over in peace."""
    endpoint.previous_secret = endpoint.secret
    endpoint.previous_secret_until = timezone.now() + OLD_SECRET_LASTS
    endpoint.secret = new_secret()
    endpoint.save(update_fields=["secret", "previous_secret", "previous_secret_until"])
    return endpoint


def remove_endpoint(endpoint: Endpoint) -> None:
    """Its log is kept; nothing is sent any more."""
    endpoint.active = False
    endpoint.deleted_at = timezone.now()
    endpoint.save(update_fields=["active", "deleted_at"])
