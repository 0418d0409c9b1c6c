"""Heartbeats of a run, from a thread of its own: the worker's other threads may be deep inside a model."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from django.db import Error, connections

from pipeline.models import PipelineRun
from pipeline.run_claims import Asked, beat_run

_log = logging.getLogger(__name__)

_EVERY_S = 1.0


class RunWatch:
    """Sets ``cancelled`` when somebody cancels the run, when it is lost to another worker, or when this worker is to
    stop (``stopping``); ``asked`` says which of the first two."""

    def __init__(self, run: PipelineRun, owner: str, cancelled: threading.Event, stopping: Callable[[], bool]) -> None:
        self.asked = Asked.GO_ON
        self._run = run
        self._owner = owner
        self._cancelled = cancelled
        self._stopping = stopping
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="run-watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(timeout=2 * _EVERY_S)

    def _watch(self) -> None:
        try:
            while not self._over.wait(_EVERY_S):
                try:
                    self.asked = beat_run(self._run, self._owner)
                except Error:
                    _log.warning("no heartbeat", exc_info=True)
                    connections.close_all()  # the next one tries a new connection
                if self.asked is not Asked.GO_ON or self._stopping():
                    self._cancelled.set()
                    return
        finally:
            connections.close_all()
