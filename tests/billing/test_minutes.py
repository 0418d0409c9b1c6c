"""Minutes are set aside, charged, given back; the ledger explains every second."""

from __future__ import annotations

import contextlib
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django.fixtures import Settings

from accounts.models import Role, User
from billing.ledger import ledger_page
from billing.minutes import (
    AlreadySettled,
    MinutesLeft,
    NotEnoughMinutes,
    balance_of,
    charge,
    give_back,
    grant,
    reserve,
)
from billing.models import Balance, EntryKind, LedgerEntry
from billing.unlimited import set_unlimited


@pytest.fixture
def client_person(db: None) -> User:
    return User.objects.create_user("anna@example.com", "anna@example.com")


def test_a_client_begins_with_the_configured_minutes(client_person: User, settings: Settings) -> None:
    settings.SIGNUP_MINUTES = 30

    assert balance_of(client_person) == MinutesLeft(available_s=1800, reserved_s=0, unlimited=False)
    assert balance_of(client_person).available_s == 1800
    assert [entry.note for entry in ledger_page(client_person).entries] == ["At sign-up"]


def test_a_successful_run_spends_what_was_set_aside(client_person: User) -> None:
    run_id = uuid.uuid4()

    reserve(client_person, run_id, 600, "ролик.mp4")
    assert balance_of(client_person) == MinutesLeft(3000, 600, unlimited=False)
    assert charge(run_id)

    assert balance_of(client_person) == MinutesLeft(3000, 0, unlimited=False)


def test_a_failed_run_costs_nothing(client_person: User) -> None:
    run_id = uuid.uuid4()

    reserve(client_person, run_id, 600, "ролик.mp4")
    assert give_back(run_id)

    assert balance_of(client_person) == MinutesLeft(3600, 0, unlimited=False)


def test_verbs_of_a_run_are_done_once(client_person: User) -> None:
    run_id = uuid.uuid4()

    reserve(client_person, run_id, 600, "ролик.mp4")
    reserve(client_person, run_id, 600, "ролик.mp4")
    assert charge(run_id)
    assert not charge(run_id)
    assert not give_back(run_id)

    assert balance_of(client_person) == MinutesLeft(3000, 0, unlimited=False)
    with pytest.raises(AlreadySettled):
        reserve(client_person, run_id, 600, "ролик.mp4")


def test_a_run_that_nobody_pays_for_settles_quietly(client_person: User) -> None:
    assert not charge(uuid.uuid4())
    assert not give_back(uuid.uuid4())


def test_too_few_minutes_change_nothing(client_person: User) -> None:
    with pytest.raises(NotEnoughMinutes) as refusal:
        reserve(client_person, uuid.uuid4(), 3601, "ролик.mp4")

    assert (refusal.value.needed_s, refusal.value.available_s) == (3601, 3600)
    assert balance_of(client_person) == MinutesLeft(3600, 0, unlimited=False)
    assert LedgerEntry.objects.filter(kind=EntryKind.RESERVE).count() == 0


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.ADMINISTRATOR])
def test_staff_is_counted_and_never_refused(client_person: User, role: Role) -> None:
    client_person.role = role
    client_person.save()
    run_id = uuid.uuid4()

    reserve(client_person, run_id, 7200, "ролик.mp4")

    assert balance_of(client_person) == MinutesLeft(0, 7200, unlimited=True)
    assert give_back(run_id)
    assert balance_of(client_person) == MinutesLeft(0, 0, unlimited=True)
    assert [entry.seconds for entry in ledger_page(client_person).entries] == [7200, 7200]


def test_a_client_may_be_unlimited(client_person: User) -> None:
    chief = User.objects.create_user("chief", role=Role.ADMINISTRATOR)
    set_unlimited(client_person, True, chief)
    run_id = uuid.uuid4()

    reserve(client_person, run_id, 7200, "ролик.mp4")
    set_unlimited(client_person, False, chief)
    assert charge(run_id)

    assert balance_of(client_person) == MinutesLeft(3600, 0, unlimited=False)


