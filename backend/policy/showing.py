"""Which parts a window shows: assigns marks to windows, and measures for how long each part could be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from evidence import Label
from policy.matching import Matcher
from policy.pack import Part, Shows, Window
from policy.segments import TOLERANCE_S, Neighbours, Segment, covered_s


class PartState(StrEnum):
    SHOWN = "shown"
    TOO_SHORT = "too_short"
    """It is there, but not for long enough to be read."""
    DAMAGED = "damaged"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PartSeen:
    """One part in one window: its state, and how many seconds it was readable (of a damaged one: visible)."""

    part: Part
    state: PartState
    seconds: float


@dataclass(frozen=True, slots=True)
class ShownWindow:
    """One window with the state of each part, in the pack's order. ``segment.beside`` has their observations."""

    segment: Segment
    parts: tuple[PartSeen, ...]

    @property
    def shows(self) -> Shows:
        states = {seen.state for seen in self.parts}
        if states == {PartState.SHOWN}:
            return Shows.ALL
        if states == {PartState.MISSING}:
            return Shows.NONE
        return Shows.SOME


def shown_windows(window: Window, segments: Sequence[Segment], matcher: Matcher) -> list[ShownWindow]:
    """``segments`` are those of the window, disjoint and in time order."""
    neighbours = Neighbours(segments)
    owned: list[list[PartSeen]] = [[] for _ in segments]
    marks: list[set[int]] = [set() for _ in segments]
    for part in window.parts:
        intact = _assigned(part.labels, part, window, segments, neighbours, matcher)
        damaged = _assigned(part.damaged, part, window, segments, neighbours, matcher)
        for position, _ in enumerate(segments):
            whole, broken = intact[position], damaged[position]
            owned[position].append(_state(part, whole, broken, matcher))
            marks[position].update(whole, broken)
    return [
        ShownWindow(
            Segment(
                segment.span, segment.hits, tuple(sorted(marks[position].union(segment.beside) - set(segment.hits)))
            ),
            tuple(owned[position]),
        )
        for position, segment in enumerate(segments)
    ]


def _state(part: Part, intact: Sequence[int], damaged: Sequence[int], matcher: Matcher) -> PartSeen:
    if intact:
        seconds = covered_s(matcher.spans[hit] for hit in intact)
        readable = seconds >= part.min_seconds - TOLERANCE_S
        return PartSeen(part, PartState.SHOWN if readable else PartState.TOO_SHORT, seconds)
    if damaged:
        return PartSeen(part, PartState.DAMAGED, covered_s(matcher.spans[hit] for hit in damaged))
    return PartSeen(part, PartState.MISSING, 0.0)


def _assigned(
    labels: Sequence[Label],
    part: Part,
    window: Window,
    segments: Sequence[Segment],
    neighbours: Neighbours,
    matcher: Matcher,
) -> list[list[int]]:
    """For each segment the positions of the marks that belong to it, in order."""
    assigned: list[list[int]] = [[] for _ in segments]
    for hit in matcher.selected(labels, part.modality, part.min_score):
        span = matcher.spans[hit]
        owners = neighbours.of(span, 0.0)
        if not owners:
            near = neighbours.of(span, window.near_s)
            # Of two equally near windows the later one: a card announces what follows.
            owners = sorted(near, key=lambda one: (segments[one].span.gap_s(span), -one))[:1]
        for owner in owners:
            assigned[owner].append(hit)
    return assigned
