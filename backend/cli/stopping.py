"""Being asked to stop, and leaving at once."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from django.db import connections

from cli.exit_codes import ExitCode


@contextmanager
def stopping_on_signals(stopping: threading.Event) -> Iterator[None]:
    """Ctrl-C and a polite kill set ``stopping``. The old handlers come back at the end."""

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def leave(code: ExitCode) -> NoReturn:
    """End the process at once: a thread inside a model cannot be interrupted, and taking the interpreter down with the
    models loaded costs most of a second."""
    connections.close_all()
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
