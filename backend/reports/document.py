"""The report ``compliance-report/1`` as types. ``docs/compliance-report-1.schema.json`` describes the same fields for
readers of the JSON; a test holds both together.

Every time is seconds from the first displayed frame, every score and every side of a box a fraction 0..1.
Texts meant for people are in ``ReportDocument.language``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from evidence import Category, Modality, Severity
from policy.judgement import Fix, Human
from reports.coverage import Coverage

VERSION: Literal["compliance-report/1"] = "compliance-report/1"

Language = Literal["ru", "en"]


@dataclass(frozen=True, slots=True)
class Product:
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Video:
    """``width`` and ``height`` are displayed pixels; ``duration_s`` is decoded, not claimed by the container."""

    name: str
    sha256: str
    size_bytes: int
    duration_s: float
    width: int
    height: int
    fps: float


@dataclass(frozen=True, slots=True)
class VerdictAlternative:
    """Without the findings ``without`` (``scenes`` scenes, ``duration_s`` in all) the outcome would be ``outcome``."""

    outcome: str
    outcome_title: str
    scenes: int
    duration_s: float
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one version of a policy pack proposes. ``because`` names the findings that decide the outcome.

    ``in_force`` is whether the policy applied on the day of the check, from ``effective_from`` to ``effective_until``
    (its last day; ``None``: no end is known). An outcome that is not in force is no advice for that day.
    """

    pack: str
    version: str
    digest: str
    title: str
    checked_on: date
    effective_from: date
    effective_until: date | None
    in_force: bool
    outcome: str
    outcome_title: str
    because: tuple[str, ...]
    alternative: VerdictAlternative | None
    blind_to: tuple[str, ...]
    """Detectors that the pack relies on and that did not complete: the outcome is then a lower bound."""


@dataclass(frozen=True, slots=True)
class Citation:
    act: str
    article: str
    note: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Answer:
    id: str
    title: str
    outcome: str
    outcome_title: str


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can answer about a finding."""

    id: str
    text: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Which detector the strongest observation came from, and through which sense."""

    detector: str
    modality: Modality


@dataclass(frozen=True, slots=True)
class FrameBox:
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ContextWord:
    """A spoken word of a finding's passage; ``hit`` marks the words that the finding is about."""

    text: str
    start_s: float
    end_s: float
    hit: bool


@dataclass(frozen=True, slots=True)
class Signal:
    """One observation behind a finding."""

    detector: str
    label: str
    modality: Modality
    score: float
    start_s: float
    end_s: float
    text: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a person needs to see to agree or disagree.

    ``thumbnail`` is a JPEG data URI of the frame at ``frame_s`` (``None``: not read); ``box`` lies on that frame and is
    not drawn into it. ``text`` is what was said or written, ``context`` the sentence or line around it.
    ``signals`` are the strongest observations in time order, ``signals_total`` how many there are in all.
    """

    frame_s: float
    thumbnail: str | None
    box: FrameBox | None
    text: str | None
    context: str | None
    words: tuple[ContextWord, ...]
    signals: tuple[Signal, ...]
    signals_total: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a pack cares about one stretch of the video.

    ``outcome`` is what this finding alone demands of the pack's outcome; ``None`` decides nothing.
    ``action_needed`` is false for what is only worth knowing.
    """

    id: str
    category: Category
    severity: Severity
    start_s: float
    end_s: float
    score: float
    pack: str
    rule: str
    title: str
    reason: str
    cite: Citation
    source: Source | None
    """``None`` when the observations behind it are not stored any more."""
    outcome: str | None
    outcome_title: str | None
    action_needed: bool
    human: Human
    fixes: tuple[Fix, ...]
    question: Question | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TranscriptWord:
    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class TranscriptSegment:
    start_s: float
    end_s: float
    text: str
    words: tuple[TranscriptWord, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """``language`` is the spoken one (ISO 639-1), ``None`` when nothing was said or nothing listened."""

    language: str | None
    segments: tuple[TranscriptSegment, ...]


@dataclass(frozen=True, slots=True)
class StepTiming:
    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Timing:
    """``total_s`` is wall time; steps run side by side, so their sum may be larger."""

    total_s: float
    steps: tuple[StepTiming, ...]


@dataclass(frozen=True, slots=True)
class ReportDocument:
    version: Literal["compliance-report/1"]
    product: Product
    created_at: datetime
    language: Language
    disclaimer: str
    video: Video
    coverage: Coverage
    never_checked: tuple[str, ...]
    """What no detector looks for and what was never measured, in words."""
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    """In time order, the graver first among those that start together."""
    transcript: Transcript
    timing: Timing

    @property
    def action_needed(self) -> bool:
        return any(finding.action_needed for finding in self.findings)
