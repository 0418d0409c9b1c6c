"""What has to be done every so often, in a thread beside the work."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connections

_log = logging.getLogger(__name__)

_TICK_S = 0.5


@dataclass(frozen=True, slots=True)
class Chore:
    """``work`` is done every ``every_s`` seconds, the first time at once; whatever goes wrong is logged."""

    name: str
    every_s: float
    work: Callable[[], object]


def keep_doing(chores: Sequence[Chore], stopping: threading.Event) -> None:
    """Until ``stopping``. Chores are done one after another, so a slow one makes the others late, never two at once."""
    due = dict.fromkeys((chore.name for chore in chores), time.monotonic())
    try:
        while not stopping.wait(_TICK_S):
            for chore in chores:
                if stopping.is_set():
                    return
                if time.monotonic() >= due[chore.name]:
                    _do(chore)
                    due[chore.name] = time.monotonic() + chore.every_s
    finally:
        connections.close_all()


def _do(chore: Chore) -> None:
    try:
        chore.work()
    except Exception:  # noqa: BLE001 - one chore's failure must not end the others; it is tried again
        _log.exception("chore %s", chore.name)
        connections.close_all()  # a database that was away has left a connection that never works again
