"""Minutes under real concurrency: threads with connections of their own, on SQLite and on PostgreSQL."""

from __future__ import annotations

import crowd
import pytest

pytestmark = pytest.mark.usefixtures("each_database")


def test_as_many_succeed_as_the_balance_allows() -> None:
    got = crowd.fifty_reserve_what_is_enough_for_twenty()

    assert (got.succeeded, got.refused) == (20, 30)
    assert (got.available_s, got.reserved_s, got.ledger_s) == (0, 3600, 0)
    assert got.kinds == {"GRANT": 1, "RESERVE": 20, "CHARGE": 0, "RETURN": 0}


def test_a_run_is_charged_or_given_back_once() -> None:
    got = crowd.one_run_is_settled_by_many()

    assert got.succeeded == 1
    assert got.kinds["CHARGE"] + got.kinds["RETURN"] == 1
    assert got.reserved_s == 0
    assert got.available_s == got.ledger_s == (3000 if got.kinds["CHARGE"] else 3600)


def test_a_run_is_reserved_once_even_when_it_takes_everything() -> None:
    got = crowd.one_run_is_reserved_by_many()

    assert got.succeeded == 16
    assert (got.available_s, got.reserved_s) == (0, 3600)
    assert got.kinds["RESERVE"] == 1


def test_the_first_balance_is_made_once() -> None:
    got = crowd.many_grants_to_a_new_person()

    assert got.available_s == got.ledger_s == 3600 + 16 * 60
    assert got.kinds["GRANT"] == 17
