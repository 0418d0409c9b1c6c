"""Reading the ledger in pages that stay right while entries are added: by key, never by number."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from billing.models import LedgerEntry

PAGE_ENTRIES = 50


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Newest first. ``next_after`` asks for the page that follows, None on the last one."""

    entries: tuple[LedgerEntry, ...]
    next_after: UUID | None


def ledger_page(owner: User, after: UUID | None = None, entries: int = PAGE_ENTRIES) -> LedgerPage:
    """The entries that come after one of the owner's own; from the newest when there is no such entry."""
    mine = LedgerEntry.objects.filter(owner=owner)
    last = mine.filter(id=after).first() if after is not None else None
    if last is not None:
        mine = mine.filter(Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, id__gt=last.id))
    found = tuple(mine[: entries + 1])
    return LedgerPage(found[:entries], found[entries - 1].id if len(found) > entries else None)
