"""What a policy pack says about a video: triggers, and one outcome."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evidence import Category, Modality, Severity, Span


@dataclass(frozen=True, slots=True)
class LocalisedText:
    """The same sentence in Russian and English: packs are data, so their words travel with them."""

    ru: str
    en: str

    def in_language(self, language: str) -> str:
        return self.ru if language == "ru" else self.en


@dataclass(frozen=True, slots=True)
class EffectivePeriod:
    """When a policy is in force. ``until`` is its last day, ``None`` while no end is known."""

    begins: date
    until: date | None

    def covers(self, day: date) -> bool:
        return self.begins <= day and (self.until is None or day <= self.until)


class Human(StrEnum):
    """How much of a person a rule needs."""

    AUTO = "auto"
    REQUIRED = "required"
    SAMPLE = "sample"


class Fix(StrEnum):
    """What an editor can do about a finding."""

    BLEEP = "bleep"
    MUTE = "mute"
    CUT = "cut"
    BLUR = "blur"
    ADD_MARK = "add_mark"
    ADD_WARNING = "add_warning"

    def reaches(self, senses: Set[Modality]) -> bool:
        """Whether it changes anything about what was noticed through ``senses``: a bleep hides no picture."""
        match self:
            case Fix.BLEEP | Fix.MUTE:
                return not senses.isdisjoint((Modality.SPEECH, Modality.AUDIO))
            case Fix.BLUR:
                return not senses.isdisjoint((Modality.TEXT, Modality.IMAGE))
            case _:
                return True


@dataclass(frozen=True, slots=True)
class Citation:
    """Where the rule comes from: act, article, and a note in plain words."""

    act: LocalisedText
    article: str
    note: LocalisedText
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can answer about a segment, and which outcome each answer gives."""

    id: str
    text: LocalisedText
    outcomes: tuple[tuple[str, str], ...]
    """Pairs of (answer id, outcome)."""
    answer_titles: tuple[LocalisedText, ...] = ()
    """What to write on the button of each answer, in the same order."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """One reason why a pack cares, over one merged stretch of time. Becomes a finding of the report.

    ``outcome`` is what this trigger alone demands of the pack's outcome (``None``: worth showing, decides nothing).
    ``action_needed`` is false for what is only worth knowing (a brand alone, a properly labelled ad).
    ``why`` says in words what was seen and which thresholds it passed; it is made from the evaluation's trace.
    ``score`` is the strongest of ``observation_ids``, which make the segment; ``beside_ids`` only support it or are its
    label. Both are in time order, strongest first on ties.
    ``fixes`` are those of the rule that reach what was noticed: a written word is not bleeped.
    """

    id: str
    pack: str
    rule: str
    title: LocalisedText
    category: Category
    severity: Severity
    span: Span
    score: float
    outcome: str | None
    action_needed: bool
    human: Human
    why: LocalisedText
    cite: Citation
    fixes: tuple[Fix, ...]
    question: Question | None
    observation_ids: tuple[str, ...]
    beside_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alternative:
    """ "Without these scenes it would be …": the triggers to remove, their total length, and the outcome then."""

    without: tuple[str, ...]
    scenes: int
    duration_s: float
    outcome: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one version of one pack says about one set of observations. A pure function made it.

    ``because`` are ids of the triggers that decide ``outcome``. ``digest`` is the sha256 of the pack's content.
    ``blind_to`` are names of detectors that the pack relies on and that did not complete: the outcome is then
    a lower bound, never "clean". ``effective`` is when the policy is in force: an outcome under a policy that is not
    yet, or not any more, is no advice.
    """

    pack: str
    version: str
    digest: str
    title: LocalisedText
    effective: EffectivePeriod
    checked_on: date
    outcome: str
    outcome_title: LocalisedText
    outcome_titles: tuple[tuple[str, LocalisedText], ...]
    """What every outcome of the pack is called, from best to worst."""
    because: tuple[str, ...]
    alternative: Alternative | None
    triggers: tuple[Trigger, ...]
    blind_to: tuple[str, ...]
