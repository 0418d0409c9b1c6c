"""Processes that are started, kept running and stopped together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None

_FIRST_PAUSE_S = 1.0
_LONGEST_PAUSE_S = 30.0
_STEADY_S = 60.0
"""Whoever lived so long died of something new: it is started again at once."""

_STOPPING_S = 5.0
_LARGEST_LOG_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class Program:
    """``log`` takes what it says; ``descriptors`` are open files that it inherits."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    descriptors: tuple[int, ...] = ()


@dataclass(slots=True)
class _Running:
    program: Program
    process: subprocess.Popen[bytes]
    started: float
    pause_s: float = _FIRST_PAUSE_S
    restart_at: float | None = field(default=None)


class ChildProcesses:
    """``start`` them, ``look_after`` them every now and then, ``stop`` them. For one thread; children die with it."""

    def __init__(self, programs: Sequence[Program], on_death: Callable[[str, int], None]) -> None:
        self._programs = programs
        self._on_death = on_death
        self._running: list[_Running] = []

    def start(self) -> None:
        for program in self._programs:
            _shorten(program.log)
            self._running.append(_Running(program, _start(program), time.monotonic()))

    def look_after(self) -> None:
        """Start again what has died: at first after a second, then after longer and longer pauses."""
        now = time.monotonic()
        for child in self._running:
            if child.restart_at is not None:
                if now >= child.restart_at:
                    child.process, child.started, child.restart_at = _start(child.program), now, None
            elif (status := child.process.poll()) is not None:
                steady = now - child.started > _STEADY_S
                child.pause_s = _FIRST_PAUSE_S if steady else min(_LONGEST_PAUSE_S, 2 * child.pause_s)
                child.restart_at = now + child.pause_s
                self._on_death(child.program.name, status)

    def stop(self) -> None:
        """Ask all of them at once, and after ``_STOPPING_S`` do not ask any more."""
        for child in self._running:
            if child.process.poll() is None:
                child.process.terminate()
        until = time.monotonic() + _STOPPING_S
        for child in self._running:
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(timeout=max(0.0, until - time.monotonic()))
            with suppress(ProcessLookupError):
                os.killpg(child.process.pid, signal.SIGKILL)  # its own children too
            child.process.wait()


def _start(program: Program) -> subprocess.Popen[bytes]:
    with program.log.open("ab") as log:
        return subprocess.Popen(
            list(program.command),
            env=dict(program.environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            pass_fds=program.descriptors,
            start_new_session=True,  # Ctrl-C in the terminal comes to us alone, and we stop them in order
            preexec_fn=_follow_parent_into_death,
        )


def _follow_parent_into_death() -> None:
    """Be stopped when ``up`` is killed: otherwise the port would stay taken (Linux only)."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _shorten(log: Path) -> None:
    """A log that grew large begins anew; the one before is kept."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > _LARGEST_LOG_BYTES:
        log.replace(log.with_suffix(".old.log"))
