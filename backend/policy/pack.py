"""A policy pack after it was read and validated: outcomes, windows, rules, and the tests that each rule carries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evidence import Category, Label, Modality, Observation, Severity
from policy.conditions import AllOf, AnyOf, Condition, InWindow, Seen
from policy.judgement import Citation, EffectivePeriod, Fix, Human, LocalisedText, Question


@dataclass(frozen=True, slots=True)
class Source:
    """The act or platform policy that a pack puts into rules."""

    title: LocalisedText
    url: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One possible verdict. ``action_needed`` is false for what may be published as it is."""

    id: str
    title: LocalisedText
    action_needed: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a window must show, readable for at least ``min_seconds`` in all, or throughout a shorter video.

    ``damaged`` are labels that say "it is there, but it cannot be right".
    """

    id: str
    title: LocalisedText
    labels: tuple[Label, ...]
    damaged: tuple[Label, ...]
    modality: Modality | None
    min_score: float
    min_seconds: float


@dataclass(frozen=True, slots=True)
class Continuation:
    """What tells one window from the next: hits of the labels ``same`` name it by their texts.

    The same name again, up to ``longest_s`` from the window's start, continues it across any silence; another name
    begins a new window. No chain of hits grows longer than ``longest_s``.
    """

    same: tuple[Label, ...]
    longest_s: float


@dataclass(frozen=True, slots=True)
class Window:
    """A named stretch of time, such as an advertising segment, and the parts that it must show.

    Segments of ``when`` at most ``merge_s`` apart are one window. A part belongs to the windows that it overlaps; when
    it overlaps none, to the nearest one at most ``near_s`` away: the label of one ad never excuses its neighbour.
    Parts at most ``together_s`` apart are shown together, and all of them must be.
    """

    id: str
    title: LocalisedText
    when: Condition
    merge_s: float
    near_s: float
    together_s: float
    continues: Continuation | None
    parts: tuple[Part, ...]


class Shows(StrEnum):
    """How many of its parts a window shows."""

    ALL = "all"
    SOME = "some"
    """At least one is there, even damaged or too short, but not all are right."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class RuleTest:
    """Observations on which a rule must fire, or must stay silent. ``line`` is where the pack states it."""

    line: int
    must_fire: bool
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what to look for, what it means, how much of a person it needs, and where it comes from.

    ``outcome`` is ``None`` for what is only worth showing. ``shows`` filters a ``when`` that is a window.
    """

    id: str
    title: LocalisedText
    category: Category
    severity: Severity
    when: Condition
    shows: Shows | None
    outcome: str | None
    human: Human
    cite: Citation
    fixes: tuple[Fix, ...]
    question: Question | None
    tests: tuple[RuleTest, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """One version of one policy. ``outcomes`` go from best (the default) to worst; the worst that a trigger gives wins.

    ``digest`` is the sha256 (hex) of the content: comments and layout do not change it. ``checked_on`` is the day a
    person last compared it with its source.
    """

    id: str
    version: str
    title: LocalisedText
    effective: EffectivePeriod
    checked_on: date
    source: Source
    outcomes: tuple[Outcome, ...]
    windows: tuple[Window, ...]
    rules: tuple[Rule, ...]
    digest: str

    def rank(self, outcome: str) -> int:
        """Position of an outcome from best (0) to worst; raises ``ValueError`` for one that the pack does not have."""
        return [known.id for known in self.outcomes].index(outcome)

    def outcome(self, outcome: str) -> Outcome:
        return self.outcomes[self.rank(outcome)]

    def window(self, window: str) -> Window:
        return next(known for known in self.windows if known.id == window)


def looks(condition: Condition, pack: Pack, entered: set[str]) -> Iterator[Seen]:
    """The single looks at labels that a condition is made of, in the pack's order.

    A window is opened once and then noted in ``entered``: windows that name each other would multiply.
    """
    match condition:
        case Seen():
            yield condition
            if condition.near is not None:
                yield from looks(condition.near.when, pack, entered)
        case AnyOf():
            for one in condition.conditions:
                yield from looks(one, pack, entered)
        case AllOf():
            for one in (*condition.conditions, *condition.absent):
                yield from looks(one, pack, entered)
        case InWindow():
            if condition.window not in entered:
                entered.add(condition.window)
                yield from looks(pack.window(condition.window).when, pack, entered)
