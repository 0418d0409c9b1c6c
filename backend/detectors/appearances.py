"""From "seen in this frame" to "there from 12 s to 17 s": sightings in consecutive frames become one observation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidence import Box, Frame, Label, Modality, Observation, Span


@dataclass(frozen=True, slots=True)
class Sighting:
    """One label in one frame: how sure (0..1), and where if it does not fill the frame."""

    score: float
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """The part of a frame that outlives its pixels."""

    time_s: float
    until_s: float

    @classmethod
    def of(cls, frame: Frame) -> Moment:
        return cls(frame.time_s, frame.until_s)


@dataclass(slots=True)
class _Open:
    start_s: float
    end_s: float
    best: Sighting
    best_s: float


class Appearances:
    """Follows every label from the frame that first shows it to the last one in an unbroken row.

    The observation carries the score, box and moment of the best frame. At most one appearance per label is open:
    two bottles side by side are one appearance of "bottle".
    """

    def __init__(self, detector: str) -> None:
        self._detector = detector
        self._open: dict[Label, _Open] = {}

    def see(self, moment: Moment, sightings: Mapping[Label, Sighting]) -> list[Observation]:
        """Take one frame's sightings; give back the appearances that ended before it."""
        ended = [self._close(label) for label in list(self._open) if label not in sightings]
        for label, sighting in sightings.items():
            current = self._open.get(label)
            if current is None:
                self._open[label] = _Open(moment.time_s, moment.until_s, sighting, moment.time_s)
                continue
            current.end_s = max(current.end_s, moment.until_s)
            if sighting.score > current.best.score:
                current.best, current.best_s = sighting, moment.time_s
        return ended

    def finish(self) -> list[Observation]:
        """The appearances that last to the end."""
        return [self._close(label) for label in list(self._open)]

    def _close(self, label: Label) -> Observation:
        done = self._open.pop(label)
        return Observation(
            detector=self._detector,
            label=label,
            score=done.best.score,
            span=Span(done.start_s, done.end_s),
            modality=Modality.IMAGE,
            box=done.best.box,
            frame_s=done.best_s,
        )