def test_a_grant_says_who_gave_it_and_why(client_person: User) -> None:
    chief = User.objects.create_user("chief", role=Role.ADMINISTRATOR)

    grant(client_person, 600, chief, "Пробный период")

    entry = LedgerEntry.objects.get(granted_by=chief)
    assert (entry.kind, entry.seconds, entry.note) == (EntryKind.GRANT, 600, "Пробный период")
    assert balance_of(client_person).available_s == 4200


def test_only_administrators_are_generous(client_person: User) -> None:
    with pytest.raises(PermissionDenied):
        grant(client_person, 600, client_person, "")
    with pytest.raises(PermissionDenied):
        set_unlimited(client_person, True, client_person)

    assert balance_of(client_person) == MinutesLeft(3600, 0, unlimited=False)


@pytest.mark.parametrize("seconds", [0, -60])
def test_a_grant_only_adds(client_person: User, seconds: int) -> None:
    with pytest.raises(ValueError, match="adds"):
        grant(client_person, seconds, None, "")


def test_the_ledger_is_read_in_pages_without_gaps(client_person: User) -> None:
    for _ in range(7):
        grant(client_person, 60, None, "")

    seen, after = [], None
    while True:
        page = ledger_page(client_person, after, entries=3)
        seen += [entry.id for entry in page.entries]
        after = page.next_after
        if after is None:
            break

    assert seen == list(LedgerEntry.objects.filter(owner=client_person).values_list("id", flat=True))
    assert len(seen) == 8


def test_a_page_after_somebody_elses_entry_starts_at_the_newest(client_person: User) -> None:
    other = User.objects.create_user("boris@example.com")
    foreign = grant(other, 60, None, "")
    grant(client_person, 60, None, "")

    assert ledger_page(client_person, foreign.id) == ledger_page(client_person)


RUNS = [uuid.UUID(int=number) for number in range(4)]
VERBS = st.one_of(
    st.tuples(st.just("grant"), st.integers(1, 5000)),
    st.tuples(st.just("reserve"), st.sampled_from(RUNS), st.integers(0, 4000)),
    st.tuples(st.sampled_from(["charge", "give_back"]), st.sampled_from(RUNS)),
    st.tuples(st.just("unlimited"), st.booleans()),
)


class AnySequence(TestCase):
    """Whatever is called in whatever order, the ledger and the balance agree."""

    @settings(max_examples=60)
    @given(st.lists(VERBS, max_size=12))
    def test_the_books_balance(self, calls: list[tuple[object, ...]]) -> None:
        owner = User.objects.create_user("vera@example.com")
        balance_of(owner)
        for call in calls:
            self.apply(owner, *call)

            balance = Balance.objects.get(owner=owner)
            ledger = LedgerEntry.objects.filter(owner=owner)
            settled = ledger.filter(kind__in=(EntryKind.CHARGE, EntryKind.RETURN)).values("run_id")
            still_open = ledger.filter(kind=EntryKind.RESERVE).exclude(run_id__in=settled)
            assert balance.available_s == ledger.aggregate(sum=Sum("available_change_s"))["sum"]
            assert balance.reserved_s == (still_open.aggregate(sum=Sum("seconds"))["sum"] or 0)
            assert balance.available_s >= 0

    def apply(self, owner: User, verb: object, *arguments: object) -> None:
        match verb, arguments:
            case "grant", (int(seconds),):
                grant(owner, seconds, None, "")
            case "reserve", (uuid.UUID() as run_id, int(seconds)):
                with contextlib.suppress(NotEnoughMinutes, AlreadySettled):
                    reserve(owner, run_id, seconds, "ролик.mp4")
            case "charge", (uuid.UUID() as run_id,):
                charge(run_id)
            case "give_back", (uuid.UUID() as run_id,):
                give_back(run_id)
            case "unlimited", (bool(unlimited),):
                Balance.objects.filter(owner=owner).update(unlimited=unlimited)
