"""How far a run is, by the work that is really done: written by the steps' threads, read by whoever shows it."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.models import StepStatus


@dataclass(frozen=True, slots=True)
class ProgressView:
    """One moment of a run: ``fraction`` 0..1 of the whole work, steps at work, and ``eta_s`` (``None``: unknown)."""

    fraction: float
    running: tuple[str, ...]
    elapsed_s: float
    eta_s: float | None


class RunProgress:
    """``efforts`` weighs the steps against each other (any unit)."""

    def __init__(self, efforts: Mapping[str, float]) -> None:
        self._efforts = dict(efforts)
        self._fractions = dict.fromkeys(efforts, 0.0)
        self._running: dict[str, None] = {}
        self._lock = threading.Lock()
        self._started = time.monotonic()
        self._inherited: float | None = None

    def start(self, step: str) -> None:
        with self._lock:
            self._fractions[step] = 0.0
            self._running[step] = None

    def advance(self, step: str, fraction: float) -> None:
        """Progress never goes back within one try."""
        with self._lock:
            self._fractions[step] = max(self._fractions[step], min(1.0, fraction))

    def fraction(self, step: str) -> float:
        with self._lock:
            return self._fractions[step]

    def settle_from(self, statuses: Mapping[str, str]) -> None:
        """Take over which steps are finished (a failed one is finished too)."""
        with self._lock:
            for step, status in statuses.items():
                if status in (StepStatus.COMPLETED, StepStatus.FAILED):
                    self._fractions[step] = 1.0
                    self._running.pop(step, None)
            if self._inherited is None:
                self._inherited = self._done()

    def view(self) -> ProgressView:
        with self._lock:
            fraction = self._done()
            running = tuple(self._running)
            inherited = self._inherited or 0.0
        elapsed_s = time.monotonic() - self._started
        # Work that an earlier process did says nothing about how fast this one is.
        own = fraction - inherited
        eta_s = elapsed_s * (1.0 - fraction) / own if own > 0.03 and elapsed_s > 2.0 else None
        return ProgressView(fraction, running, elapsed_s, eta_s)

    def _done(self) -> float:
        whole = sum(self._efforts.values())
        return sum(self._efforts[step] * part for step, part in self._fractions.items()) / whole if whole else 0.0
