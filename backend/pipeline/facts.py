"""What steps leave for later steps, as types: the JSON in ``StepRun.facts`` is read and written only here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from evidence import VideoFacts


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    """How much of the picture was looked at. ``shot_starts_s`` are the first moments of shots."""

    frames_looked_at: int
    frames_analysed: int
    shot_starts_s: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class DetectionFacts:
    """What a finished detector leaves: its observation file (name only), how many, and seconds it was busy.

    ``reading`` is set by those that look at frames. ``nothing_to_read`` says that the video has nothing for this
    detector (no sound track); ``complete`` is false when a part of its input could not be decoded.
    """

    file: str
    observations: int
    busy_s: float
    reading: ReadingFacts | None = None
    nothing_to_read: bool = False
    complete: bool = True


def video_facts_to_json(facts: VideoFacts) -> dict[str, Any]:
    return asdict(facts)


def video_facts_from_json(stored: Mapping[str, Any]) -> VideoFacts:
    return VideoFacts(**stored)


def detection_to_json(facts: DetectionFacts) -> dict[str, Any]:
    return asdict(facts)


def detection_from_json(stored: Mapping[str, Any]) -> DetectionFacts:
    reading = stored["reading"]
    return DetectionFacts(
        file=stored["file"],
        observations=stored["observations"],
        busy_s=stored["busy_s"],
        nothing_to_read=stored["nothing_to_read"],
        complete=stored["complete"],
        reading=None
        if reading is None
        else ReadingFacts(
            frames_looked_at=reading["frames_looked_at"],
            frames_analysed=reading["frames_analysed"],
            shot_starts_s=tuple(reading["shot_starts_s"]),
        ),
    )
