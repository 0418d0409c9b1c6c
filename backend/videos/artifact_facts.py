"""``Artifact.facts``: the numbers that stand beside an object so that its reader need not open it first.

Whoever stores an object writes ``to_facts(...)``, whoever reads it asks ``of(facts)``. An artifact of another kind, or
of an older version without these numbers, raises ``KeyError`` or ``TypeError`` in ``of``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self


class ReportPart(StrEnum):
    """Which part of a report an artifact of kind ``REPORT`` holds."""

    DOCUMENT = "document"
    """The whole ``compliance-report/1`` of one language, as UTF-8 JSON."""
    TRANSCRIPT = "transcript"
    """The document's ``transcript`` alone, as UTF-8 JSON: the same in every language of the report."""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """``language`` is ``ru`` or ``en`` for a document, empty for the transcript."""

    part: ReportPart
    language: str = ""

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Self:
        return cls(ReportPart(facts["part"]), str(facts["language"]))


@dataclass(frozen=True, slots=True)
class FrameFacts:
    """A JPEG (kind ``FRAME``) of the moment ``frame_s``, equal to ``Finding.frame_s`` of the findings it belongs to."""

    frame_s: float
    width: int
    height: int

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Self:
        return cls(float(facts["frame_s"]), int(facts["width"]), int(facts["height"]))


@dataclass(frozen=True, slots=True)
class ThumbnailFacts:
    """One JPEG (kind ``THUMBNAILS``) of ``count`` small pictures in rows of ``columns``, left to right, top to bottom.

    Picture ``n`` (from 0) shows the moment ``n * every_s``; each is ``width`` × ``height`` pixels, without gaps.
    """

    columns: int
    count: int
    width: int
    height: int
    every_s: float

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Self:
        return cls(
            int(facts["columns"]),
            int(facts["count"]),
            int(facts["width"]),
            int(facts["height"]),
            float(facts["every_s"]),
        )


@dataclass(frozen=True, slots=True)
class WaveformFacts:
    """Loudness (kind ``WAVEFORM``): one byte for every ``step_s`` of sound, 0 silent to 255 full scale."""

    step_s: float

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Self:
        return cls(float(facts["step_s"]))


def to_facts(numbers: ReportFacts | FrameFacts | ThumbnailFacts | WaveformFacts) -> dict[str, Any]:
    return asdict(numbers)
