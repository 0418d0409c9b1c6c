"""Judges observations by a pack. Pure: the same pack, observations (in any order) and answers, the same judgement."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from evidence import Observation
from policy.blindness import blind_to, labels_of
from policy.conditions import InWindow
from policy.judgement import Alternative, Judgement, LocalisedText, Trigger
from policy.matching import Matcher
from policy.pack import Pack, Rule
from policy.segments import Segment, merged_segments
from policy.showing import PartSeen, shown_windows
from policy.trace import traced
from policy.wording import why

NO_ANSWERS: Mapping[str, str] = MappingProxyType({})


class UnknownAnswer(ValueError):
    """An answer that the rule's question does not offer; ``known`` are those it does."""

    def __init__(self, trigger: str, answer: str, known: Sequence[str]) -> None:
        super().__init__(f'trigger {trigger} has no answer "{answer}"; known: {", ".join(known)}')
        self.trigger = trigger
        self.answer = answer
        self.known = tuple(known)


def judge(
    pack: Pack,
    observations: Iterable[Observation],
    duration_s: float,
    completed_detectors: frozenset[str],
    answers: Mapping[str, str] = NO_ANSWERS,
) -> Judgement:
    """What ``pack`` says about ``observations`` of a video of ``duration_s`` seconds.

    ``completed_detectors`` are names of detectors that finished, also when they found nothing. ``answers`` maps a
    trigger's id to the id of an operator's answer; triggers that are not of this pack are passed over. Raises
    ``UnknownAnswer``.
    """
    relevant = labels_of(pack)
    matcher = Matcher(pack, (seen for seen in observations if seen.label in relevant), duration_s)
    triggers = sorted(
        (
            _trigger(pack, rule, matcher, segment, parts, answers)
            for rule in pack.rules
            for segment, parts in _segments(rule, pack, matcher)
        ),
        key=lambda trigger: trigger.span,
    )
    outcome = _worst(pack, triggers)
    because = tuple(trigger for trigger in triggers if trigger.outcome == outcome)
    return Judgement(
        pack=pack.id,
        version=pack.version,
        digest=pack.digest,
        title=pack.title,
        effective=pack.effective,
        checked_on=pack.checked_on,
        outcome=outcome,
        outcome_title=pack.outcome(outcome).title,
        outcome_titles=tuple((known.id, known.title) for known in pack.outcomes),
        because=tuple(trigger.id for trigger in because),
        alternative=_alternative(pack, triggers, because) if pack.outcome(outcome).action_needed else None,
        triggers=tuple(triggers),
        blind_to=blind_to(pack, completed_detectors),
    )


def _segments(rule: Rule, pack: Pack, matcher: Matcher) -> Iterable[tuple[Segment, tuple[PartSeen, ...]]]:
    segments = matcher.segments(rule.when)
    if rule.shows is None or not isinstance(rule.when, InWindow):
        return [(segment, ()) for segment in segments]
    window = pack.window(rule.when.window)
    return [
        (shown.segment, shown.parts) for shown in shown_windows(window, segments, matcher) if shown.shows is rule.shows
    ]


def _trigger(
    pack: Pack,
    rule: Rule,
    matcher: Matcher,
    segment: Segment,
    parts: tuple[PartSeen, ...],
    answers: Mapping[str, str],
) -> Trigger:
    trigger_id = _trigger_id(pack, rule, matcher, segment)
    outcome, answer = _answered(rule, trigger_id, answers)
    senses = {matcher.observations[hit].modality for hit in segment.hits}
    return Trigger(
        id=trigger_id,
        pack=pack.id,
        rule=rule.id,
        title=rule.title,
        category=rule.category,
        severity=rule.severity,
        span=segment.span,
        score=max(matcher.observations[hit].score for hit in segment.hits),
        outcome=outcome,
        action_needed=outcome is not None and pack.outcome(outcome).action_needed,
        human=rule.human,
        why=why(traced(rule, pack, matcher, segment, parts), answer),
        cite=rule.cite,
        fixes=tuple(fix for fix in rule.fixes if fix.reaches(senses)),
        question=rule.question,
        observation_ids=_ids(matcher, segment.hits),
        beside_ids=_ids(matcher, segment.beside),
    )


def _ids(matcher: Matcher, hits: Iterable[int]) -> tuple[str, ...]:
    return tuple(matcher.observations[hit].id for hit in hits if matcher.observations[hit].id)


def _trigger_id(pack: Pack, rule: Rule, matcher: Matcher, segment: Segment) -> str:
    """The same finding of the same rule keeps its id when models or thresholds move its score, not its place."""
    labels = sorted({matcher.observations[hit].label for hit in segment.hits})
    place = f"{segment.span.start_s:.1f}|{segment.span.end_s:.1f}"
    return hashlib.sha256("|".join((pack.id, rule.id, place, *labels)).encode()).hexdigest()[:16]


def _answered(rule: Rule, trigger_id: str, answers: Mapping[str, str]) -> tuple[str | None, LocalisedText | None]:
    """The rule's own outcome, until an operator's answer replaces it."""
    answer = answers.get(trigger_id)
    if answer is None or rule.question is None:
        return rule.outcome, None
    for (known, outcome), title in zip(rule.question.outcomes, rule.question.answer_titles, strict=True):
        if known == answer:
            return outcome, title
    raise UnknownAnswer(trigger_id, answer, [known for known, _ in rule.question.outcomes])


def _worst(pack: Pack, triggers: Iterable[Trigger]) -> str:
    given = [trigger.outcome for trigger in triggers if trigger.outcome is not None]
    return max(given, key=pack.rank, default=pack.outcomes[0].id)


def _alternative(pack: Pack, triggers: Sequence[Trigger], deciding: Sequence[Trigger]) -> Alternative:
    """What is left without the deciding triggers; overlapping ones are one scene."""
    ids = {trigger.id for trigger in deciding}
    scenes = merged_segments((Segment(trigger.span, ()) for trigger in deciding), 0.0)
    return Alternative(
        without=tuple(trigger.id for trigger in deciding),
        scenes=len(scenes),
        duration_s=sum(scene.span.duration_s for scene in scenes),
        outcome=_worst(pack, (trigger for trigger in triggers if trigger.id not in ids)),
    )
