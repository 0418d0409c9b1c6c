"""Chores go on, whatever goes wrong with one of them or with the database."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from accounts.models import User
from pipeline.schedule import Chore, keep_doing

pytestmark = pytest.mark.django_db(transaction=True)


def do_in_a_thread(chore: Chore, stopping: threading.Event) -> None:
    thread = threading.Thread(target=keep_doing, args=((chore,), stopping))
    thread.start()
    thread.join(timeout=20)
    stopping.set()
    thread.join()


def test_a_chore_that_failed_is_done_again() -> None:
    stopping, times = threading.Event(), []

    def work() -> None:
        times.append(len(times))
        if len(times) == 2:
            stopping.set()
        raise ValueError("the first time")

    do_in_a_thread(Chore("fails", 0.0, work), stopping)

    assert times == [0, 1]


def test_after_the_database_was_away_chores_find_it_again() -> None:
    """A server that was started anew has forgotten the connections of before."""
    stopping, counts, broken = threading.Event(), [], threading.Event()

    def work() -> None:
        if not broken.is_set():
            connection.ensure_connection()
            connection.connection.close()
            broken.set()
        counts.append(User.objects.count())
        stopping.set()

    do_in_a_thread(Chore("counts", 0.0, work), stopping)

    assert counts == [0]
