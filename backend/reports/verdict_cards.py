"""Verdict cards: what a pack says, why in one line, which scenes decide it, what would change it, what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence import Severity, Span
from policy.segments import Segment, merged_segments
from reports import wording
from reports.document import Verdict
from reports.tones import verdict_tone

MAX_SCENES_ON_A_CARD = 6
"""Deciding scenes linked from a verdict card; the others follow in the list."""


@dataclass(frozen=True, slots=True)
class Deciding:
    """A finding that decides an outcome, as far as a card needs it."""

    number: int
    title: str
    severity: Severity
    span: Span


@dataclass(frozen=True, slots=True)
class Scene:
    """Deciding findings that overlap or touch; ``number`` is that of the first one."""

    number: int
    span: Span
    title: str


@dataclass(frozen=True, slots=True)
class VerdictCard:
    """``tone`` is the worst severity among the deciding findings, ``gap`` when nothing decides but something was not
    checked, ``clear`` otherwise. ``why`` pairs titles of deciding findings with how often they occur, unless
    they only repeat the outcome."""

    verdict: Verdict
    tone: str
    why: tuple[tuple[str, int], ...]
    scenes: tuple[Scene, ...]
    more_scenes: int
    scene_count: int
    seconds: float
    not_checked: tuple[str, ...]


def verdict_card(verdict: Verdict, deciding: Sequence[Deciding]) -> VerdictCard:
    """The card in Django's active language; ``deciding`` are the findings that ``verdict.because`` names."""
    scenes = _scenes(deciding)
    titles: dict[str, int] = {}
    for finding in sorted(deciding, key=lambda finding: (-finding.severity.rank, finding.span)):
        if finding.title != verdict.outcome_title:
            titles[finding.title] = titles.get(finding.title, 0) + 1
    return VerdictCard(
        verdict=verdict,
        tone=verdict_tone(verdict, (finding.severity for finding in deciding)),
        why=tuple(titles.items()),
        scenes=scenes[:MAX_SCENES_ON_A_CARD],
        more_scenes=max(0, len(scenes) - MAX_SCENES_ON_A_CARD),
        scene_count=len(scenes),
        seconds=sum(scene.span.duration_s for scene in scenes),
        not_checked=named_detectors(verdict.blind_to),
    )


def named_detectors(names: Iterable[str]) -> tuple[str, ...]:
    """Detectors as they are listed in a sentence."""
    return tuple(dict.fromkeys(wording.in_sentence(wording.detector_title(name)) for name in names))


def _scenes(deciding: Sequence[Deciding]) -> tuple[Scene, ...]:
    """Overlapping findings are one scene, as in the verdict's alternative."""
    merged = merged_segments((Segment(finding.span, (finding.number,)) for finding in deciding), 0.0)
    titles = {finding.number: finding.title for finding in deciding}
    return tuple(
        Scene(scene.hits[0], scene.span, "; ".join(dict.fromkeys(titles[number] for number in scene.hits)))
        for scene in merged
    )
