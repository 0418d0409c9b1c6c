"""Links that show one report to whoever has them: signed, expiring, revocable, counted."""

from __future__ import annotations

import uuid
from datetime import timedelta
from enum import StrEnum

from django.core.signing import BadSignature, Signer
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.models import User
from reports.models import Report, ShareLink

SHORTEST_DAYS = 1
LONGEST_DAYS = 90
DEFAULT_DAYS = 14
MAX_NOTE = 120
MAX_OPEN_LINKS = 50
"""Links of one report that work at once: more is a mistake or a script."""

_SIGNER = Signer(salt="reports.sharing", sep=".")


class Refusal(StrEnum):
    UNKNOWN = "unknown"
    """Tampered with, cut short, or of a report that is gone: which of them is nobody's business."""
    EXPIRED = "expired"
    REVOKED = "revoked"


class LinkRefused(Exception):
    """The link opens nothing (any more)."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


class LinkInvalid(ValueError):
    """A link cannot be made like this; ``field`` says what is wrong: ``lifetime_days``, ``note`` or ``links``."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def create_link(report: Report, by: User, lifetime_days: int, note: str, with_video: bool) -> ShareLink:
    """A new link of ``report``. Raises ``LinkInvalid``."""
    if not SHORTEST_DAYS <= lifetime_days <= LONGEST_DAYS:
        raise LinkInvalid("lifetime_days")
    note = " ".join(note.split())
    if len(note) > MAX_NOTE:
        raise LinkInvalid("note")
    if working_links(report).count() >= MAX_OPEN_LINKS:
        raise LinkInvalid("links")
    return ShareLink.objects.create(
        report=report,
        created_by=by,
        note=note,
        with_video=with_video,
        expires_at=timezone.now() + timedelta(days=lifetime_days),
    )


def revoke_link(link: ShareLink) -> None:
    """From now on the link opens nothing. Revoking twice changes nothing."""
    ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    link.refresh_from_db(fields=("revoked_at",))


def working_links(report: Report) -> QuerySet[ShareLink]:
    return ShareLink.objects.filter(report=report, revoked_at=None, expires_at__gt=timezone.now())


def address_token(link: ShareLink) -> str:
    """What stands in the link's address: its id and a signature, in letters that no mail program breaks."""
    return _SIGNER.sign(link.pk.hex)


def find_link(token: str) -> ShareLink:
    """The link of an address. Raises ``LinkRefused``."""
    try:
        link_id = uuid.UUID(hex=_SIGNER.unsign(token))
    except (BadSignature, ValueError) as error:
        raise LinkRefused(Refusal.UNKNOWN) from error
    link = (
        ShareLink.objects.select_related("report__video__project")
        .filter(pk=link_id, report__video__deleted_at=None, report__video__project__deleted_at=None)
        .first()
    )
    if link is None:
        raise LinkRefused(Refusal.UNKNOWN)
    if link.revoked_at is not None:
        raise LinkRefused(Refusal.REVOKED)
    if not link.is_in_time:
        raise LinkRefused(Refusal.EXPIRED)
    return link


def open_link(token: str) -> ShareLink:
    """``find_link``, and count that somebody looked."""
    link = find_link(token)
    ShareLink.objects.filter(pk=link.pk).update(opened_count=F("opened_count") + 1, opened_at=timezone.now())
    return link
