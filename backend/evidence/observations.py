"""What a machine saw or heard, without judgement."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from evidence.labels import Label
from evidence.spans import Box, Span, Word


class Modality(StrEnum):
    """Through which sense a thing was noticed."""

    SPEECH = "speech"
    TEXT = "text"
    """Written on screen, QR codes included."""
    IMAGE = "image"
    AUDIO = "audio"
    """Sound that is not speech."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing a detector noticed. Stored once per run as a JSON line, never edited.

    ``label`` is what it is, from the closed list in ``evidence.labels``. ``score`` is the detector's confidence 0..1.
    ``frame_s`` is the moment that shows it best (images and on-screen text).
    ``text`` is the exact matched or read text; ``context`` the sentence or line around it.
    ``language`` is the one spoken (ISO 639-1), on ``speech.segment`` only.
    ``based_on`` names the observations that this one was derived from; ``id`` is given when it is stored.
    """

    detector: str
    label: Label
    score: float
    span: Span
    modality: Modality
    box: Box | None = None
    frame_s: float | None = None
    text: str | None = None
    context: str | None = None
    words: tuple[Word, ...] = ()
    language: str | None = None
    based_on: tuple[str, ...] = ()
    id: str = ""

    def __post_init__(self) -> None:
        if not math.isfinite(self.score) or not 0.0 <= self.score <= 1.0:
            raise ValueError(f"a score lies in 0..1, not {self.score}")
        if not self.detector:
            raise ValueError("an observation names its detector")
