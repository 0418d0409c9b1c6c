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


BANDS = 10
"""Scores are told apart by tenths: what packs write in ``min_score``."""


@dataclass(slots=True)
class _Open:
    """An unbroken row of sightings that score at least as much as their band."""

    start_s: float
    end_s: float
    best: Sighting
    best_s: float
    lowest: float

    def goes_on(self, moment: Moment, sighting: Sighting) -> None:
        self.end_s = max(self.end_s, moment.until_s)
        self.lowest = min(self.lowest, sighting.score)
        if sighting.score > self.best.score:
            self.best, self.best_s = sighting, moment.time_s


class Appearances:
    """Follows every label from the frame that first shows it to the last one in an unbroken row.

    An observation's score **held for the whole of its span**: it is the lowest of the row, the box and the moment are
    those of the best frame. So that a short strong moment in a long weak row is not lost, the row is also reported by
    bands of a tenth: frames of 0.5, 0.9 and 0.6 give 0.5 for all three, 0.6 for the last two, and 0.9 for the second.
    A rule's «at least this sure for at least so long» is then true to its word for every whole tenth; a ``min_score``
    in between is judged as strictly as the tenth above it at worst. A row that stays within one band is one
    observation.

    At most one appearance per label is open: two bottles side by side are one appearance of "bottle".
    """

    def __init__(self, detector: str) -> None:
        self._detector = detector
        self._open: dict[Label, dict[int, _Open]] = {}

    def see(self, moment: Moment, sightings: Mapping[Label, Sighting]) -> list[Observation]:
        """Take one frame's sightings; give back the appearances that ended before it."""
        ended = []
        for label in [*self._open, *(label for label in sightings if label not in self._open)]:
            sighting = sightings.get(label)
            ended += self._close(label, above=_band(sighting.score) if sighting is not None else -1)
            if sighting is not None:
                self._go_on(label, moment, sighting)
        return ended

    def finish(self) -> list[Observation]:
        """The appearances that last to the end."""
        return [observation for label in list(self._open) for observation in self._close(label, above=-1)]

    def _go_on(self, label: Label, moment: Moment, sighting: Sighting) -> None:
        rows = self._open.setdefault(label, {})
        for band in range(_band(sighting.score) + 1):
            if band in rows:
                rows[band].goes_on(moment, sighting)
            else:
                rows[band] = _Open(moment.time_s, moment.until_s, sighting, moment.time_s, sighting.score)

    def _close(self, label: Label, *, above: int) -> list[Observation]:
        """End the rows of the bands above. Those that began together end together: only the highest has news."""
        rows = self._open.get(label, {})
        ended = {rows[band].start_s: rows.pop(band) for band in sorted(rows) if band > above}
        return [self._observation(label, row) for row in ended.values()]

    def _observation(self, label: Label, row: _Open) -> Observation:
        return Observation(
            detector=self._detector,
            label=label,
            score=row.lowest,
            span=Span(row.start_s, row.end_s),
            modality=Modality.IMAGE,
            box=row.best.box,
            frame_s=row.best_s,
        )


def _band(score: float) -> int:
    return int(score * BANDS)
