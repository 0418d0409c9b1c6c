"""What the detectors of a run have noticed so far, shared between their threads and whoever shows it."""

from __future__ import annotations

import threading

from evidence import Observation


class LiveObservations:
    """Kept in memory only: the run's files hold what a finished detector noticed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._noticed: dict[str, list[Observation]] = {}
        self._frames = 0
        self._changes = 0

    def begin(self, detector: str) -> None:
        """A detector starts (again) from nothing."""
        with self._lock:
            self._noticed[detector] = []
            self._changes += 1

    def add(self, detector: str, noticed: Observation) -> None:
        with self._lock:
            self._noticed[detector].append(noticed)
            self._changes += 1

    def frames_were_looked_at(self, count: int) -> None:
        """``count`` frames were handed to the detectors, from the start of the video on."""
        with self._lock:
            self._frames = count

    @property
    def frames(self) -> int:
        return self._frames

    @property
    def changes(self) -> int:
        """Grows with everything new, so a reader knows whether to look again."""
        return self._changes

    def snapshot(self) -> list[Observation]:
        with self._lock:
            return [noticed for found in self._noticed.values() for noticed in found]
