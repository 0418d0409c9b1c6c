"""What was checked, and what was not: the part of a report without which "nothing found" means nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class DetectorStatus(StrEnum):
    """What became of a detector in this run."""

    COMPLETED = "completed"
    NOTHING_TO_READ = "nothing_to_read"
    """The video has nothing for it (no sound track): nothing was missed."""
    PARTIAL = "partial"
    """A part of the picture or sound could not be decoded."""
    MISSING = "missing"
    """Its model is not installed or has a wrong checksum."""
    FAILED = "failed"
    """It started and could not finish."""

    @property
    def leaves_a_gap(self) -> bool:
        return self in (DetectorStatus.PARTIAL, DetectorStatus.MISSING, DetectorStatus.FAILED)


@dataclass(frozen=True, slots=True)
class DetectorCoverage:
    name: str
    model: str
    status: DetectorStatus
    seconds: float
    """How long it worked."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was checked. ``speech_s`` is ``None`` when nothing listened, 0 when there was nothing to hear.

    ``speech_confidence`` is how sure the recogniser was of its words on the average, 0..1; ``None`` without words.
    """

    frames_looked_at: int
    frames_analysed: int
    speech_s: float | None
    speech_confidence: float | None
    complete: bool
    detectors: tuple[DetectorCoverage, ...]

    @classmethod
    def of(
        cls,
        *,
        frames_looked_at: int,
        frames_analysed: int,
        speech_s: float | None,
        speech_confidence: float | None,
        detectors: Iterable[DetectorCoverage],
    ) -> Self:
        """Coverage is complete when no detector leaves a gap."""
        detectors = tuple(detectors)
        complete = not any(detector.status.leaves_a_gap for detector in detectors)
        return cls(frames_looked_at, frames_analysed, speech_s, speech_confidence, complete, detectors)

    @property
    def gaps(self) -> tuple[DetectorCoverage, ...]:
        return tuple(detector for detector in self.detectors if detector.status.leaves_a_gap)
