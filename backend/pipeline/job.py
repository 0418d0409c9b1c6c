"""What a step is given to work with, and what it answers."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from detectors.protocol import DetectorSettings
from media.limits import Limits
from pipeline.failures import STORAGE
from pipeline.live_observations import LiveObservations
from pipeline.run_directory import RunDirectory
from reports.document import Language


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything outside the database that a run needs.

    ``video_path`` is a local file whose bytes have the ``sha256``, empty when nobody said what they should have;
    ``packs`` are pack ids, ``pack_dirs`` folders with packs of the owner's beside the built-in ones. ``thresholds`` are
    least scores by category group (``policy.thresholds``). ``live`` is what was noticed so far.
    """

    video_path: Path
    video_name: str
    sha256: str
    directory: RunDirectory
    limits: Limits
    detector_settings: DetectorSettings
    packs: tuple[str, ...]
    pack_dirs: tuple[Path, ...]
    language: Language
    thresholds: Mapping[str, float] = field(default_factory=dict)
    live: LiveObservations = field(default_factory=LiveObservations)


@dataclass(frozen=True, slots=True)
class Done:
    """The step is finished; ``facts`` (JSON) are kept with it."""

    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """The step did not succeed. ``code`` is stable, ``details`` are the numbers for its sentence.

    ``retry`` is false when trying again cannot help (a broken file, a missing model).
    """

    code: str
    details: Mapping[str, Any] = field(default_factory=dict)
    retry: bool = False


Outcome = Done | Failure

_STORAGE_ERRORS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO})


def failure_of(error: Exception, code: str) -> Failure:
    """An unforeseen error as a failure of this code, worth another try; trouble with the disk is told apart."""
    if isinstance(error, OSError) and error.errno in _STORAGE_ERRORS:
        return Failure(STORAGE, {"reason": os.strerror(error.errno or 0)})
    return Failure(code, retry=True)


@dataclass(frozen=True, slots=True)
class SettledStep:
    """A step of this run that is over: its facts, or (``error`` set) why there are none, and when it worked."""

    facts: Mapping[str, Any]
    error: str | None
    started_at: datetime
    finished_at: datetime


@dataclass(frozen=True, slots=True)
class Job:
    """Steps that were claimed together, and their surroundings.

    ``steps`` maps each step's name to the attempt it was claimed under: files of an attempt carry its number, so two
    attempts never write the same file. ``settled`` are the steps of the run ``run_id`` that are over, by name.
    ``on_progress(step, fraction)`` may be called from any thread; ``stopping`` turns true on cancellation and when the
    time limit has passed: long work asks it several times a second and raises ``detectors.protocol.DetectionStopped``.
    """

    run_id: UUID
    steps: Mapping[str, int]
    workspace: Workspace
    settled: Mapping[str, SettledStep]
    on_progress: Callable[[str, float], None]
    stopping: Callable[[], bool]

    def settings_for(self, step: str) -> DetectorSettings:
        """Detector settings that report to this step's progress and stop with this job."""
        return replace(
            self.workspace.detector_settings,
            on_progress=lambda fraction: self.on_progress(step, fraction),
            stopping=self.stopping,
        )


Work = Callable[[Job], Mapping[str, Outcome]]
