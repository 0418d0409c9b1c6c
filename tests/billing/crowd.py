"""Many who want the same minutes at once."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Sum

from accounts.models import User
from billing.minutes import NotEnoughMinutes, charge, give_back, grant, reserve
from billing.models import Balance, EntryKind, LedgerEntry


@dataclass(frozen=True)
class Outcome:
    """``kinds`` counts ledger entries; ``ledger_s`` sums up what they changed."""

    succeeded: int
    refused: int
    available_s: int
    reserved_s: int
    ledger_s: int
    kinds: dict[str, int]


def at_once(calls: list[Callable[[], bool]]) -> list[bool]:
    """What the calls answer, each made by its own thread, all starting together."""
    answers: list[bool] = []
    errors: list[Exception] = []
    start = threading.Barrier(len(calls))

    def one(call: Callable[[], bool]) -> None:
        start.wait()
        try:
            answers.append(call())
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    return answers


def outcome(owner: User, answers: list[bool]) -> Outcome:
    balance = Balance.objects.get(owner=owner)
    ledger = LedgerEntry.objects.filter(owner=owner)
    return Outcome(
        succeeded=answers.count(True),
        refused=answers.count(False),
        available_s=balance.available_s,
        reserved_s=balance.reserved_s,
        ledger_s=ledger.aggregate(sum=Sum("available_change_s"))["sum"] or 0,
        kinds={kind.value: ledger.filter(kind=kind).count() for kind in EntryKind},
    )


def fifty_reserve_what_is_enough_for_twenty() -> Outcome:
    owner = User.objects.create_user("crowd-1", "crowd-1@example.com")

    def one() -> bool:
        try:
            reserve(owner, uuid.uuid4(), 180, "ролик.mp4")
        except NotEnoughMinutes:
            return False
        return True

    return outcome(owner, at_once([one] * 50))


def one_run_is_settled_by_many() -> Outcome:
    owner = User.objects.create_user("crowd-2", "crowd-2@example.com")
    run_id = uuid.uuid4()
    reserve(owner, run_id, 600, "ролик.mp4")

    return outcome(owner, at_once([lambda: charge(run_id)] * 8 + [lambda: give_back(run_id)] * 8))


def one_run_is_reserved_by_many() -> Outcome:
    owner = User.objects.create_user("crowd-3", "crowd-3@example.com")
    run_id = uuid.uuid4()

    def one() -> bool:
        reserve(owner, run_id, 3600, "ролик.mp4")
        return True

    return outcome(owner, at_once([one] * 16))


def many_grants_to_a_new_person() -> Outcome:
    owner = User.objects.create_user("crowd-4", "crowd-4@example.com")

    def one() -> bool:
        grant(owner, 60, None, "")
        return True

    return outcome(owner, at_once([one] * 16))
