"""What the evaluation saw on its way to a trigger, as data; ``policy.wording`` turns it into a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidence import Label, Modality
from policy.conditions import AllOf, InWindow, Seen
from policy.judgement import LocalisedText
from policy.label_titles import LABEL_TITLES, QUOTED_GROUPS
from policy.matching import Matcher
from policy.pack import Pack, Rule, looks
from policy.segments import Segment, covered_s
from policy.showing import PartSeen

MAX_QUOTES = 3


@dataclass(frozen=True, slots=True)
class SeenStep:
    """Observations of one label through one sense in the segment, and the look whose thresholds they passed."""

    label: Label
    modality: Modality
    count: int
    seconds: float
    best_score: float
    passed: Seen | None
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AbsentStep:
    """What would have silenced the rule; ``look`` has its thresholds, ``None`` for a whole window."""

    title: LocalisedText
    look: Seen | None


@dataclass(frozen=True, slots=True)
class Trace:
    """``seen`` makes the segment, ``beside`` supports it, ``absent`` was looked for within ``absent_within_s`` in vain.

    ``parts`` is what a window shows; empty when the rule does not ask.
    """

    seen: tuple[SeenStep, ...]
    beside: tuple[SeenStep, ...]
    absent: tuple[AbsentStep, ...]
    absent_within_s: float
    parts: tuple[PartSeen, ...]


def traced(rule: Rule, pack: Pack, matcher: Matcher, segment: Segment, parts: tuple[PartSeen, ...]) -> Trace:
    passed = tuple(looks(rule.when, pack, set()))
    of_parts = {label for seen in parts for label in (*seen.part.labels, *seen.part.damaged)}
    supporting = [hit for hit in segment.beside if matcher.observations[hit].label not in of_parts]
    seen = tuple(_steps(segment.hits, matcher, passed))
    return Trace(
        seen=seen,
        beside=tuple(_steps(supporting, matcher, passed)),
        absent=tuple(_absent(rule.when, pack, {step.label: step.best_score for step in seen}))
        if isinstance(rule.when, AllOf)
        else (),
        absent_within_s=rule.when.within_s if isinstance(rule.when, AllOf) else 0.0,
        parts=parts,
    )


def _absent(when: AllOf, pack: Pack, best_scores: Mapping[Label, float]) -> Iterable[AbsentStep]:
    """A label that was seen as surely as this asks, only not often enough, is not called absent."""
    for condition in when.absent:
        if isinstance(condition, InWindow):
            yield AbsentStep(pack.window(condition.window).title, None)
        else:
            for look in looks(condition, pack, set()):
                unseen = [label for label in look.labels if best_scores.get(label, -1.0) < look.min_score]
                yield from (AbsentStep(LABEL_TITLES[label], look) for label in unseen)


def _steps(hits: Sequence[int], matcher: Matcher, passed: Sequence[Seen]) -> Iterable[SeenStep]:
    groups: dict[tuple[Label, Modality], list[int]] = {}
    for hit in hits:
        seen = matcher.observations[hit]
        groups.setdefault((seen.label, seen.modality), []).append(hit)
    for (label, modality), members in groups.items():
        quoted = label.value.split(".")[0] in QUOTED_GROUPS or label is Label.WORD_BRAND
        texts = dict.fromkeys(matcher.observations[hit].text for hit in members) if quoted else {}
        yield SeenStep(
            label,
            modality,
            len(members),
            covered_s(matcher.spans[hit] for hit in members),
            max(matcher.observations[hit].score for hit in members),
            next((look for look in passed if label in look.labels and look.modality in (None, modality)), None),
            tuple(text for text in texts if text)[:MAX_QUOTES],
        )
