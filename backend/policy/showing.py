"""Which parts a window shows: assigns marks to windows, and measures for how long each part could be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from evidence import Label, Span
from policy.matching import Matcher
from policy.pack import Part, Shows, Window
from policy.segments import TOLERANCE_S, Neighbours, Segment, covered_s, merged_hits


class PartState(StrEnum):
    SHOWN = "shown"
    APART = "apart"
    """It could be read, but not together with the other parts."""
    TOO_SHORT = "too_short"
    """It is there, but not for long enough to be read."""
    DAMAGED = "damaged"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PartSeen:
    """One part in one window: its state, and how many seconds it was readable (of a damaged one: visible).

    ``needed_s`` is how long it must be readable in this video.
    """

    part: Part
    state: PartState
    seconds: float
    needed_s: float


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


@dataclass(slots=True)
class _Marks:
    """Positions of the marks of one part in one window."""

    intact: Sequence[int]
    damaged: Sequence[int]

    def among(self, card: frozenset[int]) -> _Marks:
        return _Marks([hit for hit in self.intact if hit in card], [hit for hit in self.damaged if hit in card])


def shown_windows(window: Window, segments: Sequence[Segment], matcher: Matcher) -> list[ShownWindow]:
    """``segments`` are those of the window, disjoint and in time order."""
    neighbours = Neighbours(segments)
    by_part = {
        part: (
            _assigned(part.labels, part, window, segments, neighbours, matcher),
            _assigned(part.damaged, part, window, segments, neighbours, matcher),
        )
        for part in window.parts
    }
    found: list[ShownWindow] = []
    for at, segment in enumerate(segments):
        marks = {part: _Marks(intact[at], damaged[at]) for part, (intact, damaged) in by_part.items()}
        found.append(_shown(window, segment, marks, matcher))
    return found


def _shown(window: Window, segment: Segment, marks: Mapping[Part, _Marks], matcher: Matcher) -> ShownWindow:
    """The parts on the card that shows most of them: what stands on another card is apart."""
    hits = {hit for part in marks.values() for hit in (*part.intact, *part.damaged)}
    cards = [frozenset(one.hits) for one in merged_hits(sorted(hits), matcher.spans, window.together_s)]
    shown = [_states(marks, card, matcher) for card in cards] or [_states(marks, frozenset(), matcher)]
    best = max(shown, key=_completeness)
    elsewhere = {
        seen.part: seen for card in shown if card is not best for seen in card if seen.state is PartState.SHOWN
    }
    parts = tuple(
        replace(elsewhere[seen.part], state=PartState.APART)
        if seen.state is not PartState.SHOWN and seen.part in elsewhere
        else seen
        for seen in best
    )
    beside = tuple(sorted(hits.union(segment.beside).difference(segment.hits)))
    return ShownWindow(Segment(segment.span, segment.hits, beside), parts)


def _completeness(card: Iterable[PartSeen]) -> tuple[int, int]:
    """Whole parts first, then parts that are there at all."""
    states = [seen.state for seen in card]
    return states.count(PartState.SHOWN), len(states) - states.count(PartState.MISSING)


def _states(marks: Mapping[Part, _Marks], card: frozenset[int], matcher: Matcher) -> tuple[PartSeen, ...]:
    return tuple(_state(part, one.among(card), matcher) for part, one in marks.items())


def _state(part: Part, marks: _Marks, matcher: Matcher) -> PartSeen:
    needed_s = min(part.min_seconds, matcher.duration_s)
    if marks.intact:
        seconds = covered_s(matcher.spans[hit] for hit in marks.intact)
        readable = seconds >= needed_s - TOLERANCE_S
        return PartSeen(part, PartState.SHOWN if readable else PartState.TOO_SHORT, seconds, needed_s)
    if marks.damaged:
        return PartSeen(part, PartState.DAMAGED, covered_s(matcher.spans[hit] for hit in marks.damaged), needed_s)
    return PartSeen(part, PartState.MISSING, 0.0, needed_s)


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
        for owner in _owners(matcher.spans[hit], part.min_seconds, window.near_s, segments, neighbours):
            assigned[owner].append(hit)
    return assigned


def _owners(
    mark: Span, readable_s: float, near_s: float, segments: Sequence[Segment], neighbours: Neighbours
) -> list[int]:
    """The windows during which a mark can be read; the nearest one when it stands outside all of them.

    The last moment of one window's label, still there when the next window begins, does not label that one.
    """
    shared = {one: _shared_s(mark, segments[one].span) for one in neighbours.of(mark, 0.0)}
    readable = [
        one
        for one, seconds in shared.items()
        if seconds >= min(readable_s, segments[one].span.duration_s) - TOLERANCE_S
        and (seconds > 0 or not mark.duration_s or not segments[one].span.duration_s)
    ]
    if readable:
        return readable
    if shared:
        return [max(shared, key=lambda one: (shared[one], -one))]
    near = neighbours.of(mark, near_s)
    # Of two equally near windows the later one: a card announces what follows.
    return sorted(near, key=lambda one: (segments[one].span.gap_s(mark), -one))[:1]


def _shared_s(one: Span, other: Span) -> float:
    return max(0.0, min(one.end_s, other.end_s) - max(one.start_s, other.start_s))
