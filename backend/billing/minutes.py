"""How minutes come and go: granted, set aside when a run starts, charged when it succeeds, given back when it fails.

Every verb changes the balance by a conditional UPDATE and writes its ledger entry in the same transaction, so the
balance is never negative and always the sum of its ledger, however many ask at once. The verbs of a run change
something once; repeated they change nothing. Seconds are seconds of video, rounded up by the caller.
"""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import User
from accounts.predicates import is_administrator
from billing.balances import MinutesLeft, balance_of, create_balance, never_refused
from billing.models import Balance, EntryKind, LedgerEntry

__all__ = [
    "AlreadySettled",
    "MinutesLeft",
    "NotEnoughMinutes",
    "balance_of",
    "charge",
    "give_back",
    "grant",
    "reserve",
]


class NotEnoughMinutes(Exception):
    """The balance does not allow it: ``needed_s`` were asked for and ``available_s`` are left."""

    def __init__(self, needed_s: int, available_s: int) -> None:
        super().__init__(f"{needed_s} s needed, {available_s} s available")
        self.needed_s = needed_s
        self.available_s = available_s


class AlreadySettled(Exception):
    """The run was charged or given back before: a new analysis needs a new run."""


def grant(owner: User, seconds: int, by: User | None, note: str) -> LedgerEntry:
    """Add minutes. ``by`` is the administrator who gives them, None when the product does.

    Raises ValueError unless ``seconds`` is positive, PermissionDenied when ``by`` is no administrator.
    """
    if by is not None and not is_administrator(by):
        raise PermissionDenied
    if seconds <= 0:
        raise ValueError(f"a grant adds seconds: {seconds}")
    create_balance(owner)
    with transaction.atomic():
        Balance.objects.filter(owner=owner).update(available_s=F("available_s") + seconds)
        return LedgerEntry.objects.create(
            owner=owner,
            kind=EntryKind.GRANT,
            seconds=seconds,
            available_change_s=seconds,
            granted_by=by,
            note=note[:255],
        )


def reserve(owner: User, run_id: UUID, seconds: int, video_name: str) -> None:
    """Set minutes aside for a run that starts.

    Raises NotEnoughMinutes, AlreadySettled when the run was charged or given back before, ValueError for negative
    ``seconds``.
    """
    if seconds < 0:
        raise ValueError(f"negative seconds: {seconds}")
    create_balance(owner)
    if _reserved_before(run_id):
        return
    try:
        with transaction.atomic():
            taken_s = _take(owner, seconds)
            LedgerEntry.objects.create(
                owner=owner,
                kind=EntryKind.RESERVE,
                seconds=seconds,
                available_change_s=-taken_s,
                run_id=run_id,
                video_name=video_name[:255],
            )
    except (IntegrityError, NotEnoughMinutes):
        if not _reserved_before(run_id):  # then no second call for the same run was faster
            raise


def charge(run_id: UUID) -> bool:
    """Spend what was set aside for a run. False when there is nothing (any more) to charge."""
    return _settle(run_id, EntryKind.CHARGE)


def give_back(run_id: UUID) -> bool:
    """Return what was set aside for a run. False when there is nothing (any more) to return."""
    return _settle(run_id, EntryKind.RETURN)


def _reserved_before(run_id: UUID) -> bool:
    kinds = set(LedgerEntry.objects.filter(run_id=run_id).values_list("kind", flat=True))
    if kinds & {EntryKind.CHARGE, EntryKind.RETURN}:
        raise AlreadySettled(str(run_id))
    return EntryKind.RESERVE in kinds


def _take(owner: User, seconds: int) -> int:
    """Move seconds from available to reserved; the number that left ``available_s``: none of an unlimited one."""
    mine = Balance.objects.filter(owner=owner)
    if never_refused(owner, mine.get()):
        mine.update(reserved_s=F("reserved_s") + seconds)
        return 0
    enough = mine.filter(available_s__gte=seconds)
    if not enough.update(available_s=F("available_s") - seconds, reserved_s=F("reserved_s") + seconds):
        raise NotEnoughMinutes(seconds, mine.values_list("available_s", flat=True).get())
    return seconds


def _settle(run_id: UUID, kind: EntryKind) -> bool:
    entries = {entry.kind: entry for entry in LedgerEntry.objects.filter(run_id=run_id)}
    reserved = entries.get(EntryKind.RESERVE)
    if reserved is None or len(entries) > 1:
        return False
    returned_s = -reserved.available_change_s if kind == EntryKind.RETURN else 0
    try:
        with transaction.atomic():
            Balance.objects.filter(owner_id=reserved.owner_id).update(
                reserved_s=F("reserved_s") - reserved.seconds, available_s=F("available_s") + returned_s
            )
            LedgerEntry.objects.create(
                owner_id=reserved.owner_id,
                kind=kind,
                seconds=reserved.seconds,
                available_change_s=returned_s,
                run_id=run_id,
                video_name=reserved.video_name,
            )
    except IntegrityError:
        if not _settled(run_id):  # then it was not another settlement of the same run
            raise
        return False
    return True


def _settled(run_id: UUID) -> bool:
    return LedgerEntry.objects.filter(run_id=run_id, kind__in=(EntryKind.CHARGE, EntryKind.RETURN)).exists()
